"""What can go wrong with second factors."""

from typing import Final

from ultra.kit.errors import Conflict, Forbidden, Invalid, NotSignedIn


class PendingSignInEnded(NotSignedIn):
    title = "Sign-in ended"
    tr = "Giriş süresi doldu. Lütfen baştan giriş yapın."
    en = "The time for this sign-in is over. Please sign in from the start."


class WrongCode(Forbidden):
    title = "Wrong code"
    tr = "Kod yanlış ya da daha önce kullanılmış. Uygulamadaki yeni kodu girin."
    en = "The code is wrong or was used before. Enter the new code of your app."


class WrongRecoveryCode(Forbidden):
    title = "Wrong recovery code"
    tr = "Kurtarma kodu yanlış ya da daha önce kullanılmış."
    en = "The recovery code is wrong or was used before."


class PasskeyRefused(Forbidden):
    title = "Passkey refused"
    tr = "Geçiş anahtarı doğrulanamadı. Yeniden deneyin."
    en = "The passkey could not be verified. Please try again."


REFUSALS: Final = (PasskeyRefused, WrongCode, WrongRecoveryCode)
"""What somebody meets who does not prove a second factor."""


class PasskeyNotUsable(Invalid):
    tr = "Bu geçiş anahtarı eklenemedi. Yeniden deneyin ya da başka bir cihaz kullanın."
    en = "This passkey could not be added. Try again or use another device."


class PasskeyKnown(Conflict):
    tr = "Bu geçiş anahtarı zaten eklenmiş."
    en = "This passkey has been added already."


class TooManyPasskeys(Conflict):
    tr = "En çok {most} geçiş anahtarınız olabilir. Önce birini silin."
    en = "You can have {most} passkeys at most. Remove one first."


class TotpOn(Conflict):
    tr = "Doğrulama uygulaması zaten açık. Yenisini eklemek için önce onu kapatın."
    en = "An authenticator app is on already. Turn it off before you add another one."


class TotpOff(Conflict):
    tr = "Doğrulama uygulaması açık değil."
    en = "No authenticator app is on."


class NoSecondFactor(Conflict):
    tr = "Kurtarma kodları için önce bir doğrulama uygulaması ya da geçiş anahtarı ekleyin."
    en = "Add an authenticator app or a passkey first; recovery codes belong to one."


class LastWayIn(Conflict):
    tr = "Bu, hesabınıza girmenin son yolu. Silmeden önce başka bir yol ekleyin."
    en = "This is the last way into your account. Add another one before you remove it."
