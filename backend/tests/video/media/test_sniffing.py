"""Files are known by their first bytes, whatever they are called."""

from pathlib import Path

import pytest

from tests.video.media.clips import FAST, ffmpeg, plain
from ultra.video.media.refusal import RefusalCode, Refused
from ultra.video.media.sniffing import Container, sniff

HOSTILE = {
    "a list of files": (b"ffconcat version 1.0\nfile neighbour.mp4\n", "text"),
    "a playlist": (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n", "text"),
    "a session description": (b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n", "text"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "text"),
    "a manifest": (b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>', "text"),
    "subtitles": (b"[Script Info]\nTitle: x\n", "text"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "png"),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(64), "jpeg"),
    "a phone's photograph": (b"\x00\x00\x00\x18ftypheic" + bytes(64), "image"),
    "music": (b"ID3\x04" + bytes(64), "mp3"),
    "sound": (b"RIFF\x24\x00\x00\x00WAVEfmt ", "wav"),
    "an archive": (b"PK\x03\x04" + bytes(64), "zip"),
    "a program": (b"\x7fELF" + bytes(64), "program"),
    "noise": (bytes(range(200, 256)) + bytes(64), "unknown"),
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", ["film.mp4", "film.avi", "film.ts"])
def test_refuses(kind: str, name: str, tmp_path: Path) -> None:
    content, looks_like = HOSTILE[kind]
    path = tmp_path / name
    path.write_bytes(content)
    assert sniff(path) == Refused(RefusalCode.NOT_A_VIDEO, {"looks_like": looks_like})


def test_refuses_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.touch()
    assert sniff(path) == Refused(RefusalCode.EMPTY_FILE)


@pytest.mark.parametrize(
    ("ending", "codec", "name", "demuxer"),
    [
        ("mp4", FAST, "mp4", "mov"),
        ("mov", FAST, "mov", "mov"),
        ("mkv", FAST, "matroska", "matroska"),
        ("webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime"), "webm", "matroska"),
        ("avi", ("-c:v", "mpeg4"), "avi", "avi"),
        ("ts", FAST, "mpegts", "mpegts"),
        ("mpg", ("-c:v", "mpeg2video"), "mpeg", "mpeg"),
        ("flv", FAST, "flv", "flv"),
        ("wmv", ("-c:v", "wmv2"), "asf", "asf"),
        ("ogv", ("-c:v", "libtheora"), "ogg", "ogg"),
    ],
)
def test_knows(
    ending: str, codec: tuple[str, ...], name: str, demuxer: str, tmp_path: Path
) -> None:
    path = plain(tmp_path / f"film.{ending}", *codec, seconds=0.4, size="128x96")
    path = path.rename(tmp_path / "renamed.jpg")
    container = sniff(path)
    assert isinstance(container, Container)
    assert (container.name, container.demuxer) == (name, demuxer)


class TestCutOff:
    """An MP4 carries its table of contents at one end; without it nobody can read the rest."""

    def test_refuses_without_table(self, tmp_path: Path) -> None:
        whole = plain(tmp_path / "whole.mp4")
        half = tmp_path / "half.mp4"
        half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        found = sniff(half)
        assert isinstance(found, Refused)
        assert found.code == RefusalCode.TRUNCATED

    def test_takes_one_with_the_table_in_front(self, tmp_path: Path) -> None:
        whole = plain(tmp_path / "whole.mp4", *FAST, "-movflags", "+faststart")
        half = tmp_path / "half.mp4"
        half.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
        assert isinstance(sniff(half), Container)

    def test_ends_on_boxes_of_no_length(self, tmp_path: Path) -> None:
        path = tmp_path / "loop.mp4"
        path.write_bytes(
            b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00" + bytes(4) + b"mdat" + bytes(99)
        )
        assert isinstance(sniff(path), Refused)


def test_reads_fragmented_files(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=128x96:d=1",
        *FAST,
        "-movflags",
        "frag_keyframe+empty_moov",
        path,
    )
    assert isinstance(sniff(path), Container)
