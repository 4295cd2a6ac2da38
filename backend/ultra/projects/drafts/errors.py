"""What can be refused about a draft."""

from ultra.kit.errors import NotFound


class DraftNotFound(NotFound):
    tr = "Bu taslak bulunamadı. Silinmiş olabilir."
    en = "This draft was not found. It may have been deleted."
