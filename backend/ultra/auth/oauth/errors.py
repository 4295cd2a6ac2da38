"""What can go wrong when somebody comes by Google or GitHub."""

from ultra.kit.errors import Conflict, Forbidden, NotFound, Unavailable


class ProviderNotSetUp(NotFound):
    tr = "Bu sunucuda bu hizmetle giriş açık değil."
    en = "Signing in with this service is not set up on this server."


class ProviderUnavailable(Unavailable):
    tr = "Giriş hizmeti şu anda yanıt vermiyor. Birazdan yeniden deneyin."
    en = "The sign-in service does not answer right now. Please try again shortly."


class ProviderAnswerRefused(Forbidden):
    tr = "Giriş hizmetinin yanıtı doğrulanamadı. Lütfen yeniden deneyin."
    en = "The answer of the sign-in service could not be verified. Please try again."


class SignInCancelled(Forbidden):
    tr = "Girişten vazgeçtiniz."
    en = "You cancelled the sign-in."


class SignInExpired(Forbidden):
    tr = "Bu giriş denemesi bu tarayıcıda başlamadı ya da süresi doldu. Yeniden deneyin."
    en = "This attempt to sign in did not begin in this browser, or took too long. Try again."


class ProviderEmailUnverified(Forbidden):
    tr = "O hesabınızdaki e-posta adresi doğrulanmamış. Önce orada doğrulayın."
    en = "The e-mail address of that account is not verified. Verify it there first."


class OwnEmailUnverified(Forbidden):
    tr = "Başka bir hesap bağlamadan önce e-posta adresinizi doğrulayın."
    en = "Verify your e-mail address before you connect another account."


class IdentityTaken(Conflict):
    tr = "Bu hesap başka birinin üyeliğine bağlı."
    en = "This account is connected to somebody else's membership."


class AddressTaken(Conflict):
    tr = "Bu e-posta adresiyle şu anda hesap açılamıyor."
    en = "No account can be opened with this e-mail address at the moment."


class LinkNotYours(Forbidden):
    tr = "Bağlanmak istenen hesap, giriş yaptığınız üyeliğe ait değil."
    en = "The account to be connected does not belong to the one that you are signed in with."
