"""What can be refused about a job."""

from ultra.kit.errors import Conflict, Forbidden, NotFound


class JobNotFound(NotFound):
    tr = "Bu iş bulunamadı. Süresi dolup silinmiş olabilir."
    en = "This job was not found. It may have been removed after its time."


class JobNotCancellable(Conflict):
    tr = "Bu iş zaten bitmiş, iptal edilecek bir şey yok."
    en = "This job has ended already, so there is nothing to cancel."


class JobNotPausable(Conflict):
    tr = "Yalnızca henüz başlamamış işler duraklatılabilir."
    en = "Only jobs that have not begun can be paused."


class JobNotResumable(Conflict):
    tr = "Bu iş duraklatılmış değil."
    en = "This job is not paused."


class JobNotRetryable(Conflict):
    tr = (
        "Yalnızca başarısız ya da vazgeçilmiş işler yeniden denenebilir; "
        "aynı işin açık bir eşi varsa önce onun bitmesi gerekir."
    )
    en = (
        "Only jobs that failed or were given up can be tried again; "
        "while another one like it is open, that one has to end first."
    )


class JobNotDroppable(Conflict):
    tr = "Yalnızca başarısız ya da vazgeçilmiş işler bırakılabilir."
    en = "Only jobs that failed or were given up can be dropped."


class InputNotEditable(Forbidden):
    tr = "Bir işin girdisini yalnızca sistem yöneticileri değiştirebilir."
    en = "Only the operators of this installation can change the input of a job."
