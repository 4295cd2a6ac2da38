"""What can be refused about push devices."""

from ultra.kit.errors import Conflict, Invalid, NotFound


class DeviceNotFound(NotFound):
    tr = "Bu cihaz kayıtlı değil. Aboneliği sona ermiş olabilir."
    en = "This device is not registered. Its subscription may have ended."


class NoDevice(Conflict):
    tr = "Hiçbir cihazda anlık bildirim açık değil. Önce bu tarayıcıda açın."
    en = "Push notifications are not switched on for any device. Switch them on in this browser."


class TooManyDevices(Conflict):
    tr = "En çok {limit} cihaz kaydedilebilir. Önce kullanmadığınız birini kaldırın."
    en = "At most {limit} devices can be registered. Remove one that you do not use first."


class PushKeysInvalid(Invalid):
    tr = "Tarayıcının gönderdiği anahtarlar geçerli değil. Bildirimleri kapatıp yeniden açın."
    en = "The keys that the browser sent are not valid. Switch notifications off and on again."
