"""Processing by real workers, and what is left of it when they are killed, stopped or called off.

Each test says in its name what is broken; the outcome is the same: a finished video, made once.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import media
from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.integration.processes import Child, form_around, wait_until
from tests.kit.tasks.toys import at_broker, jobs_named, outbox
from ultra.kit.redis import redis
from ultra.kit.storage import storage
from ultra.kit.tasks import Job, JobState

pytestmark = pytest.mark.slow

ENVIRONMENT = {
    "ULTRA_JOBS__LEASE_SECONDS": "3",
    "ULTRA_JOBS__POLL_SECONDS": "0.3",
    "ULTRA_GATEWAY__PROCESSES": "1",
}
STEPS = ["inspect", "analyse", "scenes", "render", "package", "thumbnails"]
LONG = (6, 1280, 720)
"""A clip whose render takes some seconds."""


@pytest.fixture(scope="module")
def dispatcher(empty_stores: Callable[[], None]) -> Iterator[Child]:
    empty_stores()
    with Child("ultra.worker", "dispatch", **ENVIRONMENT) as child:
        yield child


@pytest.fixture
def visitor(dispatcher: Child, app: Flask) -> FlaskClient:
    return as_browser(app)


@pytest.fixture
def person(visitor: FlaskClient) -> SignedUp:
    return sign_up(visitor)


def start_worker() -> Child:
    return Child("ultra.worker", "run", "video", **ENVIRONMENT)


class Work:
    """One uploaded video and what is known of it."""

    def __init__(self, visitor: FlaskClient, person: SignedUp, clip: Path) -> None:
        self.visitor, self.person = visitor, person
        begin, end = form_around("tatil.mp4")
        answer = visitor.post(
            "/api/video/upload",
            data=begin + clip.read_bytes() + end,
            content_type="multipart/form-data; boundary=b",
        )
        assert answer.status_code == 202, answer.text
        self.path = f"/api/video/{answer.get_json()['id']}"

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.visitor.get(self.path).get_json()
        return found

    def job(self) -> Job:
        video_id = self.path.rpartition("/")[2]
        [found] = [job for job in jobs_named("video.process_video") if job.args == [video_id]][-1:]
        return found

    def wait_for(self, status: str, seconds: float = 120) -> dict[str, Any]:
        def has_it() -> dict[str, Any] | None:
            found = self.read()
            assert found["status"] != "failed" or status == "failed", found["error"]
            return found if found["status"] == status else None

        found: dict[str, Any] = wait_until(has_it, seconds, f"{status}: {self.read()}")
        return found

    def wait_for_render(self, worker: Child) -> None:
        """Until ffmpeg is in the middle of the render."""
        wait_until(
            lambda: self.read()["step"] == "render" and worker.descendants("ffmpeg"),
            90,
            f"it renders: {self.read()['status']}\n{worker.log()[-3000:]}",
        )

    def results(self) -> set[str]:
        """Folders of results in storage."""
        keys = storage().list(f"workspaces/{self.person.workspace_id}/videos")
        return {part for key in keys for part in key.split("/") if part.startswith("result-")}

    def activity(self) -> list[str]:
        items = self.visitor.get("/api/video/activity").get_json()["items"]
        return [item["kind"] for item in items]


def steps_started(*workers: Child) -> Counter[str]:
    return Counter(
        line["step"] for worker in workers for line in worker.events("video.step_started")
    )


def test_a_clip_becomes_something_to_play(visitor: FlaskClient, person: SignedUp) -> None:
    with start_worker():
        work = Work(visitor, person, media.clip(3))
        found = work.wait_for("completed")
    assert (found["progress"], found["step"], found["error"]) == (100, None, None)
    assert [step["name"] for step in found["steps"]] == STEPS
    assert {step["status"] for step in found["steps"]} == {"done"}
    assert (found["width"], found["height"], found["has_audio"]) == (320, 180, True)
    assert found["duration"] == pytest.approx(3, abs=0.1)
    assert found["result"]["scenes"] == len(visitor.get(f"{work.path}/scenes").json["items"]) >= 1
    assert visitor.get(f"{work.path}/poster").data.startswith(b"\xff\xd8")
    assert "#xywh=" in visitor.get(f"{work.path}/sprite.vtt").text
    assert visitor.get(f"{work.path}/download").data[4:8] == b"ftyp"
    master = visitor.get(f"{work.path}/stream/master.m3u8").text
    playlists = [line for line in master.splitlines() if line and not line.startswith("#")]
    assert playlists
    for name in playlists:
        answer = visitor.get(f"{work.path}/stream/{name}")
        assert answer.status_code == 200
        assert answer.text.startswith("#EXTM3U")
    assert work.activity() == ["completed", "uploaded"]


class TestKilled:
    def check_that_it_was_finished(self, work: Work, *workers: Child) -> None:
        work.wait_for("completed")
        assert len(work.results()) == 1
        assert work.activity() == ["completed", "uploaded"]
        wait_until(lambda: work.job().state is JobState.DONE, 5, "the job is over")
        assert work.job().crashes == 1
        # What the first worker had finished was not done again; only the render was.
        expected = Counter({**dict.fromkeys(STEPS, 1), "render": 2})
        assert steps_started(*workers) == expected

    def test_the_whole_worker(self, visitor: FlaskClient, person: SignedUp) -> None:
        with start_worker() as first:
            work = Work(visitor, person, media.clip(*LONG))
            work.wait_for_render(first)
            below = first.descendants()
            first.kill()
            # Nothing that it had started goes on without it.
            wait_until(lambda: not any(map(is_alive, below)), 5, "everything below it has ended")
            with start_worker() as second:
                self.check_that_it_was_finished(work, first, second)

    def test_its_child_alone(self, visitor: FlaskClient, person: SignedUp) -> None:
        with start_worker() as worker:
            work = Work(visitor, person, media.clip(*LONG))
            work.wait_for_render(worker)
            [pool] = psutil.Process(worker.pid).children()
            pool.kill()
            self.check_that_it_was_finished(work, worker)


def is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_a_video_is_cancelled_while_it_renders_and_goes_on_later(
    visitor: FlaskClient, person: SignedUp
) -> None:
    with start_worker() as worker:
        work = Work(visitor, person, media.clip(*LONG))
        work.wait_for_render(worker)
        rendering = worker.descendants("ffmpeg")
        began = time.monotonic()
        assert visitor.post(f"{work.path}/cancel").status_code == 200
        wait_until(lambda: not any(map(is_alive, rendering)), 5, "ffmpeg has ended")
        assert time.monotonic() - began < 5
        wait_until(lambda: work.job().state is JobState.CANCELLED, 5, "the job is over")
        assert work.read()["status"] == "cancelled"
        assert work.results() == set()

        assert visitor.post(f"{work.path}/retry").status_code == 200
        work.wait_for("completed")
        started = steps_started(worker)
        assert (started["inspect"], started["analyse"], started["scenes"]) == (1, 1, 1)
        assert work.activity() == ["completed", "retried", "cancelled", "uploaded"]


def test_a_worker_that_is_asked_to_end_hands_its_job_back(
    visitor: FlaskClient, person: SignedUp
) -> None:
    with start_worker() as first:
        work = Work(visitor, person, media.clip(*LONG))
        work.wait_for_render(first)
        below = first.descendants()
        os.kill(first.pid, signal.SIGTERM)
        assert first.wait(20) == 0
        assert not any(map(is_alive, below))
        job = work.job()
        assert job.state in (JobState.WAITING, JobState.QUEUED)
        assert (job.attempts, job.crashes) == (0, 0)
        with start_worker() as second:
            work.wait_for("completed")
            assert steps_started(first, second)["analyse"] == 1
            assert len(work.results()) == 1


def test_a_queued_video_is_finished_although_redis_lost_everything(
    visitor: FlaskClient, person: SignedUp
) -> None:
    work = Work(visitor, person, media.clip(3))
    wait_until(lambda: at_broker("video.medium") and not outbox(), 10, "the message is at Redis")
    redis.flushall()
    assert at_broker("video.medium") == 0
    # The session went with Redis.
    with start_worker():
        wait_until(lambda: work.job().state is JobState.DONE, 120, "the job is done")
