"""The first step measures what a file really holds and refuses what would cost too much."""

import json
import time
from pathlib import Path

import pytest

from tests.video.media.clips import FAST, SHARED, ffmpeg, needs_shared, plain, turned, uneven
from ultra.settings import settings
from ultra.video.media.access import input_arguments
from ultra.video.media.ffmpeg import run_ffmpeg
from ultra.video.media.inspect import inspect
from ultra.video.media.inspection import Inspection, Oddity
from ultra.video.media.process import MediaFailed
from ultra.video.media.refusal import RefusalCode, Refused
from ultra.video.media.sniffing import CONTAINERS


def accepted(path: Path, tmp_path: Path) -> Inspection:
    found = inspect(path, tmp_path / "work")
    assert isinstance(found, Inspection), found
    return found


class TestMeasures:
    def test_an_ordinary_film(self, tmp_path: Path) -> None:
        path = plain(tmp_path / "a.mp4", sound="sine=r=44100", size="320x180", fps=25, seconds=2)
        found = accepted(path, tmp_path)
        assert (found.width, found.height, found.rotation) == (320, 180, 0)
        assert (found.frame_count, found.duration) == (50, pytest.approx(2.0))
        assert found.fps == pytest.approx(25)
        assert not found.is_variable
        assert found.audio
        assert (found.audio.codec, found.audio.sample_rate) == ("aac", 44100)
        assert found.warnings == []

    @pytest.mark.parametrize("degrees", [90, 180, 270])
    def test_a_turned_phone(self, degrees: int, tmp_path: Path) -> None:
        path = turned(plain(tmp_path / "a.mp4", seconds=0.5), tmp_path / "b.mp4", degrees)
        found = accepted(path, tmp_path)
        assert found.rotation == degrees
        assert (found.width, found.height) == ((320, 180) if degrees == 180 else (180, 320))

    def test_pixels_that_are_not_square(self, tmp_path: Path) -> None:
        path = plain(tmp_path / "a.mp4", *FAST, "-vf", "setsar=4/3", seconds=0.5)
        found = accepted(path, tmp_path)
        assert (found.width, found.height, found.coded_width) == (427, 180, 320)

    def test_irregular_times(self, tmp_path: Path) -> None:
        times = uneven(tmp_path / "a.mkv")
        found = accepted(tmp_path / "a.mkv", tmp_path)
        assert found.is_variable
        assert found.frame_count == len(times)
        assert found.fps == pytest.approx((len(times) - 1) / times[-1], rel=0.01)

    def test_a_film_without_sound_beside_a_cover_picture(self, tmp_path: Path) -> None:
        film = plain(tmp_path / "a.mp4", seconds=0.5)
        cover = tmp_path / "cover.png"
        ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64:d=0.04", "-frames:v", "1", cover)
        both = tmp_path / "b.mp4"
        ffmpeg(
            "-i",
            cover,
            "-i",
            film,
            "-map",
            "0",
            "-map",
            "1",
            "-c",
            "copy",
            "-disposition:v:0",
            "attached_pic",
            both,
        )
        found = accepted(both, tmp_path)
        assert found.video_codec == "h264"
        assert found.audio is None

    def test_five_channels(self, tmp_path: Path) -> None:
        sound = "anoisesrc=r=48000:a=0.1,aformat=channel_layouts=5.1"
        path = plain(tmp_path / "a.mp4", sound=sound, seconds=0.5)
        found = accepted(path, tmp_path)
        assert found.audio
        assert found.audio.channels == 6

    def test_a_live_recording_without_duration(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mkv"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=2", *FAST, "-live", "1", path)
        assert accepted(path, tmp_path).duration == pytest.approx(2.0, abs=0.05)

    def test_a_late_picture(self, tmp_path: Path) -> None:
        path = plain(
            tmp_path / "a.mkv",
            *FAST,
            "-c:a",
            "aac",
            "-af",
            "asetpts=PTS",
            "-vf",
            "setpts=PTS+0.4/TB",
            "-fps_mode",
            "passthrough",
            sound="sine",
        )
        assert accepted(path, tmp_path).start == pytest.approx(0.4, abs=0.05)

    def test_says_when_half_is_missing(self, tmp_path: Path) -> None:
        whole = plain(tmp_path / "whole.mp4", *FAST, "-movflags", "+faststart", "-g", "5")
        half = tmp_path / "half.mp4"
        half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        found = accepted(half, tmp_path)
        assert Oddity.TRUNCATED in found.warnings
        assert found.frame_count < 50

    def test_goes_through_json(self, tmp_path: Path) -> None:
        found = accepted(plain(tmp_path / "a.mp4", sound="sine", seconds=0.5), tmp_path)
        assert Inspection.from_dict(json.loads(json.dumps(found.to_dict()))) == found


