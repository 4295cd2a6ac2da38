"""The rules of uploads: a byte counts once it is stored and recorded, and not before."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session
from werkzeug.exceptions import ClientDisconnected

from ultra.kit import clock
from ultra.kit.access import Actor
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.storage import storage
from ultra.settings import settings
from ultra.video.media.refusal import Refused
from ultra.video.media.sniffing import sniff
from ultra.video.uploads import repository
from ultra.video.uploads.errors import (
    FileRefused,
    UploadChecksumWrong,
    UploadFinished,
    UploadNotFound,
    UploadOffsetWrong,
    UploadTooLarge,
)
from ultra.video.uploads.models import Upload
from ultra.video.uploads.names import file_name_of, title_from, title_of
from ultra.video.videos import service as videos
from ultra.video.videos.models import Video

PART_BYTES = 8 * 1024**2
"""A killed gateway loses at most this much of a running request."""
CHECKSUMS: dict[str, Callable[[], "hashlib._Hash"]] = {
    "sha1": hashlib.sha1,  # the protocol asks for it; it guards against accidents only
    "sha256": hashlib.sha256,
    "md5": hashlib.md5,
}


def create(
    session: Session,
    actor: Actor,
    *,
    length: int,
    filename: str,
    title: str | None,
    metadata_header: str | None,
) -> Upload:
    """Begin an upload. Raises UploadTooLarge, or FileRefused for an empty file."""
    refuse_size(length)
    if length == 0:
        raise FileRefused(reason="empty_file")
    upload = Upload(
        workspace_id=actor.workspace_id,
        created_by=actor.user_id,
        filename=file_name_of(filename),
        title=title_of(title or "") or title_from(filename),
        metadata_header=metadata_header,
        length=length,
        expires_at=clock.now() + timedelta(hours=settings.video.upload_expires_hours),
    )
    session.add(upload)
    session.flush()
    session.refresh(upload)
    return upload


def get(session: Session, actor: Actor, upload_id: UUID) -> Upload:
    """Raises UploadNotFound, also for an expired or another workspace's upload."""
    upload = repository.find(session, actor.workspace_id, upload_id)
    if upload is None:
        raise UploadNotFound
    return upload


def receive(
    actor: Actor,
    upload_id: UUID,
    *,
    start: int,
    stream: BinaryIO,
    checksum: tuple[str, bytes] | None,
) -> Upload:
    """Store what a PATCH brings, piece by piece; each piece is safe as soon as it is recorded.

    With a checksum nothing counts until the whole request has arrived and matches.
    """
    with read_only() as session:
        upload = get(session, actor, upload_id)
    if upload.offset != start:
        raise UploadOffsetWrong(offset=upload.offset)
    if checksum is not None:
        _receive_checked(upload, stream, checksum)
    else:
        for piece in _pieces(stream, upload.length - start):
            _store(upload, piece)
    return upload


def terminate(session: Session, actor: Actor, upload_id: UUID) -> None:
    """Give up an unfinished upload and remove its bytes."""
    upload = get(session, actor, upload_id)
    if upload.finished_at is not None:
        raise UploadFinished
    storage().delete(folder_of(upload.workspace_id, upload.id))
    session.delete(upload)


def take_file(
    session: Session, actor: Actor, path: Path, *, filename: str, title: str | None
) -> Video:
    """Make a video of a file that arrived whole. Raises FileRefused, and then changes nothing."""
    kind = sniff(path)
    if isinstance(kind, Refused):
        raise FileRefused(reason=kind.code.value, **kind.params)
    video_id = new_id()
    size = path.stat().st_size
    key = original_key(actor.workspace_id, video_id)
    storage().adopt(path, key)
    return videos.add(
        session,
        Video(
            id=video_id,
            workspace_id=actor.workspace_id,
            created_by=actor.user_id,
            title=title_of(title or "") or title_from(filename),
            filename=file_name_of(filename),
            size=size,
            original_key=key,
        ),
    )


def refuse_size(length: int) -> None:
    """Raises UploadTooLarge beyond the installation's limit."""
    if length > settings.video.max_bytes:
        raise UploadTooLarge(limit=settings.video.max_bytes // 1024**3)


def folder_of(workspace_id: UUID, upload_id: UUID) -> str:
    """Where an upload's pieces lie."""
    return f"workspaces/{workspace_id}/uploads/{upload_id}"


def original_key(workspace_id: UUID, video_id: UUID) -> str:
    """Where an original lies. The sender's file name is no part of any path."""
    return f"workspaces/{workspace_id}/videos/{video_id}/original"


def assemble(parts: list[str], key: str) -> None:
    """Put an upload's pieces together; safe to repeat."""
    storage().put(key, (chunk for part in parts for chunk in storage().read(part)))


def parts_of(session: Session, upload_id: UUID) -> list[str]:
    """Keys of a finished upload's pieces, in order."""
    return list(session.get_one(Upload, upload_id).parts)


def remove(session: Session, workspace_id: UUID, upload_id: UUID) -> None:
    """Remove all that is left of an upload, if anything is."""
    storage().delete(folder_of(workspace_id, upload_id))
    if upload := session.get(Upload, upload_id):
        session.delete(upload)


def remove_expired() -> int:
    """Remove what nobody finished; how many uploads there were."""
    with transaction() as session:
        found = repository.expired(session, 100)
        for upload in found:
            remove(session, upload.workspace_id, upload.id)
    return len(found)


def _pieces(stream: BinaryIO, remaining: int) -> Iterator[bytes]:
    """The stream in parts; what came before a broken connection is still worth keeping."""
    buffer = bytearray()
    while remaining > 0:
        try:
            chunk = stream.read(min(PART_BYTES - len(buffer), remaining))
        except (ClientDisconnected, ConnectionError):
            chunk = b""
        buffer += chunk
        remaining -= len(chunk)
        if not chunk or remaining == 0 or len(buffer) >= PART_BYTES:
            if buffer:
                yield bytes(buffer)
            buffer.clear()
            if not chunk:
                return


def _store(upload: Upload, piece: bytes) -> None:
    key = f"{folder_of(upload.workspace_id, upload.id)}/{upload.offset:015d}-{new_id().hex}"
    storage().put(key, piece)
    _record(upload, [(key, len(piece))])


def _receive_checked(upload: Upload, stream: BinaryIO, checksum: tuple[str, bytes]) -> None:
    algorithm, expected = checksum
    summing = CHECKSUMS[algorithm]()
    stored: list[tuple[str, int]] = []
    for piece in _pieces(stream, upload.length - upload.offset):
        summing.update(piece)
        key = f"{folder_of(upload.workspace_id, upload.id)}/checked-{new_id().hex}"
        storage().put(key, piece)
        stored.append((key, len(piece)))
    if summing.digest() != expected:
        for key, _ in stored:
            storage().remove(key)
        raise UploadChecksumWrong
    _record(upload, stored)


def _record(upload: Upload, stored: list[tuple[str, int]]) -> None:
    with transaction() as session:
        for key, size in stored:
            if not repository.append(session, upload, key, upload.offset, size):
                raise UploadOffsetWrong(offset=upload.offset)
        if upload.offset == upload.length:
            _finish(session, upload)


def _finish(session: Session, upload: Upload) -> None:
    """The last byte is in: from now on it is a video. Its pieces are joined in the background."""
    row = session.get_one(Upload, upload.id)
    row.finished_at = clock.now()
    videos.add(
        session,
        Video(
            id=upload.id,
            workspace_id=upload.workspace_id,
            created_by=upload.created_by,
            title=upload.title,
            filename=upload.filename,
            size=upload.length,
        ),
    )
