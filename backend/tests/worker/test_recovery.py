"""What real workers and dispatchers do when somebody kills, freezes or cuts them off."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from tests.chaos import jobs
from tests.chaos.proxy import Mode, Proxy
from tests.integration.processes import Child, wait_until
from ultra.kit.db import engine, read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.redis import redis
from ultra.kit.tasks import Job, JobState, cancel_job, enqueue, presence
from ultra.settings import Settings, settings

LEASE = 4.0
FAST = {
    "ULTRA_JOBS__LEASE_SECONDS": str(LEASE),
    "ULTRA_JOBS__WATCHDOG_SECONDS": "8",
    "ULTRA_LOG_LEVEL": "INFO",
}

Start = Callable[..., Child]


@pytest.fixture
def start(stores: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start processes of the engine; all of them end with the test."""
    monkeypatch.setattr(settings.jobs, "lease_seconds", LEASE)
    with engine.begin() as connection:
        connection.execute(text("create table chaos_effects (key text not null)"))
    with ExitStack() as running:
        yield lambda *arguments, **environment: running.enter_context(
            Child("tests.chaos.worker", *arguments, **{**FAST, **environment})
        )
    with engine.begin() as connection:
        connection.execute(text("drop table chaos_effects"))


def ask(name: str, *arguments: Any) -> UUID:
    with transaction() as session:
        job_id = enqueue(session, name, *arguments)
    assert job_id
    return job_id


def find(job_id: UUID) -> Job:
    with read_only() as session:
        return session.scalars(select(Job).where(Job.id == job_id)).one()


def wait_for(job_id: UUID, state: JobState, seconds: float) -> Job:
    wait_until(lambda: find(job_id).state is state, seconds, f"{state}, but {find(job_id).state}")
    return find(job_id)


def pids(worker: Child) -> set[int]:
    """Its own and those of its children."""
    return {worker.pid, *(each.pid for each in worker.descendants())}


def is_row_held() -> bool:
    running = select(Job.id).where(Job.state == JobState.RUNNING)
    with engine.begin() as connection:
        is_free = connection.scalar(running.with_for_update(skip_locked=True)) is not None
        return not is_free and connection.scalar(running) is not None


def effects(key: str) -> int:
    with read_only() as session:
        query = text("select count(*) from chaos_effects where key = :key")
        return int(session.execute(query, {"key": key}).scalar_one())


def test_a_killed_workers_job_runs_again_soon_after_its_lease(start: Start) -> None:
    start("dispatch")
    first = start("run", "video")
    job_id = ask(jobs.GRIND, "a")
    wait_for(job_id, JobState.RUNNING, 30)
    start("run", "video")
    first.kill()
    killed_at = time.monotonic()
    wait_until(lambda: find(job_id).attempts == 1 and find(job_id).fence == 2, LEASE + 5, "rerun")
    assert time.monotonic() - killed_at < LEASE + 5
    job = wait_for(job_id, JobState.DONE, 20)
    assert (job.crashes, effects("a")) == (1, 1)


def test_a_job_whose_workers_are_killed_again_and_again_is_dead(start: Start) -> None:
    """With the product's own limit of crashes, which the chaos run has to set aside."""
    start("dispatch")
    workers = [start("run", "video") for _ in range(3)]
    job_id = ask(jobs.GRIND, "a", 1000)
    for crashes in range(settings.jobs.max_crashes + 1):
        job = wait_for(job_id, JobState.RUNNING, 30)
        assert job.crashes == crashes
        assert job.owner
        owner = int(job.owner.rpartition(":")[2])
        [at_work] = [each for each in workers if owner in pids(each)]
        at_work.kill()
        workers.remove(at_work)
        wait_until(lambda seen=crashes: find(job_id).crashes > seen, LEASE + 5, "it is noticed")
    job = find(job_id)
    assert (job.state, job.error_code, job.attempts) == (JobState.DEAD, "WorkerDied", 0)
    assert (job.crashes, job.fence, effects("a")) == (3, 3, 0)


def test_work_goes_on_after_redis_has_forgotten_everything(start: Start) -> None:
    start("dispatch")
    warm_up = ask(jobs.COUNT, "warm up")
    worker = start("run", "general")
    wait_for(warm_up, JobState.DONE, 30)
    # Frozen, so that the messages are in Redis when it forgets them.
    os.killpg(worker.pid, signal.SIGSTOP)
    waiting = [ask(jobs.COUNT, f"key {number}") for number in range(20)]
    wait_until(lambda: int(redis.llen("celery:general.medium")) >= 18, 10, "messages")
    redis.flushall()
    os.killpg(worker.pid, signal.SIGCONT)
    lost_at = time.monotonic()
    for job_id in waiting:
        wait_for(job_id, JobState.DONE, 15)
    assert time.monotonic() - lost_at < 15
    assert all(effects(f"key {number}") == 1 for number in range(20))


