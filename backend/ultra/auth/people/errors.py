"""What can go wrong when operators look after people."""

from ultra.kit.errors import Conflict, NotFound


class PersonNotFound(NotFound):
    tr = "Böyle bir kişi yok."
    en = "There is no such person."


class OwnAccount(Conflict):
    title = "Own account"
    tr = "Kendi hesabınızı kapatamazsınız. Bunu başka bir sistem yöneticisi yapabilir."
    en = "You cannot close your own account. Another operator can."


class LastOperator(Conflict):
    title = "Last operator"
    tr = (
        "Bu kişi, açık hesabı olan tek sistem yöneticisi. "
        "Önce başka birini sistem yöneticisi yapın."
    )
    en = "This person is the only operator left. Make somebody else an operator first."


class PersonClosed(Conflict):
    title = "Account closed"
    tr = "Bu hesap kapalı. Önce hesabı yeniden açın."
    en = "This account is closed. Open it again first."
