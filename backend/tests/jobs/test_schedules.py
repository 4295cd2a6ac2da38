"""Schedules through HTTP, and what becomes of a due one."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.factories.auth import SignedUp
from tests.jobs import toys
from tests.kit.tasks.toys import change, find, jobs_named
from ultra.jobs.schedules import service
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.tasks import Job, JobState, Trigger, schedules
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.runner import run_job
from ultra.kit.tasks.schedules import Schedule

START = service.START_OFFER


def create(client: FlaskClient, **values: Any) -> dict[str, Any]:
    answer = client.post("/api/jobs/schedules", json=body(**values))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def body(**values: Any) -> dict[str, Any]:
    return {
        "name": "Her sabah",
        "offer": toys.WRITE_DOWN,
        "input": {"text": "günaydın"},
        "kind": "interval",
        "every_seconds": 3600,
        **values,
    }


def patch(client: FlaskClient, schedule: dict[str, Any], **values: Any) -> dict[str, Any]:
    answer = client.patch(f"/api/jobs/schedules/{schedule['id']}", json=values)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def listed(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/jobs/schedules?{query}").get_json()["items"]
    return found


def make_due() -> int:
    with transaction() as session:
        session.execute(update(Schedule).values(next_at=func.now()))
        return schedules.start_due(session)


def run(job: Job) -> Job:
    admit_once()
    run_job(job.id)
    return find(job.id)


class TestCreate:
    def test_tells_what_was_made(self, client: FlaskClient, person: SignedUp) -> None:
        made = create(client)
        assert made["title"] == "Write something down"
        assert (made["offer"], made["task"], made["input"]) == (
            toys.WRITE_DOWN,
            START,
            {"text": "günaydın"},
        )
        assert (made["origin"], made["is_paused"], made["catch_up"]) == ("person", False, "once")
        times = [datetime.fromisoformat(each) for each in made["upcoming"]]
        assert made["upcoming"][0] == made["next_at"]
        assert [later - times[0] for later in times] == [timedelta(hours=n) for n in range(3)]
        assert abs(times[0] - now() - timedelta(hours=1)) < timedelta(seconds=5)
        assert listed(client) == [made]

    def test_by_cron_in_a_zone(self, client: FlaskClient, person: SignedUp) -> None:
        made = create(
            client, kind="cron", every_seconds=None, cron="30 9 * * *", zone="Europe/Istanbul"
        )
        for each in made["upcoming"]:
            at = datetime.fromisoformat(each).astimezone(UTC)
            # Istanbul has been three hours ahead all year since 2016.
            assert (at.hour, at.minute) == (6, 30)

    REFUSED: ClassVar[list[tuple[dict[str, Any], str]]] = [
        ({"every_seconds": 59}, "invalid"),
        ({"every_seconds": None}, "invalid"),
        ({"cron": "* * * * *"}, "invalid"),
        ({"kind": "cron", "cron": "* * * * *"}, "invalid"),
        ({"kind": "cron", "every_seconds": None}, "invalid"),
        ({"kind": "cron", "every_seconds": None, "cron": "soon"}, "invalid_cron"),
        ({"kind": "cron", "every_seconds": None, "cron": "61 * * * *"}, "invalid_cron"),
        ({"kind": "cron", "every_seconds": None, "cron": "0 0 30 2 *"}, "invalid_cron"),
        ({"kind": "cron", "every_seconds": None, "cron": "0 0 LW * */7"}, "invalid_cron"),
        ({"kind": "cron", "every_seconds": None, "cron": "0 0 */31 * 1#2"}, "invalid_cron"),
        (
            {"kind": "cron", "every_seconds": None, "cron": "0 9 * * *", "zone": "Mars"},
            "unknown_zone",
        ),
        ({"zone": "Mars/Olympus"}, "unknown_zone"),
        ({"zone": "../../etc/passwd"}, "unknown_zone"),
        ({"offer": "tests.nothing"}, "offer_unknown"),
        ({"offer": "video.process_video"}, "offer_unknown"),
        ({"input": {}}, "offer_input_invalid"),
        ({"input": {"text": "x", "more": 1}}, "offer_input_invalid"),
        ({"input": {"text": "a\0b"}}, "offer_input_invalid"),
        ({"name": ""}, "invalid"),
        ({"catch_up": "twice"}, "invalid"),
    ]

    def test_refuses_what_does_not_fit(self, client: FlaskClient, person: SignedUp) -> None:
        for values, code in self.REFUSED:
            answer = client.post("/api/jobs/schedules", json=body(**values))
            found = (answer.status_code, answer.get_json().get("code"))
            assert found == (422, code), (values, answer.text)
        assert listed(client) == []

    def test_a_name_is_given_once_in_a_workspace(
        self, client: FlaskClient, operators_client: FlaskClient, person: SignedUp
    ) -> None:
        create(client)
        create(operators_client)
        answer = client.post("/api/jobs/schedules", json=body())
        assert (answer.status_code, answer.get_json()["code"]) == (409, "schedule_name_taken")
        other = create(client, name="Her akşam")
        answer = client.patch(f"/api/jobs/schedules/{other['id']}", json={"name": "Her sabah"})
        assert answer.status_code == 409

    def test_there_is_a_limit(
        self, client: FlaskClient, person: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "MOST", 1)
        create(client)
        answer = client.post("/api/jobs/schedules", json=body(name="Bir daha"))
        assert (answer.status_code, answer.get_json()["code"]) == (409, "too_many_schedules")


class TestPreview:
    def preview(self, client: FlaskClient, **timing: Any) -> Any:
        answer = client.post("/api/jobs/schedules/preview", json=timing)
        return answer.status_code, answer.get_json()

    def test_shows_the_next_five(self, client: FlaskClient, person: SignedUp) -> None:
        for timing in (
            {"kind": "interval", "every_seconds": 90},
            {"kind": "cron", "cron": "*/15 * * * *", "zone": "America/New_York"},
        ):
            status, found = self.preview(client, **timing)
            times = [datetime.fromisoformat(each) for each in found["upcoming"]]
            assert (status, len(times)) == (200, 5)
            assert times == sorted(times)
            assert times[0] > now()
        assert listed(client) == []

    REFUSED: ClassVar[list[dict[str, Any]]] = [
        {"kind": "cron", "cron": "x"},
        {"kind": "cron", "cron": "0 0 31 2 *"},
        {"kind": "cron", "cron": "0 0 LW * */7"},
        {"kind": "interval", "every_seconds": 1},
        {"kind": "interval", "every_seconds": 60, "zone": "x"},
        {"kind": "never"},
    ]

    def test_refuses_what_is_none(self, client: FlaskClient, person: SignedUp) -> None:
        for timing in self.REFUSED:
            assert self.preview(client, **timing)[0] == 422, timing


class TestUpdate:
    def test_changes_one_thing_and_leaves_the_rest(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        made = create(client)
        renamed = patch(client, made, name="Her gün", catch_up="all")
        assert renamed == {**made, "name": "Her gün", "catch_up": "all"}
        rewritten = patch(client, made, input={"text": "iyi akşamlar"})
        assert rewritten == {**renamed, "input": {"text": "iyi akşamlar"}}

    def test_changes_when(self, client: FlaskClient, person: SignedUp) -> None:
        made = create(client)
        sooner = patch(client, made, every_seconds=60)
        assert sooner["next_at"] < made["next_at"]
        by_cron = patch(client, made, kind="cron", cron="0 0 1 1 *", zone="Europe/Istanbul")
        assert (by_cron["every_seconds"], by_cron["cron"]) == (None, "0 0 1 1 *")
        elsewhere = patch(client, made, zone="UTC")
        assert elsewhere["cron"] == "0 0 1 1 *"
        assert elsewhere["next_at"] != by_cron["next_at"]

    REFUSED: ClassVar[list[tuple[dict[str, Any], str]]] = [
        ({"kind": "cron"}, "timing_unclear"),
        ({"cron": "0 0 * * *"}, "timing_unclear"),
        ({"kind": "cron", "cron": "x"}, "invalid_cron"),
        ({"zone": "x"}, "unknown_zone"),
        ({"offer": "video.process_again"}, "offer_input_invalid"),
        ({"input": {"text": ""}, "colour": 1}, "invalid"),
    ]

    def test_refuses_what_does_not_fit(self, client: FlaskClient, person: SignedUp) -> None:
        made = create(client)
        for values, code in self.REFUSED:
            answer = client.patch(f"/api/jobs/schedules/{made['id']}", json=values)
            found = (answer.status_code, answer.get_json().get("code"))
            assert found == (422, code), (values, answer.text)
        assert listed(client) == [made]

    def test_a_paused_one_is_not_due_and_makes_nothing_good(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        made = create(client, catch_up="all")
        assert patch(client, made, is_paused=True)["upcoming"] == []
        assert make_due() == 0
        resumed = patch(client, made, is_paused=False)
        assert datetime.fromisoformat(resumed["next_at"]) > now() + timedelta(minutes=59)

    def test_can_be_deleted(self, client: FlaskClient, person: SignedUp) -> None:
        made = create(client)
        assert client.delete(f"/api/jobs/schedules/{made['id']}").status_code == 204
        assert client.delete(f"/api/jobs/schedules/{made['id']}").status_code == 404
        assert listed(client) == []


class TestDue:
    def test_starts_the_offer_once(self, client: FlaskClient, person: SignedUp) -> None:
        made = create(client)
        assert make_due() == 1
        [job] = jobs_named(START)
        assert (job.trigger, job.workspace_id) == (Trigger.SCHEDULE, person.workspace_id)
        [shown] = listed(client)
        assert (shown["id"], shown["last_job_id"]) == (made["id"], str(job.id))
        done = run(job)
        [started] = jobs_named(toys.WRITE_DOWN)
        assert (done.state, done.result) == (JobState.DONE, {"job_id": str(started.id)})
        assert (started.args, started.parent_id) == (["günaydın", None], job.id)
        assert (started.trigger, started.workspace_id) == (
            Trigger.SCHEDULE,
            person.workspace_id,
        )

    def test_a_worker_that_died_before_it_could_say_so_starts_nothing_twice(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        create(client)
        make_due()
        [job] = jobs_named(START)
        done = run(job)
        change(job.id, state=JobState.WAITING, finished_at=None, result=None)
        assert run(job).result == done.result
        assert len(jobs_named(toys.WRITE_DOWN)) == 1

    def test_what_the_offer_refuses_is_a_dead_letter(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        create(client, input={"text": "busy"})
        make_due()
        [job] = jobs_named(START)
        failed = run(job)
        assert (failed.state, failed.error_code, failed.error) == (
            JobState.FAILED,
            "too_busy",
            "Not now.",
        )
        assert jobs_named(toys.WRITE_DOWN) == []

    def test_what_is_away_is_tried_again(self, client: FlaskClient, person: SignedUp) -> None:
        create(client, input={"text": "away"})
        make_due()
        [job] = jobs_named(START)
        assert run(job).state is JobState.WAITING

    def test_an_offer_that_is_gone_is_a_dead_letter(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        create(client)
        with transaction() as session:
            args = ["gone.away", str(person.workspace_id), {}]
            session.execute(update(Schedule).values(args=args))
        make_due()
        [job] = jobs_named(START)
        assert run(job).error_code == "offer_unknown"
        [shown] = listed(client)
        assert shown["title"] == "gone.away"

    def test_one_that_cannot_be_reckoned_is_listed_and_paused_when_it_is_due(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        made = create(client, kind="cron", every_seconds=None, cron="* * * * *")
        with transaction() as session:
            session.execute(update(Schedule).values(zone="US/Pacific-New"))
        [shown] = listed(client)
        assert shown["upcoming"] == [made["next_at"]]
        assert make_due() == 0
        [shown] = listed(client)
        assert shown["is_paused"]
        # The row leads to the job that says why.
        job = run(find(UUID(shown["last_job_id"])))
        seen = client.get(f"/api/jobs/{job.id}").get_json()
        assert (seen["state"], seen["error_code"]) == ("failed", "unknown_zone")
        answer = client.patch(f"/api/jobs/schedules/{made['id']}", json={"is_paused": False})
        assert (answer.status_code, answer.get_json()["code"]) == (422, "unknown_zone")
        assert not patch(client, made, zone="America/Los_Angeles", is_paused=False)["is_paused"]

    def test_can_be_run_by_hand(self, client: FlaskClient, person: SignedUp) -> None:
        made = create(client)
        for _ in range(2):
            answer = client.post(f"/api/jobs/schedules/{made['id']}/run")
            assert answer.status_code == 200
        shown = answer.get_json()
        assert shown["next_at"] == made["next_at"]
        newest = max(jobs_named(START), key=lambda job: job.id)
        assert shown["last_job_id"] == str(newest.id)


class TestWall:
    def test_others_find_nothing(
        self, client: FlaskClient, operators_client: FlaskClient, person: SignedUp
    ) -> None:
        made = create(operators_client)
        assert listed(client) == []
        assert client.get("/api/jobs/schedules?scope=all").status_code == 403
        for schedule_id in (made["id"], new_id()):
            path = f"/api/jobs/schedules/{schedule_id}"
            answers = [
                client.patch(path, json={"is_paused": True}),
                client.post(f"{path}/run"),
                client.delete(path),
            ]
            assert [answer.status_code for answer in answers] == [404] * 3
        assert listed(operators_client) == [made]

    def test_an_operator_sees_all(
        self, client: FlaskClient, operators_client: FlaskClient, person: SignedUp
    ) -> None:
        made = create(client)
        assert listed(operators_client) == []
        assert listed(operators_client, "scope=all") == [made]
        assert patch(operators_client, made, is_paused=True)["is_paused"] is True

    def test_an_operators_change_keeps_the_workspace(
        self, client: FlaskClient, operators_client: FlaskClient, person: SignedUp
    ) -> None:
        patch(operators_client, create(client), input={"text": "x"})
        make_due()
        [job] = jobs_named(START)
        run(job)
        [started] = jobs_named(toys.WRITE_DOWN)
        assert started.workspace_id == person.workspace_id


class TestTheProductsOwn:
    @pytest.fixture
    def own(self, operators_client: FlaskClient, operator: SignedUp) -> dict[str, Any]:
        with transaction() as session:
            schedules.plant_code_schedules(session)
        return next(
            each
            for each in listed(operators_client, "scope=all&limit=100")
            if each["name"] == "jobs.purge_old_jobs"
        )

    def test_are_for_operators(
        self, client: FlaskClient, person: SignedUp, own: dict[str, Any]
    ) -> None:
        assert listed(client) == []
        for answer in (
            client.patch(f"/api/jobs/schedules/{own['id']}", json={"is_paused": True}),
            client.post(f"/api/jobs/schedules/{own['id']}/run"),
        ):
            assert answer.status_code == 404

    def test_are_shown_with_their_task(self, own: dict[str, Any]) -> None:
        assert (own["offer"], own["input"], own["origin"]) == (None, {}, "code")
        assert own["title"] == "Remove old jobs and their logs"
        assert own["every_seconds"] == 3600

    def test_can_be_paused_and_run_and_nothing_else(
        self, operators_client: FlaskClient, own: dict[str, Any]
    ) -> None:
        path = f"/api/jobs/schedules/{own['id']}"
        assert patch(operators_client, own, is_paused=True)["is_paused"] is True
        assert patch(operators_client, own, is_paused=False)["is_paused"] is False
        for values in ({"name": "x"}, {"every_seconds": 60}, {"is_paused": True, "zone": "UTC"}):
            answer = operators_client.patch(path, json=values)
            assert (answer.status_code, answer.get_json()["code"]) == (403, "schedule_is_built_in")
        assert operators_client.delete(path).status_code == 403
        answer = operators_client.post(f"{path}/run")
        assert answer.status_code == 200
        [job] = jobs_named("jobs.purge_old_jobs")
        assert answer.get_json()["last_job_id"] == str(job.id)
        # One at a time.
        answer = operators_client.post(f"{path}/run")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "schedule_is_busy")

    def test_one_that_this_version_does_not_know_cannot_be_run(
        self, operators_client: FlaskClient, own: dict[str, Any]
    ) -> None:
        with transaction() as session:
            session.execute(update(Schedule).values(task="jobs.of_another_version"))
        answer = operators_client.post(f"/api/jobs/schedules/{own['id']}/run")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "schedule_task_unknown")


def test_schedules_page(client: FlaskClient, person: SignedUp) -> None:
    made = [create(client, name=str(number))["id"] for number in range(5)]
    page = client.get("/api/jobs/schedules?limit=3").get_json()
    rest = client.get(f"/api/jobs/schedules?limit=3&cursor={page['next_cursor']}").get_json()
    found = [each["id"] for each in page["items"] + rest["items"]]
    assert (found, rest["next_cursor"]) == (made[::-1], None)


def test_the_input_is_kept_as_it_was_checked(client: FlaskClient, person: SignedUp) -> None:
    owner = UUID(int=5)
    made = create(client, input={"text": " x ", "page": "3", "owner_id": str(owner).upper()})
    assert made["input"] == {"text": "x", "page": 3, "owner_id": str(owner)}
    with read_only() as session:
        [row] = session.scalars(select(Schedule))
    assert row.args[2] == made["input"]
