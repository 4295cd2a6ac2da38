"""Due jobs are let in few at a time, and each workspace in its turn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.kit.tasks import toys
from ultra.kit.db import read_only
from ultra.kit.ids import new_id
from ultra.kit.tasks import Job, JobState, Priority, lease, outcomes
from ultra.kit.tasks.admission import admit_once
from ultra.settings import settings

pytestmark = pytest.mark.usefixtures("stores")


@pytest.fixture
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.jobs.pools.general, "depth", 6)


def queued() -> list[Job]:
    with read_only() as session:
        found = select(Job).where(Job.state == JobState.QUEUED).order_by(Job.created_at)
        return list(session.scalars(found))


@pytest.mark.usefixtures("_little_room")
class TestFairness:
    def test_one_workspace_cannot_fill_the_queue(self) -> None:
        greedy, modest = new_id(), new_id()
        for _ in range(20):
            toys.enqueue(workspace_id=greedy)
        for _ in range(2):
            toys.enqueue(workspace_id=modest)
        admitted = admit_once()
        shares: dict[UUID | None, int] = {}
        for job in queued():
            shares[job.workspace_id] = shares.get(job.workspace_id, 0) + 1
        assert shares == {greedy: 4, modest: 2}
        assert (admitted.count, admitted.is_full) == (6, True)
        assert admit_once().is_full

    def test_the_products_own_work_has_a_share_too(self) -> None:
        crowd = new_id()
        for _ in range(20):
            toys.enqueue(workspace_id=crowd)
        own = toys.enqueue()
        admit_once()
        assert toys.find(own).state is JobState.QUEUED

    def test_many_workspaces_come_one_after_the_other(self) -> None:
        jobs = [toys.enqueue(workspace_id=new_id()) for _ in range(15)]
        seen: list[UUID] = []
        for _ in range(3):
            admit_once()
            for job in queued():
                seen.append(job.id)
                held = lease.claim(job.id, "me")
                assert held
                outcomes.finish(held, None)
        assert sorted(seen) == sorted(jobs)

    def test_room_is_counted_for_each_priority(self) -> None:
        for priority in Priority:
            for _ in range(8):
                toys.enqueue(priority=priority)
        assert admit_once().count == 18

    def test_what_is_claimed_makes_room(self) -> None:
        jobs = [toys.enqueue() for _ in range(8)]
        assert [admit_once().count, admit_once().count] == [6, 0]
        assert lease.claim(jobs[0], "me")
        assert admit_once().count == 1


def test_the_oldest_due_job_comes_first() -> None:
    late = toys.enqueue(not_before=timedelta(seconds=-60))
    later = toys.enqueue(not_before=timedelta(seconds=-30))
    future = toys.enqueue(not_before=timedelta(seconds=60))
    admit_once()
    assert [job_id for _, job_id in toys.outbox()] == [str(late), str(later)]
    assert toys.find(future).state is JobState.WAITING


def test_dispatchers_side_by_side_let_each_job_in_once() -> None:
    jobs = [toys.enqueue(workspace_id=new_id()) for _ in range(40)]
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: admit_once().count, range(8)))
    assert sum(counts) == 40
    assert sorted(job_id for _, job_id in toys.outbox()) == sorted(map(str, jobs))
