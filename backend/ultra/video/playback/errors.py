"""What can be refused about playing a video."""

from ultra.kit.errors import NotFound


class NotReadyYet(NotFound):
    tr = "Video henüz hazır değil. İşleme bitince yeniden deneyin."
    en = "The video is not ready yet. Try again when processing has finished."
