"""Jobs through HTTP: lists and filters, one job, and what may be done to it."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.factories.jobs import add_ended_job, add_job
from tests.factories.video import add_video, upload
from tests.kit.tasks.toys import ACT, change, enqueue, find, jobs_named
from ultra.kit.clock import now
from ultra.kit.ids import new_id
from ultra.kit.tasks import JobState, Trigger
from ultra.kit.tasks.registry import all_tasks

pytestmark = pytest.mark.usefixtures("person")


def listed(client: FlaskClient, query: str = "") -> list[str]:
    answer = client.get(f"/api/jobs?{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.get_json()["items"]]


def post(client: FlaskClient, path: str, body: Any = None) -> tuple[int, Any]:
    answer = client.post(f"/api/jobs/{path}", json=body)
    return answer.status_code, answer.get_json()


class TestList:
    def test_shows_the_own_workspace_newest_first(
        self, client: FlaskClient, person: SignedUp, operator: SignedUp
    ) -> None:
        own = [add_job(person.workspace_id) for _ in range(3)]
        add_job(operator.workspace_id)
        add_job(None)
        assert listed(client) == [str(job_id) for job_id in reversed(own)]

    def test_shows_an_operator_everything_on_request(
        self, operators_client: FlaskClient, operator: SignedUp, person: SignedUp
    ) -> None:
        theirs, own, nobodys = (
            add_job(each) for each in (person.workspace_id, operator.workspace_id, None)
        )
        assert listed(operators_client) == [str(own)]
        assert listed(operators_client, "scope=all") == [str(nobodys), str(own), str(theirs)]

    def test_refuses_everything_to_others(self, client: FlaskClient) -> None:
        answer = client.get("/api/jobs?scope=all")
        assert (answer.status_code, answer.get_json()["code"]) == (403, "forbidden")

    def test_pages_without_gap_or_repeat(self, client: FlaskClient, person: SignedUp) -> None:
        added = [str(add_job(person.workspace_id)) for _ in range(7)]
        moment = now()
        for job_id in added[2:5]:
            change(UUID(job_id), created_at=moment)
        found: list[str] = []
        cursor = ""
        while True:
            page = client.get(f"/api/jobs?limit=2{cursor}").get_json()
            found += [item["id"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert sorted(found) == sorted(added)

    FILTERS: ClassVar[list[tuple[str, list[str]]]] = [
        ("state=failed&state=dead", ["failed", "dead"]),
        ("state=done", ["done"]),
        ("queue=video", ["video"]),
        ("priority=high", ["high"]),
        ("trigger=webhook", ["webhook"]),
        ("name=tests.hear_of_failure", ["name"]),
        ("name=tests.hear", []),
        ("q=HEAR_of", ["name"]),
        ("q=video+i%C5%9Fle", []),
        ("q=process+a+VIDEO", ["video"]),
        ("q=%25", []),
        ("queue=video&state=done", []),
    ]

    def test_filters(self, client: FlaskClient, person: SignedUp) -> None:
        own = person.workspace_id
        jobs = {
            "failed": add_job(own, JobState.FAILED),
            "dead": add_job(own, JobState.DEAD),
            "done": add_job(own, JobState.DONE),
            "video": add_job(own, queue="video", name="video.process_video"),
            "high": add_job(own, priority="high"),
            "webhook": add_job(own, trigger=Trigger.WEBHOOK),
            "name": add_job(own, name="tests.hear_of_failure"),
        }
        for query, expected in self.FILTERS:
            found = [str(jobs[name]) for name in reversed(expected)]
            assert listed(client, query) == found, query

    def test_searches_titles_in_the_callers_language(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = add_job(person.workspace_id, name="video.process_video")
        headers = {"Accept-Language": "tr"}
        [found] = client.get("/api/jobs?q=VİDEOYU", headers=headers).get_json()["items"]
        assert (found["id"], found["title"]) == (str(job_id), "Videoyu işle")
        assert listed(client, "q=videoyu") == []

    def test_finds_by_id_subject_and_parent(self, client: FlaskClient, person: SignedUp) -> None:
        subject = new_id()
        parent = add_job(person.workspace_id, subject_id=subject)
        child = add_job(person.workspace_id, parent_id=parent)
        assert listed(client, f"q={parent}") == [str(parent)]
        assert listed(client, f"subject_id={subject}") == [str(parent)]
        assert listed(client, f"parent_id={parent}") == [str(child)]

    def test_refuses_a_query_that_is_none(self, client: FlaskClient) -> None:
        for query in ("state=odd", "scope=every", "limit=0", "cursor=%25", "parent_id=x", "x=1"):
            assert client.get(f"/api/jobs?{query}").status_code == 422, query


class TestOne:
    def test_tells_what_is_known(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_video(person, title="Tatil")
        job_id = add_ended_job(
            person.workspace_id,
            JobState.DEAD,
            lateness=2.5,
            name="video.process_video",
            args=[str(video.id)],
            subject_id=video.id,
            error_code="OSError",
            error="disk",
            attempts=3,
            trigger_key="k",
        )
        child = add_job(person.workspace_id, parent_id=job_id)
        found = client.get(f"/api/jobs/{job_id}").get_json()
        assert found["title"] == "Process a video"
        assert found["subject"] == {
            "kind": "video",
            "id": str(video.id),
            "title": "Tatil",
            "href": f"/videos/{video.id}",
        }
        assert (found["lateness_seconds"], found["duration_seconds"]) == (2.5, 1.0)
        assert (found["attempts"], found["max_attempts"]) == (3, 3)
        assert (found["args"], found["trigger_key"]) == ([str(video.id)], "k")
        assert [each["id"] for each in found["children"]] == [str(child)]

    def test_a_job_that_has_not_begun_has_neither_lateness_nor_duration(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        found = client.get(f"/api/jobs/{add_job(person.workspace_id)}").get_json()
        assert found["lateness_seconds"] is None
        assert found["duration_seconds"] is None
        assert found["subject"] is None

    def test_a_retry_says_nothing_of_lateness(self, client: FlaskClient, person: SignedUp) -> None:
        job_id = add_job(person.workspace_id)
        change(job_id, started_at=now(), not_before=now() + timedelta(minutes=5))
        assert client.get(f"/api/jobs/{job_id}").get_json()["lateness_seconds"] is None

    def test_a_task_that_this_code_lacks_is_shown_by_its_name(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = add_job(person.workspace_id, name="gone.do_it")
        assert client.get(f"/api/jobs/{job_id}").get_json()["title"] == "gone.do_it"

    def test_a_deleted_video_is_not_named(self, client: FlaskClient, person: SignedUp) -> None:
        video_id = upload(client)["id"]
        [job] = jobs_named("video.process_video")
        assert client.get(f"/api/jobs/{job.id}").get_json()["subject"]["id"] == video_id
        client.delete(f"/api/video/{video_id}")
        assert client.get(f"/api/jobs/{job.id}").get_json()["subject"] is None


READS = ["", "/events", "/state"]
ACTIONS = ["cancel", "pause", "resume", "retry", "drop"]


class TestWall:
    """An id of another workspace answers like one that never was."""

    @pytest.mark.parametrize("state", [JobState.WAITING, JobState.DEAD, JobState.PAUSED])
    def test_nobody_reads_or_changes_what_is_not_theirs(
        self, client: FlaskClient, app: Flask, operator: SignedUp, state: JobState
    ) -> None:
        third = sign_up(as_browser(app))
        for owner in (operator.workspace_id, None, third.workspace_id):
            self.look_and_touch(client, add_job(owner, state), state)

    def look_and_touch(self, client: FlaskClient, job_id: UUID, state: JobState) -> None:
        unknown = new_id()
        for path in READS:
            answers = [client.get(f"/api/jobs/{each}{path}") for each in (job_id, unknown)]
            assert [answer.status_code for answer in answers] == [404, 404]
            codes = [answer.get_json()["code"] for answer in answers]
            assert codes == ["job_not_found", "job_not_found"]
        for action in ACTIONS:
            assert post(client, f"{job_id}/{action}")[0] == 404
        assert find(job_id).state is state

    def test_an_operator_may(self, operators_client: FlaskClient, person: SignedUp) -> None:
        for owner in (person.workspace_id, None):
            job_id = add_job(owner)
            for path in READS:
                assert operators_client.get(f"/api/jobs/{job_id}{path}").status_code == 200
            assert post(operators_client, f"{job_id}/cancel")[0] == 200

    def test_children_of_others_are_not_shown(
        self, client: FlaskClient, person: SignedUp, operators_client: FlaskClient
    ) -> None:
        job_id = add_job(person.workspace_id)
        child = add_job(None, parent_id=job_id)
        assert client.get(f"/api/jobs/{job_id}").get_json()["children"] == []
        [shown] = operators_client.get(f"/api/jobs/{job_id}").get_json()["children"]
        assert shown["id"] == str(child)


ALLOWED = {
    "cancel": {"waiting", "queued", "running", "paused"},
    "pause": {"waiting", "queued"},
    "resume": {"paused"},
    "retry": {"failed", "dead"},
    "drop": {"failed", "dead"},
}
REFUSALS = {
    "cancel": "job_not_cancellable",
    "pause": "job_not_pausable",
    "resume": "job_not_resumable",
    "retry": "job_not_retryable",
    "drop": "job_not_droppable",
}
LEADS_TO = {
    "cancel": "cancelled",
    "pause": "paused",
    "resume": "waiting",
    "retry": "waiting",
    "drop": "cancelled",
}


class TestActions:
    @pytest.mark.parametrize("action", ACTIONS)
    def test_each_in_each_state(self, client: FlaskClient, person: SignedUp, action: str) -> None:
        for state in JobState:
            job_id = add_job(person.workspace_id, state)
            status, answer = post(client, f"{job_id}/{action}")
            if state not in ALLOWED[action]:
                assert (state, status, answer["code"]) == (state, 409, REFUSALS[action])
                assert find(job_id).state is state
            elif (action, state) == ("cancel", JobState.RUNNING):
                # Its worker stops at the next safe point.
                assert (status, answer["state"]) == (200, "running")
                assert answer["is_cancel_requested"] is True
            else:
                assert (state, status, answer["state"]) == (state, 200, LEADS_TO[action])
                assert find(job_id).state == LEADS_TO[action]

    def test_a_retry_starts_from_nothing(self, client: FlaskClient, person: SignedUp) -> None:
        job_id = add_ended_job(
            person.workspace_id, JobState.DEAD, attempts=3, crashes=3, error_code="X", error="x"
        )
        _, answer = post(client, f"{job_id}/retry", {})
        assert (answer["attempts"], answer["crashes"]) == (0, 0)
        assert answer["error_code"] is answer["finished_at"] is None

    UNREADABLE: ClassVar[list[list[Any]]] = [[], ["x"], [1], [None], [{}], ["x", "y"]]

    def test_an_input_that_its_service_cannot_read_changes_nothing(
        self, operators_client: FlaskClient, operator: SignedUp
    ) -> None:
        names = [task.name for task in all_tasks() if task.revive]
        assert "video.process_video" in names
        for name in names:
            job_id = add_job(None, JobState.DEAD, name=name, args=["as before"])
            for args in self.UNREADABLE:
                status, answer = post(operators_client, f"{job_id}/retry", {"args": args})
                assert (status, answer.get("code")) == (422, "input_unfit"), (name, args)
            assert (find(job_id).state, find(job_id).args) == (JobState.DEAD, ["as before"])

    def test_a_retry_of_what_is_open_under_the_same_key_is_refused(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        own = person.workspace_id
        dead = add_job(own, JobState.DEAD, dedupe_key="one")
        add_job(own, dedupe_key="one")
        status, answer = post(client, f"{dead}/retry")
        assert (status, answer["code"]) == (409, "job_not_retryable")
        assert find(dead).state is JobState.DEAD

    def test_an_operator_may_change_the_input(
        self, operators_client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = add_job(person.workspace_id, JobState.FAILED, args=["yanlış"])
        status, _ = post(operators_client, f"{job_id}/retry", {"args": ["doğru", {"n": 1}]})
        assert status == 200
        assert find(job_id).args == ["doğru", {"n": 1}]

    def test_others_may_not(self, client: FlaskClient, person: SignedUp) -> None:
        job_id = add_job(person.workspace_id, JobState.FAILED, args=["yanlış"])
        status, answer = post(client, f"{job_id}/retry", {"args": []})
        assert (status, answer["code"]) == (403, "input_not_editable")
        assert find(job_id).state is JobState.FAILED

    REFUSED: ClassVar[list[Any]] = [
        {"args": "text"},
        {"args": ["a\0b"]},
        {"args": [{"deep": ["\0"]}]},
        {"args": ["x" * 70_000]},
        {"args": [0] * 51},
        {"arguments": []},
        [],
    ]

    def test_an_input_that_cannot_be_is_refused(self, operators_client: FlaskClient) -> None:
        job_id = add_job(None, JobState.FAILED)
        for body in self.REFUSED:
            assert post(operators_client, f"{job_id}/retry", body)[0] == 422, body
        assert find(job_id).state is JobState.FAILED

    def test_half_a_character_is_refused(self, operators_client: FlaskClient) -> None:
        job_id = add_job(None, JobState.FAILED)
        answer = operators_client.post(
            f"/api/jobs/{job_id}/retry",
            data='{"args": ["\\ud800"]}',
            content_type="application/json",
        )
        assert answer.status_code == 422

    def test_cancelling_a_videos_job_cancels_the_video(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        upload(client)
        [job] = jobs_named("video.process_video")
        post(client, f"{job.id}/cancel")
        [told] = jobs_named("video.fail_video")
        assert told.args == [*job.args, "Cancelled"]

    def test_a_job_that_the_engine_made_is_seen(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = enqueue("x", workspace_id=person.workspace_id)
        [found] = client.get(f"/api/jobs?name={ACT}").get_json()["items"]
        assert (found["id"], found["state"], found["title"]) == (str(job_id), "waiting", "Act")
