"""The rules of drafts: made from a release, then a person's own text."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ultra.kit.access import Actor
from ultra.kit.errors import Language
from ultra.kit.paging import Cursor
from ultra.projects.drafts import repository
from ultra.projects.drafts.errors import DraftNotFound
from ultra.projects.drafts.models import ReleaseDraft
from ultra.projects.drafts.writing import ReleaseText, write
from ultra.projects.projects import service as projects
from ultra.projects.repositories import service as repositories


def create(
    session: Session, actor: Actor, project_id: UUID, release_id: UUID, language: Language
) -> ReleaseDraft:
    """A text about a release. Raises ReleaseNotFound."""
    project = projects.get_to_change(session, actor, project_id)
    release, source = repositories.get_release(session, actor, project.id, release_id)
    facts = ReleaseText(
        repository=source.full_name,
        tag=release.tag,
        title=release.name,
        notes=release.notes,
        url=release.url,
    )
    draft = ReleaseDraft(
        workspace_id=actor.workspace_id,
        project_id=project.id,
        release_id=release.id,
        created_by=actor.user_id,
        repository=source.full_name,
        tag=release.tag,
        url=release.url,
        language=language,
        body=write(facts, language),
    )
    session.add(draft)
    session.flush()
    session.refresh(draft)
    return draft


def page(
    session: Session, actor: Actor, project_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[ReleaseDraft]:
    project = projects.get(session, actor, project_id)
    return repository.page(session, actor.workspace_id, project.id, after=after, limit=limit)


def update(
    session: Session, actor: Actor, project_id: UUID, draft_id: UUID, body: str
) -> ReleaseDraft:
    draft = _get(session, actor, project_id, draft_id)
    draft.body = body
    draft.updated_at = func.now()
    session.flush()
    session.refresh(draft)
    return draft


def delete(session: Session, actor: Actor, project_id: UUID, draft_id: UUID) -> None:
    session.delete(_get(session, actor, project_id, draft_id))


def _get(session: Session, actor: Actor, project_id: UUID, draft_id: UUID) -> ReleaseDraft:
    """Raises DraftNotFound, also for another workspace's."""
    draft = repository.find(session, actor.workspace_id, project_id, draft_id)
    if draft is None:
        raise DraftNotFound
    return draft
