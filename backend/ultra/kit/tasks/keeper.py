"""Renews the leases of everything that runs in this process, by one statement a second.

One thread for all of them. It also learns here what the tasks cannot see: that a job was called
off, lost to another worker, or is overdue.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol
from uuid import UUID

from sqlalchemy import func, text, tuple_, update
from sqlalchemy.exc import SQLAlchemyError

from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks.lease import Lease, StopReason, as_current, lease_life
from ultra.kit.tasks.models import Job
from ultra.kit.tasks.states import JobState
from ultra.settings import settings

log = get_logger()

GRACE_SECONDS = 60.0
"""A job that has run for too long may take this long to stop."""
IDLE_SECONDS = 10.0
"""Without any lease the database is asked this often, to know that it still answers."""


class Flag(Protocol):
    """An event of threads or of processes."""

    def is_set(self) -> bool: ...


class Keeper:
    """The leases of one process, and when the database last answered."""

    def __init__(self) -> None:
        self._leases: dict[UUID, Lease] = {}
        self._lock = threading.Lock()
        self._pid = 0
        self._draining: Flag = threading.Event()
        self._over = threading.Event()
        self._outgrown: Flag = threading.Event()
        self._has_blamed = False
        self._leave: Callable[[], None] = lambda: None
        self._is_leaving = False
        self.answered_at = time.monotonic()

    def start(
        self,
        draining: Flag,
        leave: Callable[[], None] | None = None,
        outgrown: Flag | None = None,
    ) -> None:
        """Begin in this process; a forked child needs a thread of its own.

        `leave` ends the process when a job that runs for too long does not stop when asked to.
        `outgrown` says that the worker ends because of its memory.
        """
        with self._lock:
            if self._pid == os.getpid():
                return
            self._pid, self._draining = os.getpid(), draining
            self._outgrown, self._has_blamed = outgrown or threading.Event(), False
            self._leave, self._is_leaving = leave or (lambda: None), False
            self._leases = {}
            self.answered_at = time.monotonic()
            threading.Thread(target=self._keep, name="lease-keeper", daemon=True).start()

    def end(self) -> None:
        """Keep nothing any more; a worker's keeper ends with its process."""
        self._over.set()

    @contextmanager
    def holding(self, lease: Lease) -> Iterator[None]:
        """Keep a lease while the block runs; it is the block's current lease."""
        with self._lock:
            self._leases[lease.job_id] = lease
        try:
            with as_current(lease):
                yield
        finally:
            with self._lock:
                # A job that was lost and won back runs twice here for a moment.
                if self._leases.get(lease.job_id) is lease:
                    del self._leases[lease.job_id]

    @property
    def held(self) -> int:
        return len(self._leases)

    def _keep(self) -> None:
        # Much more often than a lease needs: a cancelled render should stop within two seconds.
        pause = min(settings.jobs.lease_seconds / 3, 1.0)
        while not self._over.wait(pause):
            with self._lock:
                leases = list(self._leases.values())
            self._end_if_one_does_not_stop(leases)
            if reason := self._reason_to_end():
                for lease in leases:
                    lease.stop = lease.stop or reason
            try:
                if leases:
                    self._renew(leases)
                elif time.monotonic() - self.answered_at > IDLE_SECONDS:
                    with transaction() as session:
                        session.execute(text("select 1"))
                else:
                    continue
                self.answered_at = time.monotonic()
            except SQLAlchemyError as error:
                # The database may be restarting; the lease decides whether we are still in time.
                log.warning("job.heartbeat_failed", held=len(leases), error=str(error)[:200])

    def _end_if_one_does_not_stop(self, leases: list[Lease]) -> None:
        if not self._is_leaving and any(lease.overtime > GRACE_SECONDS for lease in leases):
            log.error("job.does_not_stop")
            self._is_leaving = True
            # It takes a while, in which this thread tells the neighbours and keeps their leases.
            threading.Thread(target=self._leave, name="leave", daemon=True).start()

    def _reason_to_end(self) -> StopReason | None:
        if self._outgrown.is_set() and not self._has_blamed:
            # Once: what is claimed on the way out has no part in it.
            self._has_blamed = True
            return StopReason.OUTGROWN
        return StopReason.DRAINING if self._draining.is_set() else None

    def _renew(self, leases: list[Lease]) -> None:
        with transaction() as session:
            rows = session.execute(
                update(Job)
                .where(
                    tuple_(Job.id, Job.fence).in_([(each.job_id, each.fence) for each in leases]),
                    Job.state == JobState.RUNNING,
                )
                .values(lease_until=func.now() + lease_life())
                .returning(
                    Job.id,
                    Job.is_cancel_requested,
                    func.coalesce(Job.deadline < func.now(), False).label("is_overdue"),
                )
            ).all()
        found = {row.id: row for row in rows}
        for lease in leases:
            row = found.get(lease.job_id)
            if row is None:
                self._note_lost(lease)
            elif row.is_cancel_requested:
                lease.stop = StopReason.CANCELLED
            elif row.is_overdue:
                lease.stop = StopReason.OVERDUE
            elif lease.overtime > 0:
                lease.stop = lease.stop or StopReason.TOO_LONG

    def _note_lost(self, lease: Lease) -> None:
        with self._lock:
            is_still_running = self._leases.get(lease.job_id) is lease
        if is_still_running and lease.stop is not StopReason.LOST:
            lease.stop = StopReason.LOST
            log.warning("job.lease_lost", job_id=str(lease.job_id), fence=lease.fence)


keeper = Keeper()