class TestRefuses:
    @pytest.mark.parametrize(
        ("limit", "value", "code"),
        [
            ("max_seconds", 1, RefusalCode.TOO_LONG),
            ("max_pixels", 320 * 179, RefusalCode.TOO_LARGE_PICTURE),
            ("max_fps", 20, RefusalCode.TOO_MANY_FRAMES),
            ("max_pixel_seconds", 320 * 180, RefusalCode.TOO_MUCH_WORK),
        ],
    )
    def test_too_much(
        self,
        limit: str,
        value: float,
        code: RefusalCode,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(settings.video, limit, value)
        found = inspect(plain(tmp_path / "a.mp4"), tmp_path / "work")
        assert isinstance(found, Refused)
        assert found.code == code

    def test_sound_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mp4"
        ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", path)
        assert inspect(path, tmp_path / "work") == Refused(RefusalCode.NO_VIDEO_STREAM)

    def test_too_many_streams(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mkv"
        ffmpeg(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=64x64:d=0.2",
            "-f",
            "lavfi",
            "-i",
            "sine=d=0.2",
            "-map",
            "0",
            *(["-map", "1"] * 40),
            *FAST,
            "-c:a",
            "pcm_s16le",
            path,
        )
        found = inspect(path, tmp_path / "work")
        assert found == Refused(RefusalCode.TOO_MANY_STREAMS, {"streams": 41})

    def test_garbage_behind_a_good_beginning(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mkv"
        path.write_bytes(b"\x1aE\xdf\xa3" + bytes(range(256)) * 40)
        found = inspect(path, tmp_path / "work")
        assert isinstance(found, Refused)
        assert found.code == RefusalCode.UNREADABLE


@pytest.mark.parametrize("container", CONTAINERS.values(), ids=lambda kind: kind.name)
def test_a_script_opens_no_neighbour_even_past_the_sniffing(
    container: object, tmp_path: Path
) -> None:
    """The second wall: what ffmpeg is told, were a script ever taken for a film."""
    plain(tmp_path / "neighbour.mp4", seconds=0.2)
    script = tmp_path / "film.mp4"
    script.write_text("ffconcat version 1.0\nfile neighbour.mp4\n")
    opening = input_arguments(script, container, settings.video.max_pixels)  # type: ignore[arg-type]
    with pytest.raises(MediaFailed):
        run_ffmpeg([*opening, "-frames:v", "1", "stolen.png"], folder=tmp_path, seconds=1)
    assert not (tmp_path / "stolen.png").exists()


VERDICTS = {
    "audio_only.m4a": RefusalCode.NO_VIDEO_STREAM,
    "concat_neighbour_named.mp4": RefusalCode.NOT_A_VIDEO,
    "hdr10_pq.mp4": (960, 540),
    "hlg_2020.mp4": (960, 540),
    "hls_local_file_named.avi": RefusalCode.NOT_A_VIDEO,
    "hls_ssrf_http.m3u8": RefusalCode.NOT_A_VIDEO,
    "hls_ssrf_http_named.mp4": RefusalCode.NOT_A_VIDEO,
    "interlaced_tff.mp4": (720, 480),
    "neighbour.mp4": (320, 180),
    "odd_853x479_yuv444.mp4": (852, 479),
    "one_frame.mp4": (1280, 720),
    "png_named.mp4": RefusalCode.NOT_A_VIDEO,
    "rotated270_matrix.mp4": (540, 960),
    "rotated90_matrix.mp4": (540, 960),
    "six_channel_audio.mp4": (640, 360),
    "text_named.mp4": RefusalCode.NOT_A_VIDEO,
    "truncated_faststart_half.mp4": (1280, 720),
    "truncated_no_moov.mp4": RefusalCode.TRUNCATED,
    "vfr_random.mp4": (640, 360),
    "video_only.mp4": (1280, 720),
    "zero.mp4": RefusalCode.EMPTY_FILE,
}


@needs_shared
@pytest.mark.parametrize("name", VERDICTS)
def test_verdict_on_a_broken_file(name: str, tmp_path: Path) -> None:
    started = time.monotonic()
    found = inspect(SHARED / "broken-share" / name, tmp_path)
    assert time.monotonic() - started < 20
    verdict = found.code if isinstance(found, Refused) else (found.width, found.height)
    assert verdict == VERDICTS[name]
    if name.startswith("truncated_faststart"):
        assert isinstance(found, Inspection)
        assert Oddity.TRUNCATED in found.warnings


@needs_shared
def test_every_broken_file_has_a_verdict() -> None:
    assert {path.name for path in (SHARED / "broken-share").iterdir()} == set(VERDICTS)


@needs_shared
def test_takes_the_stream_that_a_player_would_show(tmp_path: Path) -> None:
    found = accepted(SHARED / "torchcodec" / "nasa_13013.mp4", tmp_path)
    assert (found.video_stream, found.width, found.audio_tracks) == (0, 320, 2)
