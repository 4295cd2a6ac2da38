"""What news of somebody's own account says: what happened, and what to do if it was not them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ultra.auth import public as auth
from ultra.kit import clock
from ultra.kit.errors import Language

NOT_YOU: dict[Language, str] = {
    "tr": "Bu siz değilseniz parolanızı hemen değiştirin ve tanımadığınız oturumları kapatın.",
    "en": "If this was not you, change your password at once and end the sessions that you do not "
    "know.",
}


@dataclass(frozen=True)
class Words:
    """Facts fill the gaps; `{not_you}` stands for the sentence that most of them end with."""

    title: str
    text: str


def say(facts: Mapping[str, Any], language: Language) -> Words:
    """One piece of news; `what` names it, and `how` its variety where it has some."""
    found = _WORDS[facts.get("how", ""), facts["what"]][language]
    told = {**facts, "not_you": NOT_YOU[language]}
    if factor := facts.get("factor"):
        told["factor"] = auth.FACTORS[factor][language] if factor in auth.FACTORS else factor
    if since := facts.get("since"):
        told["since"] = clock.write(datetime.fromisoformat(since), language)
    return Words(found.title.format(**told), found.text.format(**told))


_WORDS: Mapping[tuple[str, str], Mapping[Language, Words]] = {
    ("changed", "password_changed"): {
        "tr": Words(
            "Parolanız değişti",
            "Hesabınızın parolası değiştirildi. Bu siz değilseniz giriş sayfasındaki “Parolamı "
            "unuttum” ile hemen yenisini belirleyin.",
        ),
        "en": Words(
            "Your password has changed",
            "The password of your account was changed. If this was not you, choose a new one at "
            "once by “Forgot password” on the sign-in page.",
        ),
    },
    ("set", "password_changed"): {
        "tr": Words("Hesabınıza parola eklendi", "Artık parolayla da girilebilir. {not_you}"),
        "en": Words(
            "Your account has a password now", "It opens with a password as well now. {not_you}"
        ),
    },
    ("reset", "password_changed"): {
        "tr": Words(
            "Parolanız sıfırlandı",
            "Parolanız e-postadaki bir bağlantıyla yenilendi. Bu siz değilseniz önce e-posta "
            "hesabınızı, sonra buradaki parolanızı değiştirin.",
        ),
        "en": Words(
            "Your password was reset",
            "Your password was renewed by a link in an e-mail. If this was not you, secure your "
            "mailbox first, then change your password here.",
        ),
    },
    ("changed", "email_changed"): {
        "tr": Words(
            "E-posta adresiniz değişti",
            "Hesabınız artık yeni adresinizi kullanıyor. Bu siz değilseniz eski adresinize "
            "gönderdiğimiz e-postadaki bağlantıyla 72 saat içinde geri alın.",
        ),
        "en": Words(
            "Your e-mail address has changed",
            "Your account uses the new address now. If this was not you, undo it within 72 hours "
            "by the link in the e-mail that we sent to your old address.",
        ),
    },
    ("restored", "email_changed"): {
        "tr": Words(
            "E-posta adresiniz geri alındı",
            "Önceki adresiniz yeniden geçerli. Tanımadığınız geçiş anahtarı, uygulama ya da bağlı "
            "hesap varsa kaldırın.",
        ),
        "en": Words(
            "Your e-mail address was restored",
            "Your former address is in use again. Remove passkeys, apps and linked accounts that "
            "you do not know.",
        ),
    },
    ("", "factor_added"): {
        "tr": Words("Hesabınıza bir giriş yolu eklendi", "Eklenen: {factor}. {not_you}"),
        "en": Words("A way to sign in was added", "Added: {factor}. {not_you}"),
    },
    ("", "factor_removed"): {
        "tr": Words("Hesabınızdan bir giriş yolu kaldırıldı", "Kaldırılan: {factor}. {not_you}"),
        "en": Words("A way to sign in was removed", "Removed: {factor}. {not_you}"),
    },
    ("", "recovery_code_used"): {
        "tr": Words("Bir kurtarma kodunuz kullanıldı", "Kalan kod sayısı: {left}. {not_you}"),
        "en": Words("One of your recovery codes was used", "Codes left: {left}. {not_you}"),
    },
    ("", "new_device"): {
        "tr": Words("Yeni bir cihazdan giriş yapıldı", "{device}, IP adresi {ip}. {not_you}"),
        "en": Words("Sign-in from a new device", "{device}, IP address {ip}. {not_you}"),
    },
    ("", "session_reused"): {
        "tr": Words(
            "Bir oturumunuz güvenlik için kapatıldı",
            "{device} oturumunun anahtarı ikinci kez kullanılmak istendi; bir kopyası başkasında "
            "olabilir. O cihazda yeniden girin. Zararlı yazılımdan kuşkulanıyorsanız parolanızı "
            "temiz bir cihazdan değiştirin.",
        ),
        "en": Words(
            "One of your sessions was ended to be safe",
            "The key of the session on {device} was used a second time; somebody may have a copy. "
            "Sign in again there. If you suspect malware, change your password on a clean device.",
        ),
    },
    ("", "key_made"): {
        "tr": Words(
            "Bir API anahtarı oluşturuldu",
            "“{name}” sizin adınıza çalışabilir. Bu siz değilseniz anahtarı kapatın ve parolanızı "
            "değiştirin.",
        ),
        "en": Words(
            "An API key was made",
            "“{name}” can act for you. If this was not you, end the key and change your password.",
        ),
    },
    ("", "came_in_after_refusals"): {
        "tr": Words(
            "Girişinizden önce {count} yanlış deneme yapıldı",
            "{since} ile son girişiniz arasında hesabınızda {count} kez yanlış parola ya da kod "
            "denendi. Bunlar sizin değilse parolanızı değiştirin ve ikinci bir adım ekleyin.",
        ),
        "en": Words(
            "There were {count} wrong tries before your sign-in",
            "Between {since} and your last sign-in, a wrong password or code was tried {count} "
            "times for your account. If those were not yours, change your password and add a "
            "second factor.",
        ),
    },
}