def test_a_worker_that_wakes_up_too_late_changes_nothing(start: Start) -> None:
    start("dispatch")
    sleeper = start("run", "video")
    job_id = ask(jobs.GRIND, "a")
    wait_for(job_id, JobState.RUNNING, 30)
    os.killpg(sleeper.pid, signal.SIGSTOP)
    start("run", "video")
    job = wait_for(job_id, JobState.DONE, LEASE + 40)
    assert job.fence == 2
    os.killpg(sleeper.pid, signal.SIGCONT)
    wait_until(lambda: sleeper.events("job.abandoned"), 15, "the sleeper notices")
    after = find(job_id)
    assert (after.seq, after.finished_at, effects("a")) == (job.seq, job.finished_at, 1)


def test_a_worker_that_freezes_within_a_transaction_does_not_keep_its_job(start: Start) -> None:
    """Its lock on the row would keep the sweeper away for as long as the connection stands."""
    start("dispatch")
    sleeper = start("run", "video")
    job_id = ask(jobs.HOLD, "a")
    wait_until(is_row_held, 30, "the row is held")
    os.killpg(sleeper.pid, signal.SIGSTOP)
    start("run", "video")
    job = wait_for(job_id, JobState.DONE, 2 * LEASE + 30)
    assert (job.fence, effects("a")) == (2, 1)
    os.killpg(sleeper.pid, signal.SIGCONT)


def test_a_cancelled_job_stops_at_its_next_safe_point(start: Start) -> None:
    start("dispatch")
    start("run", "video")
    job_id = ask(jobs.GRIND, "a", 100)
    wait_for(job_id, JobState.RUNNING, 30)
    with transaction() as session:
        assert cancel_job(session, job_id)
    wait_for(job_id, JobState.CANCELLED, 6)
    assert effects("a") == 0


def test_a_worker_asked_to_end_hands_its_job_back(start: Start) -> None:
    start("dispatch")
    first = start("run", "video")
    job_id = ask(jobs.GRIND, "a")
    wait_for(job_id, JobState.RUNNING, 30)
    first.terminate()
    assert first.wait(15) == 0
    start("run", "video")
    job = wait_for(job_id, JobState.DONE, 40)
    # Neither an attempt nor a crash.
    assert (job.attempts, job.crashes, effects("a")) == (1, 0, 1)


@pytest.mark.parametrize("mode", [Mode.BLACK_HOLE_OLD, Mode.BLACK_HOLE])
def test_a_worker_survives_a_bad_line_to_redis(
    start: Start, stack: Settings, mode: Mode, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Silent connections, refused ones, a line cut for a while: work goes on by itself.

    What cannot be mended from inside ends the worker with 75, and its supervisor starts it anew.
    """
    door = stack.run_dir / f"door-{new_id().hex[-8:]}.sock"
    behind = {"ULTRA_REDIS_URL": f"unix://{door}"}
    with Proxy(stack.run_dir / "redis.sock", door) as proxy, ExitStack() as last:
        start("dispatch")
        worker = start("run", "general", **behind)
        wait_for(ask(jobs.COUNT, "warm up"), JobState.DONE, 30)
        proxy.set(mode)
        job_id = ask(jobs.COUNT, "a")
        if mode is not Mode.BLACK_HOLE_OLD:
            time.sleep(3)
            proxy.set(Mode.PASS)

        def is_over() -> bool:
            return find(job_id).state is JobState.DONE or worker.is_gone

        wait_until(is_over, 60, "the worker mends itself or ends")
        if worker.is_gone:
            assert worker.wait(1) == 75
            last.enter_context(Child("tests.chaos.worker", "run", "general", **FAST, **behind))
        wait_for(job_id, JobState.DONE, 40)
    assert effects("a") == 1


def test_who_works_here_can_be_seen(start: Start) -> None:
    start("dispatch")
    worker = start("run", "api", "general", ULTRA_JOBS__POOLS__GENERAL__CONCURRENCY="3")

    def living() -> dict[str, dict[str, Any]]:
        return {each["kind"]: each for each in presence.living()}

    wait_until(lambda: set(living()) == {"worker", "dispatcher"}, 30, "both tell of themselves")
    seen = living()["worker"]
    assert (seen["pid"], seen["pools"], seen["concurrency"]) == (worker.pid, ["api", "general"], 7)
    assert seen["memory_bytes"] > 10_000_000
