"""What starts when: intervals, cron at clock changes, missed instants."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, update

from tests.kit.tasks import toys
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.tasks import JobState, Trigger, registry
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.cron import InvalidCron, UnknownZone
from ultra.kit.tasks.runner import run_job
from ultra.kit.tasks.schedules import (
    REPORT_PAUSE,
    UNKNOWN_FOR,
    CatchUp,
    Origin,
    Schedule,
    ScheduleKind,
    plant_code_schedules,
    skip_missed,
    start_due,
    start_now,
    upcoming,
)


def cron(expression: str, zone: str, start: str, count: int = 3) -> list[str]:
    """The next instants, as local times of the zone's offset."""
    found = upcoming(
        ScheduleKind.CRON,
        every_seconds=None,
        cron=expression,
        zone=zone,
        start=datetime.fromisoformat(start),
        count=count,
    )
    return [instant.strftime("%m-%d %H:%M") for instant in found]


class TestUpcoming:
    def test_an_interval_counts_from_the_start(self) -> None:
        start = datetime(2026, 1, 1, tzinfo=UTC)
        found = upcoming(
            ScheduleKind.INTERVAL, every_seconds=90, cron=None, zone="UTC", start=start, count=2
        )
        assert found == [start + timedelta(seconds=90), start + timedelta(seconds=180)]

    def test_cron_follows_the_zone(self) -> None:
        # Istanbul is three hours ahead, all year round.
        found = cron("30 9 * * MON", "Europe/Istanbul", "2026-11-23T00:00+00:00")
        assert found == ["11-23 06:30", "11-30 06:30", "12-07 06:30"]

    def test_a_time_that_spring_skips_runs_after_the_gap(self) -> None:
        # In Berlin 2026-03-29 02:00 becomes 03:00, which is 01:00 UTC.
        found = cron("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00+00:00", 2)
        assert found == ["03-29 01:00", "03-30 00:30"]

    def test_a_time_that_autumn_repeats_runs_once(self) -> None:
        # In Berlin 2026-10-25 02:30 comes at 00:30 and at 01:30 UTC.
        found = cron("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00+00:00", 2)
        assert found == ["10-25 00:30", "10-26 01:30"]

    def test_nothing_is_due_in_the_past_of_the_repeated_hour(self) -> None:
        # 01:00 UTC is 02:00 in Berlin for the second time; 02:30 has been.
        found = cron("30 2 * * *", "Europe/Berlin", "2026-10-25T01:00+00:00", 2)
        assert found == ["10-26 01:30", "10-27 01:30"]

    def test_every_hour_means_every_real_hour(self) -> None:
        found = cron("0 * * * *", "Europe/Berlin", "2026-10-24T23:30+00:00", 4)
        assert found == ["10-25 00:00", "10-25 01:00", "10-25 02:00", "10-25 03:00"]

    @pytest.mark.parametrize(
        "expression",
        [
            "",
            "* * * *",
            "* * * * * *",
            "61 * * * *",
            "@hourly",
            "0 0 30 2 *",
            "ğ * * * *",
            # The last working day is no Sunday, the second Monday no first of the month.
            "0 0 LW * */7",
            "0 0 */31 * 1#2",
        ],
    )
    def test_nonsense_is_refused_with_a_reason(self, expression: str) -> None:
        with pytest.raises(InvalidCron):
            cron(expression, "UTC", "2026-01-01T00:00+00:00")

    @pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "İstanbul"])
    def test_an_unknown_zone_is_refused(self, zone: str) -> None:
        with pytest.raises(UnknownZone):
            cron("0 0 * * *", zone, "2026-01-01T00:00+00:00")


