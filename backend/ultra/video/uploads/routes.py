"""HTTP of uploads: one multipart route, and tus 1.0 (https://tus.io/protocols/resumable-upload)."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, cast
from uuid import UUID

from flask import Response, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

from ultra.kit import limits
from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Header, RequestShape, Routes, caller_language
from ultra.settings import settings
from ultra.video.uploads import service as uploads
from ultra.video.uploads.errors import (
    FileMissing,
    FormBroken,
    FormFieldUnknown,
    UploadHeaderInvalid,
    UploadMediaTypeWrong,
    UploadVersionWrong,
)
from ultra.video.uploads.models import Upload
from ultra.video.videos.presentation import present
from ultra.video.videos.schemas import VideoRead

routes = Routes("video", "uploads", prefix="/api/video")
WRITE = Scope.VIDEO_WRITE

VERSION = "1.0.0"
FORM_OVERHEAD = 1_048_576
MULTIPART_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "title": {"type": "string", "maxLength": 200},
                },
            }
        }
    },
}
PATCH_BODY = {
    "required": True,
    "content": {
        "application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}
    },
}


PROTOCOL = Header("Tus-Resumable", "The version of tus", {"type": "string", "const": VERSION})
BYTES = {"type": "string", "pattern": "^[0-9]{1,15}$"}
LENGTH = Header(
    "Upload-Length",
    "The size of the whole file in bytes",
    {"type": "string", "pattern": "^0*[1-9][0-9]{0,14}$"},
)
OFFSET = Header("Upload-Offset", "The position of the first byte that is sent", BYTES)
METADATA = Header(
    "Upload-Metadata",
    "Pairs of a name and a value in Base64, by commas: filename and title are read",
    {"type": "string"},
    is_required=False,
)
CHECKSUM = Header(
    "Upload-Checksum",
    f"One of {', '.join(uploads.CHECKSUMS)}, a space and the checksum of what is sent in Base64",
    {"type": "string"},
    is_required=False,
)


class UploadPath(RequestShape):
    upload_id: UUID


@routes.route_to(
    "post",
    "/upload",
    access=WRITE,
    returns=VideoRead,
    status=202,
    has_raw_body=True,
    body=MULTIPART_BODY,
    refuses=(400,),
)
def upload_video() -> Any:
    """Upload a video in one go; answers when it is stored and waits to be processed."""
    limits.check("upload", str(current_actor().workspace_id))
    uploads.refuse_size(max(0, (request.content_length or 0) - FORM_OVERHEAD))
    request.max_content_length = settings.video.max_bytes + FORM_OVERHEAD
    with _received_form() as (form, file):
        if file is None or not file.filename:
            raise FileMissing
        if unknown := form.keys() - {"title"}:
            raise FormFieldUnknown(name=min(unknown)[:100])
        file.stream.close()
        with transaction() as session:
            video = uploads.take_file(
                session,
                current_actor(),
                Path(cast("str", file.stream.name)),
                filename=file.filename,
                title=form.get("title"),
            )
            return present(video, caller_language())


@contextmanager
def _received_form() -> Iterator[tuple[MultiDict[str, str], FileStorage | None]]:
    """Fields, and the file on disk beside the storage, so that a rename stores it.

    Whatever happens, also in the middle of receiving, what was not taken is removed.
    """
    folder = settings.home / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    made: list[IO[bytes]] = []

    def make_file(*_: Any, **__: Any) -> IO[bytes]:
        file = NamedTemporaryFile(dir=folder, delete=False)  # noqa: SIM115 - closed below
        made.append(cast("IO[bytes]", file))
        return made[-1]

    parser = FormDataParser(
        stream_factory=make_file,
        # Also bounds the parser's buffer, so it must be larger than one read.
        max_form_memory_size=FORM_OVERHEAD,
        max_form_parts=10,
        silent=False,
    )
    try:
        try:
            _, form, files = parser.parse(
                request.stream, request.mimetype, request.content_length, request.mimetype_params
            )
        except ValueError as error:
            raise FormBroken from error
        yield form, files.get("file")
    finally:
        for file in made:
            file.close()
            Path(file.name).unlink(missing_ok=True)


@routes.route_to("options", "/uploads", access=Scope.PUBLIC)
def describe_uploads() -> Response:
    """What this tus server can do."""
    return _tus(204, {
        "Tus-Version": VERSION,
        "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Checksum-Algorithm": ",".join(uploads.CHECKSUMS),
        "Tus-Max-Size": str(settings.video.max_bytes),
    })  # fmt: skip


@routes.route_to(
    "post",
    "/uploads",
    access=WRITE,
    status=201,
    headers=(PROTOCOL, LENGTH, METADATA),
    refuses=(400, 412, 413, 415, 422),
)
def create_upload() -> Response:
    """Begin a tus upload: Upload-Length, Upload-Metadata (filename, title)."""
    _check_version()
    limits.check("upload", str(current_actor().workspace_id))
    metadata = _read_metadata()
    with transaction() as session:
        upload = uploads.create(
            session,
            current_actor(),
            length=_number("Upload-Length"),
            filename=metadata.get("filename") or metadata.get("name") or "video",
            title=metadata.get("title"),
            metadata_header=request.headers.get("Upload-Metadata"),
        )
    location = f"/api/video/uploads/{upload.id}"
    return _tus(201, {"Location": location, "Upload-Offset": "0", **_expires(upload)})


@routes.route_to("head", "/uploads/<uuid:upload_id>", access=WRITE)
def head_upload(upload_id: UUID) -> Response:
    """Where the upload stands."""
    _check_version()
    with read_only() as session:
        upload = uploads.get(session, current_actor(), upload_id)
    headers = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length)}
    if upload.metadata_header:
        headers["Upload-Metadata"] = upload.metadata_header
    return _tus(200, {**headers, **_expires(upload)})


@routes.route_to(
    "patch",
    "/uploads/<uuid:upload_id>",
    access=WRITE,
    has_raw_body=True,
    body=PATCH_BODY,
    headers=(PROTOCOL, OFFSET, CHECKSUM),
    refuses=(400, 412, 460),
)
def append_to_upload(path: UploadPath) -> Response:
    """Send bytes from Upload-Offset on; what is stored counts even if the connection breaks."""
    _check_version()
    if request.mimetype != "application/offset+octet-stream":
        raise UploadMediaTypeWrong
    request.max_content_length = settings.video.max_bytes
    upload = uploads.receive(
        current_actor(),
        path.upload_id,
        start=_number("Upload-Offset"),
        stream=cast("Any", request.stream),
        checksum=_read_checksum(),
    )
    return _tus(204, {"Upload-Offset": str(upload.offset), **_expires(upload)})


@routes.route_to(
    "delete", "/uploads/<uuid:upload_id>", access=WRITE, headers=(PROTOCOL,), refuses=(412,)
)
def terminate_upload(path: UploadPath) -> Response:
    """Give up an unfinished upload."""
    _check_version()
    with transaction() as session:
        uploads.terminate(session, current_actor(), path.upload_id)
    return _tus(204, {})


def _tus(status: int, headers: dict[str, str]) -> Response:
    return Response(status=status, headers={"Tus-Resumable": VERSION, **headers})


def _expires(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(upload.expires_at, usegmt=True)}


def _check_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise UploadVersionWrong


def _number(header: str) -> int:
    value = request.headers.get(header, "")
    if not re.fullmatch(r"\d{1,15}", value, re.ASCII):
        raise UploadHeaderInvalid(header=header)
    return int(value)


def _read_metadata() -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode()
        except (Base64Error, UnicodeDecodeError) as error:
            raise UploadHeaderInvalid(header="Upload-Metadata") from error
    return found


def _read_checksum() -> tuple[str, bytes] | None:
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, encoded = header.partition(" ")
    try:
        expected = b64decode(encoded, validate=True)
    except Base64Error as error:
        raise UploadHeaderInvalid(header="Upload-Checksum") from error
    if algorithm not in uploads.CHECKSUMS or not expected:
        raise UploadHeaderInvalid(header="Upload-Checksum")
    return algorithm, expected
