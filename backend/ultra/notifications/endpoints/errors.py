"""What can be refused about endpoints."""

from ultra.kit.errors import Conflict, NotFound


class EndpointNotFound(NotFound):
    tr = "Bu bağlantı bulunamadı. Silinmiş olabilir."
    en = "This connection was not found. It may have been deleted."


class TooManyEndpoints(Conflict):
    tr = "En çok {limit} bağlantı kurulabilir. Önce kullanmadığınız birini silin."
    en = "There can be at most {limit} connections. Delete one that you do not use first."


class EndpointHasNoSecret(Conflict):
    tr = "Yalnızca webhook bağlantılarının imza anahtarı vardır."
    en = "Only webhooks have a signing secret."
