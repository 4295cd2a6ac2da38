"""What can be refused about notifications."""

from ultra.kit.errors import NotFound


class NotificationNotFound(NotFound):
    tr = "Bu bildirim bulunamadı. Silinmiş olabilir."
    en = "This notification was not found. It may have been deleted."
