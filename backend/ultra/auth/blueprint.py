"""The routes of this service: /api/auth, and what belongs to workspaces beside it."""

from ultra.auth.accounts.routes import routes as account_routes
from ultra.auth.audit.routes import routes as audit_routes
from ultra.auth.exports.routes import routes as export_routes
from ultra.auth.factors.routes import routes as factor_routes
from ultra.auth.invitations.routes import routes as invitation_routes
from ultra.auth.invitations.routes import workspace_routes as workspace_invitation_routes
from ultra.auth.keys.routes import routes as key_routes
from ultra.auth.members.routes import routes as member_routes
from ultra.auth.oauth.routes import routes as oauth_routes
from ultra.auth.people.routes import routes as people_routes
from ultra.auth.sessions.routes import routes as session_routes
from ultra.auth.users.routes import routes as user_routes
from ultra.kit.http import Routes

ROUTES: list[Routes] = [account_routes, factor_routes, key_routes, session_routes, user_routes]
ROUTES += [oauth_routes, member_routes, workspace_invitation_routes, invitation_routes]
ROUTES += [export_routes, audit_routes, people_routes]
