"""What can be refused about repositories and their releases."""

from ultra.kit.errors import NotFound


class ReleaseNotFound(NotFound):
    tr = "Bu sürüm bu projenin depolarında bulunamadı."
    en = "This release was not found in the project's repositories."
