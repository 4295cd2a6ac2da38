"""Tells what a file is by its first bytes, before any media library may touch it.

The name and the declared type are the sender's claim and count for nothing: a text named .mp4 can
make a demuxer open other files, a PNG named .mp4 opens as a film of one frame.
"""

from dataclasses import dataclass
from pathlib import Path

from ultra.video.media.refusal import RefusalCode, Refused

_HEAD = 4096


@dataclass(frozen=True)
class Container:
    """A kind of file that we accept; `demuxer` is the only one that may open it."""

    name: str
    demuxer: str
    extension: str
    media_type: str


MP4 = Container("mp4", "mov", ".mp4", "video/mp4")
QUICKTIME = Container("mov", "mov", ".mov", "video/quicktime")
MATROSKA = Container("matroska", "matroska", ".mkv", "video/x-matroska")
WEBM = Container("webm", "matroska", ".webm", "video/webm")
AVI = Container("avi", "avi", ".avi", "video/x-msvideo")
MPEG_TS = Container("mpegts", "mpegts", ".ts", "video/mp2t")
MPEG_PS = Container("mpeg", "mpeg", ".mpg", "video/mpeg")
FLV = Container("flv", "flv", ".flv", "video/x-flv")
OGG = Container("ogg", "ogg", ".ogv", "video/ogg")
ASF = Container("asf", "asf", ".wmv", "video/x-ms-wmv")

CONTAINERS = {
    kind.name: kind
    for kind in (MP4, QUICKTIME, MATROSKA, WEBM, AVI, MPEG_TS, MPEG_PS, FLV, OGG, ASF)
}

# What people send by mistake, and sound: known, and said by name.
_NOT_VIDEO = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"ID3", "mp3"),
    (b"fLaC", "flac"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_STILL_BRANDS = {b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"crx "}
_MOV_FIRST_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def sniff(path: Path) -> Container | Refused:
    """Name the container of `path`, or say why it is not one of ours."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return Refused(RefusalCode.EMPTY_FILE)
    if container := _container_of(head):
        if container.demuxer == "mov" and not _has_movie_box(path):
            return Refused(RefusalCode.TRUNCATED, {"container": container.name})
        return container
    return Refused(RefusalCode.NOT_A_VIDEO, {"looks_like": _name_of(head)})


def _container_of(head: bytes) -> Container | None:
    if head[4:8] in _MOV_FIRST_BOXES:
        brand = head[8:12] if head[4:8] == b"ftyp" else b"qt  "
        if brand in _STILL_BRANDS:
            return None
        return QUICKTIME if brand == b"qt  " else MP4
    if head.startswith(b"\x1aE\xdf\xa3"):
        return WEBM if b"webm" in head[:64] else MATROSKA
    if head.startswith(b"RIFF") and head[8:11] == b"AVI":
        return AVI
    if head.startswith(b"\x00\x00\x01\xba"):
        return MPEG_PS
    if head.startswith(b"FLV\x01"):
        return FLV
    if head.startswith(b"OggS"):
        return OGG
    if head.startswith(bytes.fromhex("3026b2758e66cf11")):
        return ASF
    # Transport streams have no signature but a sync byte in every packet of 188 (192 on discs).
    for size, first in ((188, 0), (192, 4)):
        marks = head[first::size][:8]
        if len(marks) == 8 and set(marks) == {0x47}:
            return MPEG_TS
    return None


def _name_of(head: bytes) -> str:
    for magic, name in _NOT_VIDEO:
        if head.startswith(magic):
            return name
    if head[4:8] == b"ftyp":
        return "image"
    if head.startswith(b"RIFF"):
        return {b"WAVE": "wav", b"WEBP": "webp"}.get(head[8:12], "unknown")
    return "text" if _is_text(head) else "unknown"


def _is_text(head: bytes) -> bool:
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b" for byte in head)
    return controls == 0


def _has_movie_box(path: Path) -> bool:
    """Walk the top-level boxes: without `moov` nobody can read the file, so it was cut off."""
    size = path.stat().st_size
    with path.open("rb") as file:
        position = 0
        while position + 8 <= size:
            file.seek(position)
            header = file.read(16)
            length = int.from_bytes(header[:4], "big")
            if header[4:8] == b"moov":
                return position + length <= size
            if length == 1:
                length = int.from_bytes(header[8:16], "big")
            if length < 8:
                return False
            position += length
    return False
