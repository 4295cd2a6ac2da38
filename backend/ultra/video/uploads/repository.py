"""Every query about uploads."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from ultra.settings import settings
from ultra.video.uploads.models import Upload
from ultra.video.videos.models import Video


def find(session: Session, workspace_id: UUID, upload_id: UUID) -> Upload | None:
    return session.scalar(
        select(Upload).where(
            Upload.workspace_id == workspace_id,
            Upload.id == upload_id,
            Upload.expires_at > func.now(),
        )
    )


def append(session: Session, upload: Upload, part_key: str, start: int, size: int) -> bool:
    """Record a stored piece, if it begins where the upload ends; whether it did."""
    row = session.execute(
        update(Upload)
        .where(Upload.id == upload.id, Upload.offset == start, Upload.finished_at.is_(None))
        .values(
            offset=start + size,
            parts=Upload.parts.concat(func.to_jsonb(part_key)),
            # An upload that goes on does not expire, however slow the line is.
            expires_at=func.now() + timedelta(hours=settings.video.upload_expires_hours),
        )
        .returning(Upload.offset, Upload.parts, Upload.expires_at)
    ).one_or_none()
    if row is None:
        return False
    upload.offset, upload.parts, upload.expires_at = row
    return True


def expired(session: Session, limit: int) -> Sequence[Upload]:
    return session.scalars(
        select(Upload)
        .where(
            Upload.expires_at < func.now(),
            # A finished upload's pieces are needed until they are joined.
            ~exists().where(Video.id == Upload.id, Video.original_key.is_(None)),
        )
        .order_by(Upload.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
