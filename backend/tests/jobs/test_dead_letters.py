"""Many dead letters at once: put back or dropped, within the wall, each by itself."""

from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.jobs import add_job
from tests.factories.video import add_video
from tests.kit.tasks.toys import find
from ultra.jobs.dead_letters import service as dead_letters
from ultra.kit.ids import new_id
from ultra.kit.tasks import JobState
from ultra.video.videos.states import VideoStatus


def change(client: FlaskClient, action: str, **body: Any) -> int:
    answer = client.post(f"/api/jobs/dead-letters/{action}", json=body)
    assert answer.status_code == 200, answer.text
    found: int = answer.get_json()["changed"]
    return found


def states(*job_ids: UUID) -> list[str]:
    return [find(job_id).state.value for job_id in job_ids]


@pytest.mark.parametrize(("action", "target"), [("retry", "waiting"), ("drop", "cancelled")])
class TestBoth:
    def test_take_all_of_the_workspace(
        self, client: FlaskClient, person: SignedUp, action: str, target: str
    ) -> None:
        own = person.workspace_id
        given_up = [add_job(own, JobState.FAILED), add_job(own, JobState.DEAD)]
        others = [add_job(own, JobState.DONE), add_job(own), add_job(own, JobState.CANCELLED)]
        assert change(client, action) == 2
        assert states(*given_up) == [target] * 2
        assert states(*others) == ["done", "waiting", "cancelled"]
        assert change(client, action) == 0

    def test_take_those_that_are_named(
        self, client: FlaskClient, person: SignedUp, action: str, target: str
    ) -> None:
        one, two = (add_job(person.workspace_id, JobState.DEAD) for _ in range(2))
        other = add_job(person.workspace_id, JobState.DEAD, name="tests.other")
        assert change(client, action, ids=[str(one), str(new_id())]) == 1
        assert change(client, action, name="tests.other") == 1
        assert change(client, action, ids=[]) == 0
        assert states(one, two, other) == [target, "dead", target]

    def test_stay_within_the_wall(
        self,
        client: FlaskClient,
        operators_client: FlaskClient,
        person: SignedUp,
        operator: SignedUp,
        *,
        action: str,
        target: str,
    ) -> None:
        own, foreign, nobodys = (
            add_job(workspace, JobState.DEAD)
            for workspace in (person.workspace_id, operator.workspace_id, None)
        )
        body: dict[str, Any] = {"ids": [str(foreign), str(nobodys)]}
        assert change(client, action, **body) == 0
        answer = client.post(f"/api/jobs/dead-letters/{action}", json={"scope": "all"})
        assert answer.status_code == 403
        assert change(operators_client, action) == 1
        assert states(own, foreign, nobodys) == ["dead", target, "dead"]
        assert change(operators_client, action, scope="all") == 2
        assert states(own, nobodys) == [target, target]

    def test_go_on_over_several_transactions(
        self,
        client: FlaskClient,
        person: SignedUp,
        *,
        action: str,
        target: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(dead_letters, "BATCH", 2)
        jobs = [add_job(person.workspace_id, JobState.DEAD) for _ in range(5)]
        assert change(client, action) == 5
        assert states(*jobs) == [target] * 5


def test_one_that_cannot_go_back_stops_no_other(client: FlaskClient, person: SignedUp) -> None:
    own = person.workspace_id
    ready, broken = (
        add_video(person, status=status) for status in (VideoStatus.COMPLETED, VideoStatus.FAILED)
    )
    jobs = [
        # Its video is completed, and this one's is gone: their service refuses.
        add_job(own, JobState.DEAD, name="video.process_video", args=[str(ready.id)]),
        add_job(own, JobState.DEAD, name="video.process_video", args=[str(new_id())]),
        add_job(own, JobState.DEAD, name="video.process_video", args=[str(broken.id)]),
        # Of an older version of the code, which knew another input.
        add_job(own, JobState.DEAD, name="video.process_video", args=[]),
        # Only one open job may have a key.
        add_job(own, JobState.DEAD, dedupe_key="one"),
        add_job(own, JobState.DEAD, dedupe_key="one"),
    ]
    assert change(client, "retry") == 2
    assert states(*jobs[:4]) == ["dead", "dead", "waiting", "dead"]
    assert sorted(states(*jobs[4:])) == ["dead", "waiting"]
    assert client.get(f"/api/video/{broken.id}").get_json()["status"] == "queued"


def test_of_three_with_one_key_the_oldest_goes_first(client: FlaskClient, person: SignedUp) -> None:
    jobs = [add_job(person.workspace_id, JobState.DEAD, dedupe_key="one") for _ in range(3)]
    assert change(client, "retry") == 1
    assert states(*jobs) == ["waiting", "dead", "dead"]


def test_too_many_ids_are_refused(client: FlaskClient, person: SignedUp) -> None:
    ids = [str(new_id()) for _ in range(1001)]
    answer = client.post("/api/jobs/dead-letters/drop", json={"ids": ids})
    assert answer.status_code == 422
