"""One supervised process: started, watched, restarted with growing pauses, ended with its kin."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from signal import SIGKILL, Signals

import psutil

from ultra.local import environment, leftovers, logs
from ultra.local.leftovers import Leftover
from ultra.local.processes import CannotStartError, Process, Unhealthy, launched
from ultra.settings import REPOSITORY, Settings

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30
STEADY_SECONDS = 60
"""A process that lived this long starts again with the first pause."""
TRIES_TO_BECOME_HEALTHY = 3


class State(StrEnum):
    WAITING = "waiting"
    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Child:
    def __init__(self, process: Process, settings: Settings, changed: Callable[[], None]) -> None:
        self.process = process
        self.state = State.WAITING
        self.pid: int | None = None
        self.restarts = 0
        self.reason: str | None = None
        """Why it last ended by itself."""
        self.last_words: list[str] = []
        self.ready = asyncio.Event()
        """Set once it has been healthy for the first time."""
        self.gone = asyncio.Event()
        """Set when it has ended for good."""
        self._settings = settings
        self._changed = changed
        self._stopping = asyncio.Event()
        self._running: asyncio.subprocess.Process | None = None
        self._born = 0.0

    @property
    def log(self) -> Path:
        return logs.path_of(self._settings.home / "logs", self.process.name)

    def as_leftover(self) -> Leftover | None:
        if self.pid is None:
            return None
        process = self.process
        return Leftover(
            process.name, self.pid, self._born, int(process.signal), process.grace_seconds
        )

    async def run(self) -> None:
        """Keep it alive until `stop` is called, or until it proves unable to start."""
        pause = FIRST_PAUSE_SECONDS
        tries = 0
        try:
            while not self._stopping.is_set():
                began = time.monotonic()
                try:
                    self.reason = await self._live()
                except (CannotStartError, OSError) as error:
                    self.reason, tries = str(error), TRIES_TO_BECOME_HEALTHY
                if self.reason is None or self._stopping.is_set():
                    break
                tries += 1
                if not self.ready.is_set() and (
                    self.process.runs_once or tries >= TRIES_TO_BECOME_HEALTHY
                ):
                    self._become(State.FAILED)
                    return
                if time.monotonic() - began > STEADY_SECONDS:
                    pause = FIRST_PAUSE_SECONDS
                self.restarts += 1
                self._become(State.RESTARTING)
                words = "".join(f"\n    {text}" for text in self.last_words)
                self._note(f"{self.reason}; starting again in {pause:g} s{words}")
                await _first(self._stopping.wait(), seconds=pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            self._become(
                State.DONE if self.ready.is_set() and self.process.runs_once else State.STOPPED
            )
        finally:
            self.gone.set()

    async def stop(self) -> None:
        self._stopping.set()
        await self.gone.wait()

    async def _live(self) -> str | None:
        """One life, from start to end: why it ended, or None when that was wanted."""
        process = self.process
        self._become(State.STARTING)
        await asyncio.to_thread(process.before)
        if self._stopping.is_set():
            return None
        start_of_log = self.log.stat().st_size if self.log.exists() else 0
        running = await self._spawn()
        try:
            return await self._watch(running)
        finally:
            await self._end(running)
            self.last_words = logs.last_lines(self.log, since=start_of_log)

    async def _spawn(self) -> asyncio.subprocess.Process:
        process = self.process
        command = launched(process.command, never_root=process.never_root, signal=process.signal)
        with self.log.open("ab") as output:
            running = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=REPOSITORY,
                env=environment.of_child(self._settings, process.name, process.environment),
                # A group of its own: Ctrl-C in the terminal reaches us alone, and we stop in order.
                start_new_session=True,
            )
        self.pid = running.pid
        try:
            self._born = psutil.Process(running.pid).create_time()
        except psutil.NoSuchProcess:
            self._born = time.time()
        self._changed()
        return running

    async def _watch(self, running: asyncio.subprocess.Process) -> str | None:
        process = self.process
        ended = asyncio.ensure_future(running.wait())
        stopping = asyncio.ensure_future(self._stopping.wait())
        healthy = asyncio.ensure_future(self._become_healthy())
        try:
            waiting = {ended, stopping} if process.runs_once else {ended, stopping, healthy}
            await asyncio.wait(
                waiting, timeout=process.start_seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if not ended.done() and not stopping.done():
                if not healthy.done():
                    why = self.reason or "no answer"
                    text = f"was not ready after {process.start_seconds:g} s: {why}"
                    if self.ready.is_set():
                        return text
                    # A second try would make the person wait as long again.
                    raise CannotStartError(text)
                healthy.result()
                await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stopping.done():
                return None
            if process.runs_once and ended.result() == 0:
                self.ready.set()
                return None
            return describe(ended.result())
        finally:
            for task in (ended, stopping, healthy):
                task.cancel()
            await asyncio.gather(ended, stopping, healthy, return_exceptions=True)

    async def _become_healthy(self) -> None:
        process = self.process
        if process.runs_once:
            return
        await asyncio.sleep(process.settle_seconds)
        while True:
            try:
                await asyncio.to_thread(process.check)
                break
            except Unhealthy as unhealthy:
                self.reason = str(unhealthy)
                await asyncio.sleep(0.1)
        await asyncio.to_thread(process.once_healthy)
        self.reason = None
        self.ready.set()
        self._become(State.RUNNING)

    async def _end(self, running: asyncio.subprocess.Process) -> None:
        """End it in its own way, then whatever it started that still lives."""
        if running.returncode is None:
            running.send_signal(self.process.signal)
            await _first(running.wait(), seconds=self.process.grace_seconds)
        if running.returncode is None:
            self._note(f"did not end within {self.process.grace_seconds:g} s and is killed")
            os.killpg(running.pid, SIGKILL)
            await running.wait()
        own = environment.mark(self._settings, self.process.name)
        await asyncio.to_thread(leftovers.kill_strays, own)
        self.pid = None
        self._changed()

    def _become(self, state: State) -> None:
        self.state = state
        self._changed()

    def _note(self, text: str) -> None:
        logs.note(self._settings.home / "logs", f"{self.process.name} {text}")


def describe(code: int) -> str:
    if code >= 0:
        return f"ended with exit code {code}"
    name = Signals(-code).name
    hint = " (perhaps the machine ran out of memory)" if name == "SIGKILL" else ""
    return f"was killed by {name}{hint}"


async def _first(waiting: Awaitable[object], *, seconds: float) -> None:
    """Wait for something, at most for a time; which of both it was is seen elsewhere."""
    try:
        await asyncio.wait_for(waiting, seconds)
    except TimeoutError:
        return
