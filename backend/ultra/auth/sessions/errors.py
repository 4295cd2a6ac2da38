"""What can go wrong with sessions."""

from ultra.kit.errors import NotSignedIn


class SessionEnded(NotSignedIn):
    title = "Session ended"
    tr = "Oturumunuz sona erdi. Lütfen yeniden giriş yapın."
    en = "Your session has ended. Please sign in again."
