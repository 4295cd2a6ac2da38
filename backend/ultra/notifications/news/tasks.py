"""Background entry points of news."""

from uuid import UUID

from ultra.auth import public as auth
from ultra.kit.db import transaction
from ultra.kit.tasks import Queue, current_lease, task
from ultra.notifications.kinds import Kind
from ultra.notifications.news import service as news
from ultra.notifications.news.service import News

SEND_NOTE = "notifications.send_note"


@task(
    SEND_NOTE,
    queue=Queue.GENERAL,
    title={"tr": "Not bırak", "en": "Leave a note"},
)
def send_note(workspace_id: str, title: str, body: str, link: str | None) -> None:
    """Tell a workspace's people what a schedule or a webhook has to say to them."""
    lease = current_lease()
    facts = {"title": title, "body": body, "link": link}
    # A run that is repeated is the same note; another call is another one.
    told = News(f"note:{lease.job_id}", Kind.NOTE, facts, UUID(workspace_id))
    with transaction() as session:
        lease.guard(session)
        news.spread(session, told, auth.member_ids(session, UUID(workspace_id)))
