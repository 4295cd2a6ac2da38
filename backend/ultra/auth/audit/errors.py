"""What can go wrong with the audit log."""

from ultra.kit.errors import Forbidden


class InstallationLogForbidden(Forbidden):
    tr = "Bütün kurulumun kayıtlarını yalnızca sistem yöneticileri görebilir."
    en = "Only operators can see the records of the whole installation."
