"""What killed requests and cancelled runs left on the disk is thrown away, and nothing else."""

import os
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp, sign_up
from tests.factories.video import add_video
from ultra.kit.ids import new_id
from ultra.settings import settings
from ultra.video.processing import service as processing
from ultra.video.videos.states import VideoStatus

HOUR = 3600.0


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


def age(path: Path, hours: float) -> Path:
    then = time.time() - hours * HOUR
    os.utime(path, (then, then))
    return path


def incoming(name: str, hours: float) -> Path:
    path = settings.home / "incoming" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    return age(path, hours)


def work_folder(video_id: object, hours: float) -> Path:
    path = settings.home / "work" / str(video_id)
    path.mkdir(parents=True)
    return age(path, hours)


def test_old_pieces_of_requests_go_and_new_ones_stay(stores: None) -> None:
    old = incoming("old", settings.video.deleted_keep_hours + 1)
    new = incoming("new", 1)
    processing.tidy()
    assert not old.exists()
    assert new.exists()
    new.unlink()


def test_an_old_folder_of_a_video_that_is_gone_goes(stores: None) -> None:
    folder = work_folder(new_id(), settings.video.deleted_keep_hours + 1)
    processing.tidy()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("status", "stays"),
    [(VideoStatus.QUEUED, True), (VideoStatus.PROCESSING, True), (VideoStatus.CANCELLED, False)],
)
def test_an_old_folder_stays_while_its_video_is_at_work(
    person: SignedUp, status: VideoStatus, stays: bool
) -> None:
    video = add_video(person, status=status)
    folder = work_folder(video.id, settings.video.deleted_keep_hours + 1)
    processing.tidy()
    assert folder.exists() is stays


def test_a_new_folder_stays(stores: None) -> None:
    folder = work_folder(new_id(), 1)
    processing.tidy()
    assert folder.exists()
