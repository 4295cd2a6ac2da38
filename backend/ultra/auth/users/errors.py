"""What can go wrong with people and their passwords."""

from ultra.kit.errors import Conflict, Forbidden, NotSignedIn


class EmailTaken(Conflict):
    tr = "Bu e-posta adresiyle açılmış bir hesap var. Giriş yapmayı deneyin."
    en = "There is an account with this e-mail address already. Try to sign in."


class WrongCredentials(NotSignedIn):
    title = "Wrong credentials"
    tr = "E-posta adresi veya şifre yanlış."
    en = "The e-mail address or the password is wrong."


class WrongPassword(Forbidden):
    title = "Wrong password"
    tr = "Şu anki şifreniz yanlış."
    en = "Your current password is wrong."
