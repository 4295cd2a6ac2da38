"""A real worker that needs more memory than it may: it ends, and its job does not come for ever."""

from tests.chaos import jobs
from tests.worker.test_recovery import (  # noqa: F401 - `start` is a fixture
    Start,
    ask,
    effects,
    find,
    start,
    wait_for,
)
from ultra.kit.tasks import JobState

SMALL = {
    # Less than the worker takes by itself.
    "ULTRA_JOBS__POOLS__VIDEO__MEMORY_MB": "64",
    # It looks at its memory four times in that time: late enough for the job to have begun.
    "ULTRA_JOBS__WATCHDOG_SECONDS": "12",
}


def test_a_worker_that_is_too_large_counts_a_crash_for_its_job(start: Start) -> None:  # noqa: F811
    start("dispatch")
    job_id = ask(jobs.GRIND, "a", 300)
    worker = start("run", "video", **SMALL)
    wait_for(job_id, JobState.RUNNING, 30)
    assert worker.wait(30) == 0
    job = find(job_id)
    assert (job.crashes, job.attempts, effects("a")) == (1, 0, 0)
    # Not by the end of its lease: it was handed on at once.
    assert job.state in (JobState.WAITING, JobState.QUEUED)
    assert job.error == "its worker needed more memory than it may"
