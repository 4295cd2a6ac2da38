"""Who may hear of something at the moment of sending.

Hours or days can lie between the news and its sending: quiet hours, digests, attempts. Whoever has
left the workspace meanwhile, is kept out of it, or whose account was closed, hears no more of it.
"""

from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.notifications.inbox.models import Notification
from ultra.notifications.kinds import Kind


def may_hear(session: Session, notification: Notification) -> bool:
    """Whether its person may be told of it now."""
    user_id, workspace_id = notification.user_id, notification.workspace_id
    if workspace_id is not None:
        return user_id in auth.member_ids(session, workspace_id)
    if notification.kind is Kind.ACCOUNT_SECURITY:
        return auth.is_open(session, user_id)
    # All other news of no workspace are of the whole installation.
    return user_id in auth.operator_ids(session)