@pytest.mark.usefixtures("stores")
class TestStartDue:
    def plant(self, *, late: timedelta, catch_up: CatchUp, **values: Any) -> None:
        given = {
            "name": "toy",
            "task": toys.ACT,
            "args": ["x"],
            "kind": ScheduleKind.INTERVAL,
            "every_seconds": 600,
            "zone": "UTC",
            "catch_up": catch_up,
            "next_at": func.now() - late,
            "origin": Origin.PERSON,
            **values,
        }
        with transaction() as session:
            session.add(Schedule(**given))

    def start(self) -> int:
        with transaction() as session:
            return start_due(session)

    def schedule(self) -> Schedule:
        with read_only() as session:
            return session.query(Schedule).one()

    @pytest.mark.parametrize(
        ("catch_up", "jobs"), [(CatchUp.SKIP, 0), (CatchUp.ONCE, 1), (CatchUp.ALL, 6)]
    )
    def test_missed_instants_follow_the_rule(self, catch_up: CatchUp, jobs: int) -> None:
        # Due at -55, -45, -35, -25, -15 and -5 minutes.
        self.plant(late=timedelta(minutes=55), catch_up=catch_up)
        before = self.schedule().next_at
        assert self.start() == jobs
        assert self.start() == 0
        # On the old beat: the next one is five minutes from now.
        assert self.schedule().next_at - before == timedelta(minutes=60)

    @pytest.mark.parametrize(("catch_up", "jobs"), [(CatchUp.SKIP, 0), (CatchUp.ONCE, 1)])
    def test_days_of_missed_minutes_are_still_one_job_or_none(
        self, catch_up: CatchUp, jobs: int
    ) -> None:
        by_cron = {"kind": ScheduleKind.CRON, "every_seconds": None, "cron": "* * * * *"}
        self.plant(late=timedelta(hours=62), catch_up=catch_up, **by_cron)
        with transaction() as session:
            now = session.scalars(func.now().select()).one()
            assert start_due(session) == jobs
        assert timedelta(0) < self.schedule().next_at - now <= timedelta(minutes=1)

    def test_all_missed_minutes_are_made_good_round_by_round(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ultra.kit.tasks.schedules.MOST_MISSED", 5)
        by_cron = {"kind": ScheduleKind.CRON, "every_seconds": None, "cron": "*/10 * * * *"}
        self.plant(late=timedelta(minutes=69), catch_up=CatchUp.ALL, **by_cron)
        # The first is not on the beat of the expression; six or seven others follow.
        assert self.start() == 5
        assert self.start() in (2, 3)
        assert self.start() == 0

    def test_a_punctual_instant_is_never_skipped(self) -> None:
        self.plant(late=timedelta(seconds=2), catch_up=CatchUp.SKIP)
        assert self.start() == 1
        [job] = toys.jobs_named(toys.ACT)
        assert (job.trigger, job.args) == (Trigger.SCHEDULE, ["x"])
        assert self.schedule().last_job_id == job.id

    def test_an_instant_starts_one_job_ever(self) -> None:
        self.plant(late=timedelta(seconds=2), catch_up=CatchUp.ONCE)
        due = self.schedule().next_at
        assert self.start() == 1
        with transaction() as session:
            session.execute(update(Schedule).values(next_at=due))
        assert self.start() == 0

    def test_a_paused_one_starts_nothing(self) -> None:
        self.plant(late=timedelta(seconds=2), catch_up=CatchUp.ONCE, is_paused=True)
        assert self.start() == 0

    def test_may_be_started_by_hand(self) -> None:
        self.plant(late=timedelta(minutes=-9), catch_up=CatchUp.ONCE)
        with transaction() as session:
            assert start_now(session, session.query(Schedule).one())
        assert self.start() == 0
        assert len(toys.jobs_named(toys.ACT)) == 1

    def test_one_of_a_newer_version_of_the_code_waits_for_it(self) -> None:
        self.plant(late=timedelta(seconds=2), catch_up=CatchUp.ONCE)
        with transaction() as session:
            session.execute(update(Schedule).values(task="tests.of_a_later_version"))
        assert self.start() == 0
        assert self.schedule().last_at is None

    def test_one_that_cannot_be_reckoned_is_paused_and_says_why(self) -> None:
        workspace_id = new_id()
        by_cron = {"kind": ScheduleKind.CRON, "every_seconds": None, "cron": "* * * * *"}
        # Due first of all, in a zone that only another machine has.
        self.plant(
            late=timedelta(minutes=5),
            catch_up=CatchUp.ONCE,
            zone="US/Pacific-New",
            workspace_id=workspace_id,
            **by_cron,
        )
        self.plant(late=timedelta(seconds=2), catch_up=CatchUp.ONCE, name="other")
        assert self.start() == 1
        assert self.start() == 0
        [job] = toys.jobs_named(REPORT_PAUSE)
        with read_only() as session:
            paused = session.query(Schedule).filter_by(name="toy").one()
            other = session.query(Schedule).filter_by(name="other").one()
        assert (paused.is_paused, paused.last_job_id) == (True, job.id)
        assert (other.is_paused, other.args) == (False, ["x"])
        admit_once()
        run_job(job.id)
        told = toys.find(job.id)
        assert (told.state, told.error_code) == (JobState.FAILED, "unknown_zone")
        assert told.workspace_id == workspace_id
        assert told.error == (
            "toy: There is no time zone called “US/Pacific-New”. An example: Europe/Istanbul."
        )

    def test_one_that_cannot_be_reckoned_keeps_no_workspace_closed(self) -> None:
        workspace_id = new_id()
        late = timedelta(minutes=55)
        self.plant(late=late, catch_up=CatchUp.ALL, zone="Mars", workspace_id=workspace_id)
        self.plant(late=late, catch_up=CatchUp.ALL, name="other", workspace_id=workspace_id)
        with transaction() as session:
            skip_missed(session, workspace_id)
        assert self.start() == 0
        with read_only() as session:
            assert session.query(Schedule).filter_by(name="toy").one().is_paused


@pytest.mark.usefixtures("stores")
class TestPlant:
    def planted(self) -> dict[str, int | None]:
        with transaction() as session:
            plant_code_schedules(session)
        with read_only() as session:
            return {each.name: each.every_seconds for each in session.query(Schedule)}

    def test_tasks_that_recur_by_themselves_have_rows(self) -> None:
        registry.load_tasks()
        wanted = {task.name for task in registry.all_tasks() if task.every}
        assert set(self.planted()) == wanted

    def change(self, name: str, **values: Any) -> None:
        with transaction() as session:
            session.execute(update(Schedule).where(Schedule.name == name).values(**values))

    def test_a_pause_outlives_a_restart(self) -> None:
        registry.load_tasks()
        name = next(task.name for task in registry.all_tasks() if task.every)
        self.planted()
        self.change(name, is_paused=True)
        self.planted()
        with read_only() as session:
            assert session.query(Schedule).filter_by(name=name).one().is_paused

    def test_only_what_has_been_unknown_for_long_is_dropped(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        registry.load_tasks()
        name = next(task.name for task in registry.all_tasks() if task.every)
        self.planted()
        monkeypatch.delitem(registry._tasks, name)
        # A newer version may know it, which starts it when it is due.
        assert name in self.planted()
        long_ago = func.now() - UNKNOWN_FOR - timedelta(minutes=1)
        self.change(name, next_at=long_ago, is_paused=True)
        assert name in self.planted()
        self.change(name, is_paused=False)
        assert name not in self.planted()

    def test_what_is_known_stays_after_a_long_rest(self) -> None:
        registry.load_tasks()
        before = self.planted()
        with transaction() as session:
            session.execute(update(Schedule).values(next_at=func.now() - 3 * UNKNOWN_FOR))
        assert self.planted() == before
