"""The routes of this service, all under /api/auth."""

from ultra.auth.sessions.routes import routes as session_routes
from ultra.auth.users.routes import routes as user_routes
from ultra.kit.http import Routes

ROUTES: list[Routes] = [session_routes, user_routes]
