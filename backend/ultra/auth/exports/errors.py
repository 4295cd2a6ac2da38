"""What can go wrong with exports."""

from ultra.kit.errors import Conflict, NotFound


class ExportNotFound(NotFound):
    tr = "Böyle bir dışa aktarma yok; dosyalar 7 gün sonra silinir."
    en = "There is no such export; its file is removed after 7 days."


class ExportRunning(Conflict):
    tr = "Bu çalışma alanı şu anda dışa aktarılıyor."
    en = "This workspace is being exported at the moment."


class ExportNotReady(Conflict):
    tr = "Dosya henüz hazır değil."
    en = "The file is not ready yet."
