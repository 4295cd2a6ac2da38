"""What starts when: intervals, cron at clock changes, missed instants."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, update

from tests.kit.tasks import toys
from ultra.kit.db import read_only, transaction
from ultra.kit.tasks import Trigger, registry
from ultra.kit.tasks.schedules import (
    CatchUp,
    InvalidCron,
    Origin,
    Schedule,
    ScheduleKind,
    UnknownZone,
    plant_code_schedules,
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

    def test_every_hour_means_every_real_hour(self) -> None:
        found = cron("0 * * * *", "Europe/Berlin", "2026-10-24T23:30+00:00", 4)
        assert found == ["10-25 00:00", "10-25 01:00", "10-25 02:00", "10-25 03:00"]

    @pytest.mark.parametrize(
        "expression",
        ["", "* * * *", "* * * * * *", "61 * * * *", "@hourly", "0 0 30 2 *", "ğ * * * *"],
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
        with transaction() as session:
            session.add(
                Schedule(
                    name="toy",
                    task=toys.ACT,
                    args=["x"],
                    kind=ScheduleKind.INTERVAL,
                    every_seconds=600,
                    zone="UTC",
                    catch_up=catch_up,
                    next_at=func.now() - late,
                    origin=Origin.PERSON,
                    **values,
                )
            )

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

    def test_a_pause_outlives_a_restart_and_what_is_gone_is_dropped(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        registry.load_tasks()
        first, second = [task.name for task in registry.all_tasks() if task.every][:2]
        self.planted()
        with transaction() as session:
            session.execute(update(Schedule).where(Schedule.name == first).values(is_paused=True))
        monkeypatch.delitem(registry._tasks, second)
        assert second not in self.planted()
        with read_only() as session:
            assert session.query(Schedule).filter_by(name=first).one().is_paused
