"""What each mail of sign-in says, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ultra.kit.errors import Language


class LetterKind(StrEnum):
    VERIFY_EMAIL = "verify_email"
    ALREADY_REGISTERED = "already_registered"
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
_NOT_YOU_TR = (
    "Bunu siz yapmadıysanız hemen parolanızı sıfırlayın: oturumların hepsi kapanır ve hesap "
    "yeniden yalnızca sizin olur."
)
_NOT_YOU_EN = (
    "If this was not you, reset your password at once: all sessions end, and the account is yours "
    "alone again."
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
                "Hesap açmadıysanız bu e-postayı silebilirsiniz.",
            ),
            "en": Words(
                "Verify your e-mail address",
                "Use the button below to show that this address is yours. The link works for 24 "
                "hours.",
                "Verify the address",
                "If you did not open an account, you can delete this e-mail.",
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
                "oturumların hepsi kapanır ve yeni bir parola belirlersiniz.",
            ),
            "en": Words(
                "The address of your account has changed",
                "The e-mail address of your account is now {email}. If you did this, there is "
                "nothing else to do.",
                "Undo the change",
                "If it was not you, undo it with the button within 72 hours: this address comes "
                "back, all sessions end, and you choose a new password.",
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
                "Girdikten sonra güvenlik ayarlarında tanımadığınız geçiş anahtarı, doğrulama "
                "uygulaması veya bağlı hesap varsa kaldırın.",
            ),
            "en": Words(
                "The address of your account was restored",
                "The address of your account is {email} again. All sessions were ended. We sent "
                "you another e-mail to choose a new password; the former one works no more.",
                "Security settings",
                "Once you are in, remove passkeys, authenticator apps and linked accounts from the "
                "security settings that you do not know.",
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
                "Bu sistemin yöneticileri hesabınızı {at} tarihinde (UTC) kapattı. Oturumlarınız "
                "ve API anahtarlarınız sona erdi. Bildirdikleri sebep: {reason}",
                "",
                "Hiçbir şeyiniz silinmedi. Bunun bir yanlışlık olduğunu düşünüyorsanız sisteminizin"
                " yöneticileriyle görüşün.",
            ),
            "en": Words(
                "Your account was closed",
                "The people who look after this installation closed your account on {at} (UTC). "
                "Your sessions and API keys have ended. The reason that they gave: {reason}",
                "",
                "Nothing of yours was deleted. If you think that this is a mistake, speak to the "
                "people who look after your installation.",
            ),
        },
    ),
    LetterKind.ACCOUNT_OPENED: Kind(
        "/login",
        {
            "tr": Words(
                "Hesabınız yeniden açıldı",
                "Bu sistemin yöneticileri hesabınızı {at} tarihinde (UTC) yeniden açtı; artık "
                "giriş yapabilirsiniz. API anahtarlarınız sona ermişti, gerekirse yenilerini "
                "oluşturun.",
                "Giriş yap",
                "Çalışma alanlarınız bıraktığınız gibi duruyor. Duran planlı işler bundan sonraki "
                "zamanlarında yeniden başlar.",
            ),
            "en": Words(
                "Your account is open again",
                "The people who look after this installation opened your account again on {at} "
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
