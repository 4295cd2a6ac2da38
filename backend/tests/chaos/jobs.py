"""The jobs of the chaos run: each has one effect, which is counted where the job cannot see it.

chaos.deliver   an effect outside, at the sandbox's receiver, which refuses older fences but does
                not know doubles: whoever acts twice is counted twice
chaos.count     an effect in the database, in the transaction that checks the lease
chaos.chain     like count, and asks for the next link in the same transaction
chaos.grind     slow work in a child process, then like count
chaos.hold      stays within a transaction; not part of the run, for tests of recovery
"""

import subprocess
import sys
import time
import zlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from ultra.kit import outgoing
from ultra.kit.db import transaction
from ultra.kit.outgoing import NoAnswer, Unreachable
from ultra.kit.tasks import Queue, Retryable, current_lease, enqueue, task
from ultra.settings import settings

PATIENCE = 500
"""Attempts: what the faults do is not the jobs' fault."""
SOON = timedelta(seconds=1)
LINKS = 3

DELIVER, COUNT, CHAIN, GRIND = "chaos.deliver", "chaos.count", "chaos.chain", "chaos.grind"
HOLD = "chaos.hold"


@task(DELIVER, queue=Queue.API, attempts=PATIENCE, title={"tr": "Ulaştır", "en": "Deliver"})
def deliver(key: str) -> None:
    """Look before acting: what an earlier attempt did, and whether it still may do something."""
    lease = current_lease()
    address = f"http://127.0.0.1:{settings.sandbox_port}/effects/{key}"
    fence = {"Fence": str(lease.fence)}
    try:
        # From here on the receiver refuses every older attempt, frozen ones that wake up included.
        seen = outgoing.get(address, fence)
        if seen.status != 200:
            raise Retryable(f"the receiver said {seen.status}", SOON)
        if '"count":0' not in seen.text.replace(" ", ""):
            return
        # Long enough for a fault to fall between looking and acting, and between acting and noting.
        _linger(key)
        lease.check()
        done = outgoing.post(address, b"", fence)
        _linger(key)
    except (Unreachable, NoAnswer) as error:
        raise Retryable(str(error), SOON) from error
    if done.status != 200:
        raise Retryable(f"the receiver said {done.status}", SOON)


@task(
    COUNT,
    queue=Queue.GENERAL,
    attempts=PATIENCE,
    title={"tr": "Etkiyi say", "en": "Count an effect"},
)
def count(key: str) -> None:
    _count(key)


@task(CHAIN, queue=Queue.ANALYTICS, attempts=PATIENCE, title={"tr": "Zincirle", "en": "Chain"})
def chain(key: str, link: int, workspace_id: str) -> None:
    _count(f"{key}:{link}", then=(key, link, UUID(workspace_id)))


@task(GRIND, queue=Queue.VIDEO, attempts=PATIENCE, title={"tr": "Öğüt", "en": "Grind"})
def grind(key: str, steps: int = 4) -> None:
    lease = current_lease()
    for step in range(steps):
        lease.check()
        lease.report(step / steps, f"step {step}")
        # A program of its own, as ffmpeg is.
        subprocess.run([sys.executable, "-c", "import time; time.sleep(0.2)"], check=True)
    _count(key)


@task(HOLD, queue=Queue.VIDEO, attempts=PATIENCE, title={"tr": "Tut", "en": "Hold"})
def hold(key: str) -> None:
    """Its first attempt stays in the middle of a transaction that holds the job's row."""
    lease = current_lease()
    with transaction() as session:
        lease.guard(session)
        if lease.fence == 1:
            time.sleep(120)
        session.execute(text("insert into chaos_effects (key) values (:key)"), {"key": key})


def _linger(key: str) -> None:
    time.sleep(zlib.crc32(key.encode()) % 400 / 1000)


def _count(key: str, then: tuple[str, int, UUID] | None = None) -> None:
    """Write the effect once: a repeated run finds it. The table itself would take it twice."""
    with transaction() as session:
        current_lease().guard(session)
        if session.scalar(
            text("select count(*) from chaos_effects where key = :key"), {"key": key}
        ):
            return
        session.execute(text("insert into chaos_effects (key) values (:key)"), {"key": key})
        if then and then[1] < LINKS:
            name, link, workspace_id = then
            enqueue(session, CHAIN, name, link + 1, str(workspace_id), workspace_id=workspace_id)
