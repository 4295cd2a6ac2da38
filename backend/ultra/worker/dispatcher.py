"""Lets due jobs in, relays the outbox, settles what stands still.

Every second, or sooner when a commit rings the bell. Any number of dispatchers may run: each row is
handled by whoever locks it first. The outbox has a thread for each carrier, so that a store that is
away holds up nothing else.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import psycopg
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.log import get_logger
from ultra.kit.outbox import CHANNEL, Carry, load_carriers
from ultra.kit.tasks import presence, schedules
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.relay import BATCH, relay_once
from ultra.kit.tasks.sweeper import resend_if_redis_forgot, sweep_once
from ultra.kit.tasks.watchdog import Sign, database_answers, watch
from ultra.settings import settings

log = get_logger()

FULL_STOP = threading.Event()
BUSY_PAUSE = 0.1
"""While a queue is full, room is looked for this often."""
SHORTEST_PAUSE = 0.05
"""Jobs that come due closer together are let in together."""
ODD_CLOCK_SECONDS = 2.0
PLANT_SECONDS = 300.0
"""The schedules of the code are looked after this often: a dispatcher of another version may have
changed them."""


class Bell:
    """Wakes everybody who waits for it."""

    def __init__(self) -> None:
        self._ears: list[threading.Event] = []

    def ear(self) -> threading.Event:
        """An event of one's own, set at each ring."""
        made = threading.Event()
        self._ears.append(made)
        return made

    def copy(self) -> "Bell":
        """A bell for all that listen so far."""
        made = Bell()
        made._ears = list(self._ears)
        return made

    def ring(self) -> None:
        for each in self._ears:
            each.set()


class Pulse:
    """When a loop last came around."""

    def __init__(self) -> None:
        self.at = time.monotonic()

    def beat(self) -> None:
        self.at = time.monotonic()


def serve() -> None:
    """Work until SIGTERM or SIGINT."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    bell, pulse = Bell(), Pulse()
    signs = [Sign("dispatch", lambda: pulse.at, database_answers)]
    threads = [threading.Thread(target=_listen, args=(bell,), daemon=True)]
    for name, carry in load_carriers().items():
        beat = Pulse()
        signs.append(Sign(f"relay {name}", lambda beat=beat: beat.at, database_answers))  # type: ignore[misc]
        arguments = (name, carry, bell.ear(), beat)
        threads.append(threading.Thread(target=_relay, args=arguments, name=f"relay-{name}"))
    relays = bell.copy()
    ear = bell.ear()
    for thread in threads:
        thread.start()
    presence.begin("dispatcher")
    watch(signs, drain=FULL_STOP.set)
    log.info("dispatcher.started")
    _dispatch(ear, pulse, relays)
    bell.ring()
    log.info("dispatcher.stopped")


def _dispatch(ear: threading.Event, pulse: Pulse, relays: Bell) -> None:
    next_sweep = next_planting = 0.0
    while not FULL_STOP.is_set():
        ear.clear()
        pause = settings.jobs.poll_seconds
        # Each part for itself: jobs are let in whatever is wrong with the schedules.
        with _surviving(pulse):
            if time.monotonic() >= next_planting:
                _plant()
                next_planting = time.monotonic() + PLANT_SECONDS
        with _surviving(pulse):
            if time.monotonic() >= next_sweep:
                next_sweep = time.monotonic() + settings.jobs.poll_seconds
                sweep_once()
                with suppress(RedisError):
                    resend_if_redis_forgot()
        with _surviving(pulse):
            admitted = admit_once()
            if admitted.count:
                relays.ring()
            if admitted.is_full:
                pause = BUSY_PAUSE
            elif admitted.next_due is not None:
                pause = min(pause, max(admitted.next_due, SHORTEST_PAUSE))
        ear.wait(min(pause, max(0.0, next_sweep - time.monotonic())))


@contextmanager
def _surviving(pulse: Pulse) -> Iterator[None]:
    """Without the dispatcher no job starts any more, so no mistake of one part may end it."""
    try:
        yield
    except SQLAlchemyError as error:
        log.warning("dispatcher.database_unreachable", error=str(error)[:200])
        FULL_STOP.wait(settings.jobs.poll_seconds)
    except Exception:
        log.exception("dispatcher.failed")
        FULL_STOP.wait(settings.jobs.poll_seconds)
    pulse.beat()


def _plant() -> None:
    with transaction() as session:
        schedules.plant_code_schedules(session)
    with read_only() as session:
        theirs = session.execute(text("select now()")).scalar_one()
    apart = abs((now() - theirs).total_seconds())
    if apart > ODD_CLOCK_SECONDS:
        # All due times are the database's, so this does no harm here; it does to people's mails.
        log.warning("dispatcher.clock_differs", seconds=round(apart, 1))


def _relay(name: str, carry: Carry, ear: threading.Event, pulse: Pulse) -> None:
    while not FULL_STOP.is_set():
        ear.clear()
        try:
            while relay_once(name, carry) == BATCH:
                pulse.beat()
        except SQLAlchemyError as error:
            log.warning("relay.database_unreachable", carrier=name, error=str(error)[:200])
            FULL_STOP.wait(settings.jobs.poll_seconds)
        except Exception:
            # A carrier's own mistake must not end the others' work; its messages stay.
            log.exception("relay.failed", carrier=name)
            FULL_STOP.wait(settings.jobs.poll_seconds)
        pulse.beat()
        ear.wait(settings.jobs.poll_seconds)


def _stop(_number: int, _frame: FrameType | None) -> None:
    FULL_STOP.set()


def _listen(bell: Bell) -> None:
    """Ring the bell at each NOTIFY. Without it work is only up to a second later."""
    address = settings.postgres_url.replace("postgresql+psycopg://", "postgresql://", 1)
    while not FULL_STOP.is_set():
        with (
            suppress(psycopg.Error),
            psycopg.connect(address, autocommit=True, connect_timeout=5) as connection,
        ):
            connection.execute(f"listen {CHANNEL}")
            while not FULL_STOP.is_set():
                for _ in connection.notifies(timeout=5, stop_after=1):
                    bell.ring()
        FULL_STOP.wait(1)
