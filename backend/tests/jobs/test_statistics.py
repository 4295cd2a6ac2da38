"""Summary and charts: the numbers are those of the rows, within the wall."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.jobs import add_ended_job, add_job
from ultra.kit.clock import now
from ultra.kit.tasks import JobState

MINUTES = timedelta(minutes=1)


def summary(client: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/jobs/summary?{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def chart(client: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/jobs/charts?{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


class TestSummary:
    def test_of_nothing(self, client: FlaskClient, person: SignedUp) -> None:
        assert summary(client) == {
            "states": dict.fromkeys(sorted(JobState), 0),
            "dead_letters": 0,
            "oldest_due_seconds": None,
            "queues": [],
            "lateness": {"p50": None, "p95": None, "p99": None},
            "per_minute_now": 0,
        }

    def test_counts_states_and_queues(self, client: FlaskClient, person: SignedUp) -> None:
        own = person.workspace_id
        add_job(own, not_before=now() - 2 * MINUTES)
        add_job(own, not_before=now() + 60 * MINUTES)
        add_job(own, JobState.QUEUED, not_before=now() - MINUTES)
        add_job(own, JobState.RUNNING, queue="video", priority="high", not_before=now() - MINUTES)
        add_job(own, JobState.PAUSED, queue="api")
        for state in (JobState.FAILED, JobState.DEAD, JobState.DEAD):
            add_ended_job(own, state, age=timedelta(days=40))
        add_ended_job(own, JobState.DONE, age=10 * MINUTES)
        add_ended_job(own, JobState.DONE, age=timedelta(hours=30))
        add_ended_job(own, JobState.CANCELLED)
        found = summary(client)
        assert found["states"] == {
            "waiting": 2,
            "queued": 1,
            "running": 1,
            "paused": 1,
            "done": 1,
            "cancelled": 1,
            "failed": 1,
            "dead": 2,
        }
        assert found["dead_letters"] == 3
        assert 120 <= found["oldest_due_seconds"] < 150
        places = [(each["queue"], each["priority"]) for each in found["queues"]]
        assert places == [("api", "medium"), ("general", "medium"), ("video", "high")]
        general, video = found["queues"][1:]
        assert (general["waiting"], general["queued"], general["running"]) == (2, 1, 0)
        assert general["oldest_seconds"] == found["oldest_due_seconds"]
        # What runs waits no longer.
        assert (video["running"], video["oldest_seconds"]) == (1, None)

    def test_measures_lateness_of_the_last_hour(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        for seconds in range(1, 101):
            add_ended_job(person.workspace_id, lateness=seconds / 10)
        add_ended_job(person.workspace_id, lateness=500, age=61 * MINUTES)
        found = summary(client)
        assert found["lateness"] == {"p50": 5.05, "p95": 9.505, "p99": 9.901}
        assert found["per_minute_now"] == 100

    def test_stays_within_the_wall(
        self,
        client: FlaskClient,
        operators_client: FlaskClient,
        person: SignedUp,
        operator: SignedUp,
    ) -> None:
        for workspace in (person.workspace_id, operator.workspace_id, None):
            add_job(workspace, not_before=now() - MINUTES)
            add_job(workspace, JobState.DEAD)
            add_ended_job(workspace)
        for each in (summary(client), summary(operators_client)):
            counts = (each["states"]["waiting"], each["dead_letters"], each["states"]["done"])
            assert counts == (1, 1, 1)
        everything = summary(operators_client, "scope=all")
        assert (everything["states"]["waiting"], everything["dead_letters"]) == (3, 3)
        assert client.get("/api/jobs/summary?scope=all").status_code == 403
        assert client.get("/api/jobs/charts?scope=all").status_code == 403


class TestCharts:
    @pytest.mark.parametrize(("hours", "seconds"), [(1, 60), (24, 900), (168, 7200)])
    def test_have_no_gaps(
        self, client: FlaskClient, person: SignedUp, hours: int, seconds: int
    ) -> None:
        found = chart(client, f"hours={hours}")
        assert found["bucket_seconds"] == seconds
        times = [datetime.fromisoformat(point["at"]) for point in found["points"]]
        assert len(times) == hours * 3600 / seconds
        steps = {later - earlier for earlier, later in itertools.pairwise(times)}
        assert steps == {timedelta(seconds=seconds)}
        # The last span is the one that we are in.
        assert timedelta(0) <= now() - times[-1] <= timedelta(seconds=seconds + 5)

    def test_tell_how_jobs_ended_and_how_late_they_began(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        ago = 20 * MINUTES
        for lateness in (1, 2, 3):
            add_ended_job(person.workspace_id, age=ago, lateness=lateness)
        add_ended_job(person.workspace_id, JobState.FAILED, age=ago, lateness=4)
        add_ended_job(person.workspace_id, JobState.DEAD, age=ago, lateness=5)
        add_ended_job(person.workspace_id, JobState.CANCELLED, age=ago, lateness=3)
        add_ended_job(person.workspace_id, age=70 * MINUTES)
        [point] = [each for each in chart(client, "hours=1")["points"] if each["done"]]
        assert (point["done"], point["failed"], point["dead"]) == (3, 1, 1)
        assert (point["p50_lateness"], point["p95_lateness"]) == (3.0, 4.75)
        assert sum(each["done"] for each in chart(client, "hours=24")["points"]) == 4

    def test_a_quiet_span_has_no_lateness(self, client: FlaskClient, person: SignedUp) -> None:
        points = chart(client)["points"]
        assert {point["p50_lateness"] for point in points} == {None}
        assert sum(point["done"] for point in points) == 0

    def test_a_job_that_never_began_has_none_either(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        add_job(person.workspace_id, JobState.DEAD, finished_at=now())
        [point] = [each for each in chart(client, "hours=1")["points"] if each["dead"]]
        assert (point["p50_lateness"], point["p95_lateness"]) == (None, None)

    @pytest.mark.parametrize("query", ["hours=2", "hours=x", "scope=none"])
    def test_refuse_a_query_that_is_none(
        self, client: FlaskClient, person: SignedUp, query: str
    ) -> None:
        assert client.get(f"/api/jobs/charts?{query}").status_code == 422
