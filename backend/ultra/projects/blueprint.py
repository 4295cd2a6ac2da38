"""Everything that the projects service answers, under /api/projects."""

from ultra.projects.connections.routes import routes as connections
from ultra.projects.drafts.routes import routes as drafts
from ultra.projects.projects.routes import routes as projects
from ultra.projects.repositories.routes import routes as repositories

ROUTES = [connections, repositories, drafts, projects]
