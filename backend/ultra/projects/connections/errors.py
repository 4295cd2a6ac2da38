"""What can be refused about a connection to GitHub, and what GitHub refuses."""

from ultra.kit.errors import Conflict, NotFound, TooMany, Unavailable


class GitHubNotSetUp(Conflict):
    tr = "Bu kurulumda GitHub bağlantısı ayarlanmamış. Sistem yöneticisinden kurmasını isteyin."
    en = "Connecting to GitHub is not set up here. Ask an operator to set it up."


class GitHubNotConnected(NotFound):
    tr = "Bu çalışma alanı GitHub'a bağlı değil. Önce bağlantılar sayfasından bağlayın."
    en = "This workspace is not connected to GitHub. Connect it on the connections page first."


class GitHubReconnectRequired(Conflict):
    tr = "GitHub artık izninizi kabul etmiyor. Bağlantılar sayfasından yeniden bağlayın."
    en = "GitHub does not accept your grant any more. Connect again on the connections page."


class GitHubBusy(TooMany):
    tr = "GitHub kısa bir süre beklememizi istiyor. {seconds} saniye sonra yeniden deneyin."
    en = "GitHub asks us to wait for a while. Try again in {seconds} seconds."


class GitHubAway(Unavailable):
    tr = "GitHub'a şu anda ulaşılamıyor. Birazdan yeniden deneyin."
    en = "GitHub cannot be reached right now. Please try again shortly."
