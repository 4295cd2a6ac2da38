"""What can go wrong with API keys."""

from ultra.kit.errors import Conflict, Forbidden, NotSignedIn


class KeyRefused(NotSignedIn):
    title = "Key refused"
    tr = "Bu API anahtarı geçerli değil."
    en = "This API key is not valid."


class KeyExpired(NotSignedIn):
    title = "Key expired"
    tr = "Bu API anahtarının süresi doldu. Yenisini oluşturun."
    en = "This API key has expired. Make a new one."


class KeyNotAllowedHere(Forbidden):
    tr = "Bu API anahtarı bulunduğunuz adresten kullanılamaz."
    en = "This API key does not work from your address."


class ScopeNotYours(Forbidden):
    tr = "Bir anahtara yalnızca sizin de sahip olduğunuz yetkileri verebilirsiniz."
    en = "You can give a key only what you may do yourself."


class TooManyKeys(Conflict):
    tr = "Bu çalışma alanında en çok {most} geçerli anahtarınız olabilir. Önce birini silin."
    en = "You can have {most} valid keys in this workspace at most. Delete one first."


class KeyRotated(Conflict):
    tr = "Bu anahtarın yerine zaten yenisi oluşturulmuş ya da süresi dolmuş."
    en = "This key has been replaced already, or has expired."
