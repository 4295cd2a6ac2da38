"""What can go wrong with workspaces and their members."""

from ultra.kit.errors import Conflict, Forbidden, Invalid, NotFound


class WorkspaceNotFound(NotFound):
    tr = "Böyle bir çalışma alanınız yok."
    en = "You have no such workspace."


class MemberNotFound(NotFound):
    tr = "Bu çalışma alanında böyle bir üye yok."
    en = "This workspace has no such member."


class LastOwner(Conflict):
    tr = "Çalışma alanının başka sahibi yok. Önce sahipliği başka bir üyeye verin."
    en = "The workspace has no other owner. Give it to another member first."


class RoleAboveOwn(Forbidden):
    tr = "Kendi rolünüzün üzerindeki bir rolü veremez, değiştiremez veya çıkaramazsınız."
    en = "You can neither give, change nor remove a role above your own."


class NameNotRepeated(Invalid):
    tr = "Silmek için çalışma alanının adını tam olarak yazın."
    en = "To delete the workspace, type its name exactly."


class AlreadyOwner(Conflict):
    tr = "Bu üye zaten çalışma alanının sahibi."
    en = "This member owns the workspace already."


class TooManyWorkspaces(Conflict):
    tr = "En çok {limit} çalışma alanınız olabilir."
    en = "You can have at most {limit} workspaces."


class OwnSecondFactorMissing(Conflict):
    title = "Own second factor missing"
    tr = (
        "Herkesten ikinci adım istemeden önce kendiniz bir doğrulama uygulaması veya geçiş "
        "anahtarı ekleyin."
    )
    en = (
        "Before you ask everybody for a second factor, add an authenticator app or a passkey of "
        "your own."
    )
