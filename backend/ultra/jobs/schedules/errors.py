"""What can be refused about a schedule."""

from ultra.kit.errors import Conflict, Forbidden, Invalid, NotFound


class ScheduleNotFound(NotFound):
    tr = "Bu zamanlama bulunamadı. Silinmiş olabilir."
    en = "This schedule was not found. It may have been deleted."


class ScheduleNameTaken(Conflict):
    tr = "“{name}” adında bir zamanlama zaten var."
    en = "There is a schedule called “{name}” already."


class ScheduleIsBuiltIn(Forbidden):
    tr = "Bu zamanlama ürünün kendisine ait: yalnızca durdurulabilir ya da hemen çalıştırılabilir."
    en = "This schedule belongs to the product itself: it can only be paused or run now."


class ScheduleIsBusy(Conflict):
    tr = "Bu zamanlamanın bir işi zaten sırada ya da çalışıyor."
    en = "A job of this schedule is waiting or running already."


class ScheduleTaskUnknown(Conflict):
    tr = "Çalışan sürüm bu zamanlamanın işini tanımıyor; yükseltme bitince yeniden deneyin."
    en = "The running version does not know this schedule's task; try again after the upgrade."


class TimingUnclear(Invalid):
    tr = "Aralık için yalnızca saniye, cron için yalnızca ifade verilmeli."
    en = "An interval is given by its seconds alone, cron by its expression alone."


class TooManySchedules(Conflict):
    tr = "Bir çalışma alanında en çok {most} zamanlama olabilir."
    en = "A workspace may have {most} schedules at most."
