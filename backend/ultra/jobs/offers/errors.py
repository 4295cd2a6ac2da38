"""What can be refused about offers and their input."""

from ultra.kit.errors import Invalid


class OfferUnknown(Invalid):
    tr = "“{name}” adında başlatılabilecek bir iş yok."
    en = "There is no work called “{name}” that could be started."


class OfferInputInvalid(Invalid):
    tr = "“{field}” alanı bu iş için uygun değil."
    en = "The field “{field}” does not fit this work."
