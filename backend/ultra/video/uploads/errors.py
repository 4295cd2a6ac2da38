"""What can be refused about an upload. Statuses are those of tus 1.0."""

from ultra.kit.errors import AppError, Conflict, Invalid, NotFound, TooLarge
from ultra.video.videos import sentences


class UploadNotFound(NotFound):
    tr = "Bu yükleme bulunamadı; süresi dolmuş olabilir. Dosyayı yeniden seçin."
    en = "This upload was not found; it may have expired. Choose the file again."


class UploadOffsetWrong(Conflict):
    tr = "Yükleme {offset}. bayttan sürmeli."
    en = "The upload goes on at byte {offset}."


class UploadFinished(Conflict):
    tr = "Bu yükleme tamamlandı; videoyu video sayfasından silebilirsiniz."
    en = "This upload is finished; delete the video on its own page."


class UploadTooLarge(TooLarge):
    tr = "Dosya çok büyük; en çok {limit} GB yüklenebilir."
    en = "The file is too large; at most {limit} GB can be uploaded."


class UploadHeaderInvalid(Invalid):
    status = 400
    tr = "{header} başlığı eksik ya da geçersiz."
    en = "The header {header} is missing or not valid."


class UploadMediaTypeWrong(Invalid):
    status = 415
    title = "Unsupported media type"
    tr = "İçerik türü application/offset+octet-stream olmalı."
    en = "The content type must be application/offset+octet-stream."


class UploadVersionWrong(Invalid):
    status = 412
    title = "Precondition failed"
    tr = "Yalnızca tus 1.0.0 destekleniyor."
    en = "Only tus 1.0.0 is supported."


class UploadChecksumWrong(AppError):
    status = 460
    title = "Checksum mismatch"
    tr = "Parça yolda bozulmuş; yeniden gönderilmeli."
    en = "The piece was damaged on its way; send it again."


class FileMissing(Invalid):
    tr = "Yüklenecek dosya yok; `file` alanında bir video gönderin."
    en = "There is no file; send a video in the field `file`."


class FormFieldUnknown(Invalid):
    tr = "“{name}” alanı tanınmıyor; `file` ve `title` gönderilebilir."
    en = "The field “{name}” is not known; `file` and `title` may be sent."


class FormBroken(Invalid):
    status = 400
    tr = "Dosya yarım geldi. Bağlantınızı denetleyip yeniden gönderin."
    en = "The file did not arrive whole. Check your connection and send it again."


class FileRefused(Invalid):
    """The file is no video that we take; `reason` is the code."""

    title = "File refused"

    @property
    def code(self) -> str:
        return str(self.facts["reason"])

    def detail(self, language):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        return sentences.tell(sentences.ERRORS, self.code, language, self.facts)
