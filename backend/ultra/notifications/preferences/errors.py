"""What can be refused about preferences."""

from ultra.kit.errors import NotFound


class UnsubscribeLinkInvalid(NotFound):
    tr = "Bu abonelik bağlantısı geçerli değil. E-postadaki bağlantının tamamını açın."
    en = "This unsubscribe link is not valid. Open the whole link of the e-mail."
