"""What can be refused about a video."""

from ultra.kit.errors import Conflict, NotFound


class VideoNotFound(NotFound):
    tr = "Bu video bulunamadı. Silinmiş olabilir."
    en = "This video was not found. It may have been deleted."


class VideoNotCancellable(Conflict):
    tr = "Bu video şu anda işlenmiyor, iptal edilecek bir şey yok."
    en = "This video is not being processed, so there is nothing to cancel."


class VideoNotRetryable(Conflict):
    tr = "Yalnızca başarısız ya da iptal edilmiş videolar yeniden denenebilir."
    en = "Only failed or cancelled videos can be tried again."


class VideoAtWork(Conflict):
    tr = "Bu video zaten sırada ya da işleniyor."
    en = "This video is waiting or being processed already."


class VideoStillStopping(Conflict):
    tr = "Önceki işlem hâlâ durduruluyor. Birkaç saniye sonra yeniden deneyin."
    en = "The previous run is still stopping. Try again in a few seconds."


class VideoNotDeleted(Conflict):
    tr = "Bu video silinmemiş."
    en = "This video has not been deleted."
