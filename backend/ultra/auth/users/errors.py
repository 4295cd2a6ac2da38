"""What can go wrong with people and their passwords."""

from ultra.kit.errors import Conflict, Forbidden, Invalid, NotSignedIn


class EmailTaken(Conflict):
    tr = "Bu e-posta adresiyle açılmış bir hesap var. Giriş yapmayı deneyin."
    en = "There is an account with this e-mail address already. Try to sign in."


class WrongCredentials(NotSignedIn):
    title = "Wrong credentials"
    tr = "E-posta adresi veya parola yanlış."
    en = "The e-mail address or the password is wrong."


class WrongPassword(Forbidden):
    title = "Wrong password"
    tr = "Şu anki parolanız yanlış."
    en = "Your current password is wrong."


class PasswordBreached(Invalid):
    title = "Password breached"
    tr = "Bu parola herkesin ilk denediği parolalardan biri. Başka bir parola seçin."
    en = "This password is among the first that anybody would try. Please choose another one."


class PasswordAlreadySet(Conflict):
    title = "Password already set"
    tr = "Hesabınızın bir parolası zaten var. Değiştirmek için şu anki parolanızı girin."
    en = "Your account has a password already. Enter the current one to change it."


class EmailNotVerified(Forbidden):
    title = "E-mail address not verified"
    tr = "Önce e-posta adresinizi doğrulayın. Size yeni bir bağlantı gönderdik."
    en = "Please verify your e-mail address first. We have sent you a new link."


class AccountDisabled(Forbidden):
    title = "Account disabled"
    tr = "Bu hesap kapatıldı. Sistem yöneticisiyle görüşün."
    en = "This account was closed. Please speak to an operator of this installation."


class AccountChanged(Conflict):
    title = "Account changed"
    tr = "Hesabınız bu sırada değişti. Lütfen yeniden deneyin."
    en = "Your account has changed meanwhile. Please try again."
