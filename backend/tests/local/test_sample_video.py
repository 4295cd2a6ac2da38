"""The demo's video is a real video with the scenes that it promises."""

from pathlib import Path

import av
import pytest

from ultra.local import sample_video


@pytest.mark.slow
def test_draws_scenes_and_sound(tmp_path: Path) -> None:
    path = tmp_path / "sample.mp4"
    sample_video.draw(path)
    expected = sample_video.SCENE_SECONDS * len(sample_video.SCENES)
    with av.open(path) as video:
        assert video.duration is not None
        assert abs(video.duration / av.time_base - expected) < 0.2
        assert video.streams.audio
        pictures = [frame.to_ndarray(format="gray").mean() for frame in video.decode(video=0)]
    assert len(pictures) == expected * sample_video.RATE
    # Each scene has a brightness of its own, so that cuts can be found.
    cut = sample_video.SCENE_SECONDS * sample_video.RATE
    for number in range(1, len(sample_video.SCENES)):
        at = number * cut
        assert abs(pictures[at] - pictures[at - 1]) > 10
