"""Every query about videos."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from ultra.kit.paging import Cursor, newest_first
from ultra.kit.search import holds
from ultra.video.videos.models import Video, VideoActivity
from ultra.video.videos.states import ActivityKind, VideoStatus

AT_WORK = (VideoStatus.UPLOADED, VideoStatus.QUEUED, VideoStatus.PROCESSING)


def find(
    session: Session,
    workspace_id: UUID,
    video_id: UUID,
    *,
    for_update: bool = False,
    with_deleted: bool = False,
) -> Video | None:
    query = select(Video).where(Video.workspace_id == workspace_id, Video.id == video_id)
    if not with_deleted:
        query = query.where(Video.deleted_at.is_(None))
    return session.scalar(query.with_for_update() if for_update else query)


def living_ids(workspace_id: UUID) -> Select[UUID]:
    """Ids of the videos that are not deleted."""
    return select(Video.id).where(Video.workspace_id == workspace_id, Video.deleted_at.is_(None))


def find_all(session: Session, workspace_id: UUID, video_ids: Collection[UUID]) -> Sequence[Video]:
    query = select(Video).where(
        Video.workspace_id == workspace_id, Video.id.in_(video_ids), Video.deleted_at.is_(None)
    )
    return session.scalars(query).all()


def find_any(session: Session, video_id: UUID) -> Video | None:
    """Whoever it belongs to, deleted or not: for the upkeep of this machine only."""
    return session.get(Video, video_id)


def find_for_work(session: Session, video_id: UUID) -> Video | None:
    """The row that a background step works on, locked."""
    return session.scalar(
        select(Video).where(Video.id == video_id, Video.deleted_at.is_(None)).with_for_update()
    )


def page(
    session: Session,
    workspace_id: UUID,
    *,
    status: VideoStatus | None,
    search: str | None,
    after: Cursor | None,
    limit: int,
) -> Sequence[Video]:
    query = select(Video).where(Video.workspace_id == workspace_id, Video.deleted_at.is_(None))
    if status:
        query = query.where(Video.status == status)
    if search:
        query = query.where(holds(Video.title, search))
    query = newest_first(query, Video.created_at, Video.id, after=after, limit=limit)
    return session.scalars(query).all()


def _count(*statuses: VideoStatus) -> ColumnElement[int]:
    return func.count(case((Video.status.in_(statuses), 1)))


# Built once: putting it together costs more than running it.
_SUMMARY = select(
    func.count().label("total"),
    _count(*AT_WORK).label("processing"),
    _count(VideoStatus.COMPLETED).label("completed"),
    _count(VideoStatus.FAILED).label("failed"),
    func.coalesce(func.sum(Video.duration), 0.0).label("seconds"),
    func.coalesce(func.sum(Video.size), 0).label("bytes"),
).where(Video.workspace_id == bindparam("workspace_id"), Video.deleted_at.is_(None))


def summary(session: Session, workspace_id: UUID) -> RowMapping:
    return session.execute(_SUMMARY, {"workspace_id": workspace_id}).mappings().one()


def activity_page(
    session: Session, workspace_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[VideoActivity]:
    query = select(VideoActivity).where(VideoActivity.workspace_id == workspace_id)
    query = newest_first(
        query, VideoActivity.created_at, VideoActivity.id, after=after, limit=limit
    )
    return session.scalars(query).all()


def titles(session: Session, video_ids: Collection[UUID]) -> dict[UUID, str]:
    """Of any workspace: for those who hold rows that name these videos. Deleted ones have none."""
    rows = session.execute(
        select(Video.id, Video.title).where(Video.id.in_(video_ids), Video.deleted_at.is_(None))
    )
    return {row.id: row.title for row in rows}


def newest_activity(session: Session, video: Video, kind: ActivityKind) -> UUID | None:
    return session.scalar(
        select(VideoActivity.id)
        .where(
            VideoActivity.workspace_id == video.workspace_id,
            VideoActivity.video_id == video.id,
            VideoActivity.kind == kind,
        )
        .order_by(VideoActivity.created_at.desc(), VideoActivity.id.desc())
        .limit(1)
    )


def purgeable(session: Session, older_than: timedelta, limit: int) -> Sequence[Video]:
    """Deleted for so long that they cannot come back any more."""
    return session.scalars(
        select(Video)
        .where(Video.deleted_at < func.now() - older_than)
        .order_by(Video.deleted_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
