"""What each mail of sign-in says, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ultra.kit.errors import Language


class LetterKind(StrEnum):
    VERIFY_EMAIL = "verify_email"
    ALREADY_REGISTERED = "already_registered"
    FINISH_REGISTRATION = "finish_registration"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a kind of mail, not a password
    CHANGE_EMAIL = "change_email"
    EMAIL_CHANGED = "email_changed"
    EMAIL_RESTORED = "email_restored"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a kind of mail, not a password
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODE_USED = "recovery_code_used"
    NEW_DEVICE = "new_device"
    SESSION_REUSED = "session_reused"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_OPENED = "account_opened"


@dataclass(frozen=True)
class Words:
    """One mail in one language; facts fill the gaps of its lead."""

    subject: str
    lead: str
    button: str
    """Empty where there is nothing to press."""
    note: str


@dataclass(frozen=True)
class Kind:
    path: str
    """The page that its button opens; a token is added where the mail carries one."""
    words: Mapping[Language, Words]


_SECURITY = "/settings/security"
_LOOK_THROUGH_TR = (
    "güvenlik ayarlarında tanımadığınız her şeyi kaldırın: geçiş anahtarı, doğrulama uygulaması, "
    "bağlı hesap, API anahtarı. Kurtarma kodlarınızı da yenileyin. Girişte sizde olmayan bir kod "
    "istenirse sistem yöneticisine başvurun."
)
_LOOK_THROUGH_EN = (
    "remove from the security settings whatever you do not know: passkeys, authenticator app, "
    "connected accounts, API keys. Make new recovery codes as well. If you are asked for a code "
    "that you do not have, speak to an operator of your installation."
)
_NOT_YOU_TR = (
    "Bunu siz yapmadıysanız hemen parolanızı sıfırlayın; oturumların hepsi kapanır. Bu tek başına "
    "yetmez. Sonra giriş yapıp " + _LOOK_THROUGH_TR
)
_NOT_YOU_EN = (
    "If this was not you, reset your password at once; all sessions end. That alone is not enough. "
    "Then sign in and " + _LOOK_THROUGH_EN
)

KINDS: Mapping[LetterKind, Kind] = {
    LetterKind.VERIFY_EMAIL: Kind(
        "/verify-email",
        {
            "tr": Words(
                "E-posta adresinizi doğrulayın",
                "Bu adresin size ait olduğunu aşağıdaki düğmeyle doğrulayın. Bağlantı 24 saat "
                "geçerlidir.",
                "Adresi doğrula",
                "Hesap açmadıysanız düğmeye basmayın, bu e-postayı silin: hesabı açan kişi sizin "
                "adresinizle giriş yapabilir.",
            ),
            "en": Words(
                "Verify your e-mail address",
                "Use the button below to show that this address is yours. The link works for 24 "
                "hours.",
                "Verify the address",
                "If you did not open an account, do not press it and delete this e-mail: whoever "
                "opened it could sign in with your address.",
            ),
        },
    ),
    LetterKind.ALREADY_REGISTERED: Kind(
        "/login",
        {
            "tr": Words(
                "Zaten bir hesabınız var",
                "Birisi, büyük olasılıkla siz, bu adresle yeni bir hesap açmak istedi. Bu adresin "
                "bir hesabı zaten var; doğrudan giriş yapabilirsiniz. Parolanızı hatırlamıyorsanız "
                "giriş sayfasından yenisini isteyin.",
                "Giriş yap",
                "Bu siz değildiniz mi? Yapmanız gereken bir şey yok: hiçbir şey değişmedi.",
            ),
            "en": Words(
                "You already have an account",
                "Somebody, most likely you, wanted to open a new account with this address. It has "
                "one already, so you can simply sign in. If you do not remember your password, ask "
                "for a new one on the sign-in page.",
                "Sign in",
                "If this was not you, there is nothing to do: nothing has changed.",
            ),
        },
    ),
    LetterKind.FINISH_REGISTRATION: Kind(
        "/reset-password",
        {
            "tr": Words(
                "Hesabınızı açmak için parola belirleyin",
                "Bu adresle birden çok kez hesap açılmak istendi. Hesap yalnızca bu e-postayı "
                "okuyanın olsun diye önceki parolalar ve bağlantılar geçersiz. Aşağıdaki düğmeyle "
                "parolanızı belirleyin; adresiniz de böylece doğrulanır. Bağlantı 60 dakika "
                "geçerlidir ve bir kez kullanılabilir.",
                "Parola belirle",
                "Hesap açmak istemediyseniz bu e-postayı silin; o parolalarla kimse giremez. Süre "
                "geçtiyse giriş sayfasındaki “Parolamı unuttum” ile yenisini isteyin.",
            ),
            "en": Words(
                "Choose a password to open your account",
                "Somebody asked more than once to open an account with this address. So that it "
                "belongs to whoever reads this e-mail, earlier passwords and links do not count. "
                "Use the button below to choose your password, which also verifies your address. "
                "The link works for 60 minutes and once only.",
                "Choose a password",
                "If you did not want an account, delete this e-mail; nobody gets in with those "
                "passwords. If the time is over, ask for a new link on the sign-in page, under "
                "“Forgot your password?”.",
            ),
        },
    ),
    LetterKind.RESET_PASSWORD: Kind(
        "/reset-password",
        {
            "tr": Words(
                "Parolanızı yenileyin",
                "Aşağıdaki düğmeyle yeni bir parola belirleyin. Bağlantı 60 dakika geçerlidir ve "
                "bir kez kullanılabilir. Yeni parolayla birlikte açık oturumların hepsi kapanır.",
                "Yeni parola belirle",
                "Bunu siz istemediyseniz bu e-postayı silebilirsiniz; parolanız aynı kalır.",
            ),
            "en": Words(
                "Choose a new password",
                "Use the button below to choose a new password. The link works for 60 minutes and "
                "once only. With the new password all open sessions end.",
                "Choose a new password",
                "If you did not ask for this, you can delete this e-mail; your password stays.",
            ),
        },
    ),
    LetterKind.CHANGE_EMAIL: Kind(
        "/confirm-email",
        {
            "tr": Words(
                "Yeni adresinizi onaylayın",
                "Hesabınızın adresi {email} olacak. Aşağıdaki düğmeyle onaylayın; o zamana kadar "
                "eski adresiniz geçerlidir. Bağlantı 24 saat çalışır.",
                "Yeni adresi onayla",
                "Bunu siz istemediyseniz bu e-postayı silebilirsiniz; hiçbir şey değişmez.",
            ),
            "en": Words(
                "Confirm your new address",
                "The address of your account will be {email}. Confirm it with the button below; "
                "until then your old address stays. The link works for 24 hours.",
                "Confirm the new address",
                "If you did not ask for this, you can delete this e-mail; nothing changes.",
            ),
        },
    ),
    LetterKind.EMAIL_CHANGED: Kind(
        "/undo-email",
        {
            "tr": Words(
                "Hesabınızın adresi değişti",
                "Hesabınızın e-posta adresi artık {email}. Bunu siz yaptıysanız başka bir şey "
                "gerekmez.",
                "Değişikliği geri al",
                "Siz yapmadıysanız düğmeyle 72 saat içinde geri alın: bu adres geri gelir, "
                "oturumların hepsi kapanır, API anahtarları ve bu sırada eklenen giriş yolları "
                "silinir, yeni bir parola belirlersiniz. Daha önce eklenenleri sonra güvenlik "
                "ayarlarında denetleyin.",
            ),
            "en": Words(
                "The address of your account has changed",
                "The e-mail address of your account is now {email}. If you did this, there is "
                "nothing else to do.",
                "Undo the change",
                "If it was not you, undo it with the button within 72 hours: this address comes "
                "back, all sessions end, API keys and the ways to sign in that were added "
                "meanwhile are removed, and you choose a new password. Look through those that "
                "were added before in the security settings afterwards.",
            ),
        },
    ),
    LetterKind.EMAIL_RESTORED: Kind(
        _SECURITY,
        {
            "tr": Words(
                "Hesabınızın adresi geri alındı",
                "Hesabınızın adresi yeniden {email}. Oturumların hepsi kapatıldı. Yeni bir parola "
                "belirlemeniz için ayrı bir e-posta gönderdik; önceki parola artık geçmez.",
                "Güvenlik ayarları",
                "Değişiklikten önce eklenmiş olanlar duruyor. Girdikten sonra " + _LOOK_THROUGH_TR,
            ),
            "en": Words(
                "The address of your account was restored",
                "The address of your account is {email} again. All sessions were ended. We sent "
                "you another e-mail to choose a new password; the former one works no more.",
                "Security settings",
                "What was added before the change is still there. Once you are in, "
                + _LOOK_THROUGH_EN,
            ),
        },
    ),
    LetterKind.PASSWORD_CHANGED: Kind(
        "/forgot-password",
        {
            "tr": Words(
                "Parolanız değişti",
                "Hesabınızın parolası {at} tarihinde değişti (UTC). Bunu siz yaptıysanız başka bir "
                "şey gerekmez.",
                "Parolamı sıfırla",
                _NOT_YOU_TR,
            ),
            "en": Words(
                "Your password has changed",
                "The password of your account changed on {at} (UTC). If you did this, there is "
                "nothing else to do.",
                "Reset my password",
                _NOT_YOU_EN,
            ),
        },
    ),
    LetterKind.FACTOR_ADDED: Kind(
        _SECURITY,
        {
            "tr": Words(
                "Hesabınıza yeni bir giriş yolu eklendi",
                "Eklenen: {factor}. Tarih: {at} (UTC). Bunu siz yaptıysanız başka bir şey "
                "gerekmez.",
                "Güvenlik ayarları",
                _NOT_YOU_TR,
            ),
            "en": Words(
                "A way to sign in was added to your account",
                "Added: {factor}, on {at} (UTC). If you did this, there is nothing else to do.",
                "Security settings",
                _NOT_YOU_EN,
            ),
        },
    ),
    LetterKind.FACTOR_REMOVED: Kind(
        _SECURITY,
        {
            "tr": Words(
                "Hesabınızdan bir giriş yolu kaldırıldı",
                "Kaldırılan: {factor}. Tarih: {at} (UTC). Bunu siz yaptıysanız başka bir şey "
                "gerekmez.",
                "Güvenlik ayarları",
                _NOT_YOU_TR,
            ),
            "en": Words(
                "A way to sign in was removed from your account",
                "Removed: {factor}, on {at} (UTC). If you did this, there is nothing else to do.",
                "Security settings",
                _NOT_YOU_EN,
            ),
        },
    ),
    LetterKind.RECOVERY_CODE_USED: Kind(
        _SECURITY,
        {
            "tr": Words(
                "Bir kurtarma kodunuz kullanıldı",
                "Hesabınıza {at} tarihinde (UTC) bir kurtarma koduyla girildi. Kalan kod sayısı: "
                "{left}.",
                "Güvenlik ayarları",
                _NOT_YOU_TR,
            ),
            "en": Words(
                "One of your recovery codes was used",
                "Your account was used on {at} (UTC) with a recovery code. Codes left: {left}.",
                "Security settings",
                _NOT_YOU_EN,
            ),
        },
    ),
    LetterKind.NEW_DEVICE: Kind(
        _SECURITY,
        {
            "tr": Words(
                "Yeni bir cihazdan giriş yapıldı",
                "Hesabınıza {at} tarihinde (UTC) ilk kez bu cihazdan girildi: {device}, IP adresi "
                "{ip}.",
                "Oturumlara bak",
                _NOT_YOU_TR,
            ),
            "en": Words(
                "Sign-in from a new device",
                "Your account was used on {at} (UTC) for the first time from this device: "
                "{device}, IP address {ip}.",
                "Look at the sessions",
                _NOT_YOU_EN,
            ),
        },
    ),
    LetterKind.SESSION_REUSED: Kind(
        _SECURITY,
        {
            "tr": Words(
                "Bir oturumunuzu güvenlik için kapattık",
                "{device} cihazındaki oturumunuzun anahtarı {at} tarihinde (UTC) ikinci kez "
                "kullanılmak istendi. Bir kopyası başkasında olabilir; bu yüzden o oturumu "
                "kapattık.",
                "Oturumlara bak",
                "O cihazda yeniden giriş yapmanız yeterli. Cihazda zararlı yazılım olabileceğini "
                "düşünüyorsanız önce onu temizleyin, sonra parolanızı değiştirin.",
            ),
            "en": Words(
                "We ended one of your sessions to be safe",
                "The key of your session on {device} was used a second time on {at} (UTC). "
                "Somebody else may have a copy, so we ended that session.",
                "Look at the sessions",
                "It is enough to sign in again on that device. If you think that it may have "
                "malware, clean it first, then change your password.",
            ),
        },
    ),
    LetterKind.ACCOUNT_CLOSED: Kind(
        "/login",
        {
            "tr": Words(
                "Hesabınız kapatıldı",
                "Bir sistem yöneticisi hesabınızı {at} tarihinde (UTC) kapattı. Oturumlarınız "
                "ve API anahtarlarınız sona erdi. Bildirdiği sebep: {reason}",
                "",
                "Hiçbir şeyiniz silinmedi. Bunun bir yanlışlık olduğunu düşünüyorsanız sistem "
                "yöneticisiyle görüşün.",
            ),
            "en": Words(
                "Your account was closed",
                "An operator of this installation closed your account on {at} (UTC). "
                "Your sessions and API keys have ended. The reason that was given: {reason}",
                "",
                "Nothing of yours was deleted. If you think that this is a mistake, speak to an "
                "operator of your installation.",
            ),
        },
    ),
    LetterKind.ACCOUNT_OPENED: Kind(
        "/login",
        {
            "tr": Words(
                "Hesabınız yeniden açıldı",
                "Bir sistem yöneticisi hesabınızı {at} tarihinde (UTC) yeniden açtı; artık "
                "giriş yapabilirsiniz. API anahtarlarınız sona ermişti, gerekirse yenilerini "
                "oluşturun.",
                "Giriş yap",
                "Çalışma alanlarınız bıraktığınız gibi duruyor. Duran planlı işler bundan sonraki "
                "zamanlarında yeniden başlar.",
            ),
            "en": Words(
                "Your account is open again",
                "An operator of this installation opened your account again on {at} "
                "(UTC); you can sign in. Your API keys have ended, so make new ones if you need "
                "them.",
                "Sign in",
                "Your workspaces are as you left them. Schedules that stood still go on with their "
                "next time.",
            ),
        },
    ),
}

FACTORS: Mapping[str, Mapping[Language, str]] = {
    "totp": {"tr": "doğrulama uygulaması", "en": "authenticator app"},
    "recovery": {"tr": "kurtarma kodları", "en": "recovery codes"},
    "passkey": {"tr": "geçiş anahtarı", "en": "passkey"},
    "google": {"tr": "Google hesabı", "en": "Google account"},
    "github": {"tr": "GitHub hesabı", "en": "GitHub account"},
}
