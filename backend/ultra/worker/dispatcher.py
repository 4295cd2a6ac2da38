"""Relays the outbox and sweeps the jobs, every second or sooner when a commit rings the bell.

Any number of dispatchers may run: each row is handled by whoever locks it first.
"""

import signal
import threading
import time
from contextlib import suppress
from types import FrameType

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from ultra.kit.log import get_logger
from ultra.kit.outbox import CHANNEL
from ultra.kit.tasks.relay import relay_once
from ultra.kit.tasks.sweeper import sweep_once
from ultra.settings import settings

log = get_logger()

FULL_STOP = threading.Event()


def serve() -> None:
    """Work until SIGTERM or SIGINT."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    bell = threading.Event()
    listener = threading.Thread(target=_listen, args=(bell,), daemon=True)
    listener.start()
    log.info("dispatcher.started")
    next_sweep = 0.0
    while not FULL_STOP.is_set():
        bell.clear()
        try:
            if time.monotonic() >= next_sweep:
                sweep_once()
                next_sweep = time.monotonic() + settings.jobs.poll_seconds
            while relay_once():
                pass
        except SQLAlchemyError as error:
            log.warning("dispatcher.database_unreachable", error=str(error)[:200])
            FULL_STOP.wait(settings.jobs.poll_seconds)
        bell.wait(max(0.0, next_sweep - time.monotonic()))
    log.info("dispatcher.stopped")


def _stop(_number: int, _frame: FrameType | None) -> None:
    FULL_STOP.set()


def _listen(bell: threading.Event) -> None:
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
                    bell.set()
        FULL_STOP.wait(1)
