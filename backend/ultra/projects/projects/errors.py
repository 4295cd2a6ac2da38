"""What can be refused about a project."""

from ultra.kit.errors import Conflict, NotFound


class ProjectNotFound(NotFound):
    tr = "Bu proje bulunamadı. Silinmiş olabilir."
    en = "This project was not found. It may have been deleted."


class ProjectVideoNotFound(NotFound):
    tr = "Bu video bu projede değil."
    en = "This video is not in this project."


class ProjectArchived(Conflict):
    tr = "Bu proje arşivde. Değiştirmek için önce arşivden çıkarın."
    en = "This project is archived. Restore it first to change it."


class ProjectNotArchived(Conflict):
    tr = "Bu proje arşivde değil."
    en = "This project is not archived."


class TooManyProjects(Conflict):
    tr = "Bir çalışma alanında en çok {most} proje olabilir."
    en = "A workspace may have {most} projects at most."
