"""What can be refused about a hook and about a call to it."""

from ultra.kit.errors import Conflict, Invalid, NotFound, NotSignedIn


class HookNotFound(NotFound):
    tr = "Böyle bir webhook adresi yok ya da kapatılmış."
    en = "There is no such webhook address, or it is switched off."


class TooManyHooks(Conflict):
    tr = "Bir çalışma alanında en çok {most} webhook olabilir."
    en = "A workspace may have {most} webhooks at most."


class PointerInvalid(Invalid):
    tr = "“{pointer}” geçerli bir JSON işaretçisi değil. Örnek: /data/video_id."
    en = "“{pointer}” is not a JSON pointer. An example: /data/video_id."


class FieldNotMapped(Invalid):
    tr = "“{field}” alanının nereden geleceği belirtilmeli."
    en = "Say where the field “{field}” comes from."


class CallNotVerified(NotSignedIn):
    """What a caller is told; which check failed stands in the list of calls alone."""

    tr = "İmza doğrulanamadı."
    en = "The signature could not be verified."


class CallRefused(Invalid):
    """The call is genuine, and what it says does not fit."""


class BodyNotJson(CallRefused):
    tr = "Gövde JSON değil."
    en = "The body is not JSON."


class PointerLeadsNowhere(CallRefused):
    tr = "Gövdede {pointer} yok."
    en = "The body has no {pointer}."


class NotPlain(CallRefused):
    tr = "Gövdede {pointer} bir metin, sayı ya da doğru/yanlış değeri değil."
    en = "In the body, {pointer} is no text, number, true or false."
