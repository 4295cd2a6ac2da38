"""What can be refused about deliveries."""

from ultra.kit.errors import Conflict, NotFound


class DeliveryNotFound(NotFound):
    tr = "Bu gönderim kaydı bulunamadı. Süresi dolmuş olabilir."
    en = "This delivery was not found. It may be too old."


class DeliveryPending(Conflict):
    tr = "Bu gönderim hâlâ deneniyor. Bitince yeniden gönderebilirsiniz."
    en = "This delivery is still being tried. You can replay it once it has ended."
