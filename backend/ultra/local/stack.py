"""The supervisor: one per ULTRA_HOME; starts the table's processes in order, keeps them alive."""

import asyncio
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from signal import SIGKILL
from types import TracebackType
from typing import IO, Any, Self

from ultra.local import environment, folders, home_lock, leftovers, logs, product
from ultra.local.child import Child, State
from ultra.local.control import Control
from ultra.local.processes import Process
from ultra.settings import Settings

HOUSEKEEPING_SECONDS = 10


class StartFailedError(Exception):
    """A process could not be started; holds which, why and its last words."""

    def __init__(self, name: str, reason: str, last_words: list[str]) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name
        self.reason = reason
        self.last_words = last_words


@dataclass(frozen=True)
class Status:
    """What a process does at this moment, as `./ultra status` shows it."""

    name: str
    state: str
    pid: int | None
    restarts: int
    reason: str | None


class Stack:
    """Runs in an event loop by `start` and `stop`, or as a context manager in its own thread."""

    def __init__(
        self,
        settings: Settings,
        *,
        only: Collection[str] | None = None,
        table: Callable[[Settings], list[Process]] = product.table,
    ) -> None:
        self.settings = settings
        self._table = table
        self._only = only
        self._children: dict[str, Child] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._housekeeping: asyncio.Task[None] | None = None
        self._control: Control | None = None
        self._lock: IO[str] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._stop_thread: Callable[[], None] = lambda: None
        self.asked_to_stop = asyncio.Event()
        """Set from another terminal by `./ultra down`."""
        self.is_ready = False

    @property
    def record(self) -> Path:
        return self.settings.home / "stack.json"

    def status(self) -> list[Status]:
        return [
            Status(name, child.state.value, child.pid, child.restarts, child.reason)
            for name, child in self._children.items()
        ]

    def _answer(self) -> dict[str, Any]:
        processes = [asdict(status) for status in self.status()]
        return {"pid": os.getpid(), "ready": self.is_ready, "processes": processes}

    async def start(self) -> None:
        """Return when every process is healthy; else stop all and raise StartFailedError."""
        folders.prepare(self.settings)
        self._lock = home_lock.take(self.settings.home)
        try:
            with await asyncio.to_thread(home_lock.take_guards_place, self.settings.home) as place:
                self._clear_leftovers()
                self._guard = self._start_guard(place)
            folders.make_secret_key(self.settings)
            self._control = Control(self.settings, self._answer, self.asked_to_stop.set)
            await self._control.open()
            self._housekeeping = asyncio.create_task(self._keep_house())
            for process in self._chosen():
                self._children[process.name] = Child(process, self.settings, self._remember)
            for name in self._children:
                self._tasks[name] = asyncio.create_task(self._run(name))
            await self._until_ready()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End everything in reverse order: whoever needs another process goes before it."""
        await asyncio.gather(*(self._stop_after_dependents(name) for name in self._children))
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        if self._housekeeping is not None:
            self._housekeeping.cancel()
        if self._guard is not None:
            leftovers.write(self.record, [])
            self._guard.communicate()
            self._guard = None
        if self._control is not None:
            await self._control.close()
        shutil.rmtree(self.settings.run_dir, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def kill(self) -> None:
        """End everything at once, for someone who presses Ctrl-C a second time."""
        for child in self._children.values():
            if child.pid is not None:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, SIGKILL)

    def _chosen(self) -> list[Process]:
        whole = self._table(self.settings)
        return [process for process in whole if self._only is None or process.name in self._only]

    def _clear_leftovers(self) -> None:
        ended = leftovers.end_all(self.record, environment.mark(self.settings))
        if ended:
            names = ", ".join(ended)
            self._note(f"ended what an earlier run that was killed left behind: {names}")

    def _start_guard(self, place: IO[str]) -> subprocess.Popen[bytes]:
        mark = environment.mark(self.settings)
        backend = Path(__file__).resolve().parents[2]
        return subprocess.Popen(
            [sys.executable, "-m", leftovers.__name__, str(self.record), mark],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            # The lock belongs to the open file: it stays with the guard when we close our end.
            pass_fds=[place.fileno()],
            env={**os.environ, "PYTHONPATH": str(backend)},
            start_new_session=True,
        )

    async def _run(self, name: str) -> None:
        child = self._children[name]
        needed = [self._children[other] for other in child.process.after if other in self._children]
        for other in needed:
            await other.ready.wait()
        await child.run()

    async def _until_ready(self) -> None:
        ready = asyncio.ensure_future(self._all_ready())
        asked = asyncio.ensure_future(self.asked_to_stop.wait())
        try:
            while not ready.done() and not asked.done():
                alive = {task for task in self._tasks.values() if not task.done()}
                await asyncio.wait({ready, asked, *alive}, return_when=asyncio.FIRST_COMPLETED)
                self._raise_failure()
            self.is_ready = ready.done()
        finally:
            ready.cancel()
            asked.cancel()
            await asyncio.gather(ready, asked, return_exceptions=True)

    async def _all_ready(self) -> None:
        for child in self._children.values():
            await child.ready.wait()

    def _raise_failure(self) -> None:
        for name, task in self._tasks.items():
            if task.done() and not task.cancelled():
                task.result()
            child = self._children[name]
            if child.state is State.FAILED:
                reason = child.reason or "failed"
                raise StartFailedError(name, reason, child.last_words)

    async def _stop_after_dependents(self, name: str) -> None:
        others = self._children.values()
        dependents = [other.process.name for other in others if name in other.process.after]
        await asyncio.gather(*(self._stop_after_dependents(other) for other in dependents))
        await self._stopped(self._children[name])

    async def _stopped(self, child: Child) -> None:
        task = self._tasks[child.process.name]
        if child.state is State.WAITING:
            task.cancel()
        elif not task.done():
            await child.stop()

    async def _keep_house(self) -> None:
        while True:
            await asyncio.to_thread(logs.rotate, folders.logs(self.settings))
            await asyncio.sleep(HOUSEKEEPING_SECONDS)

    def _remember(self) -> None:
        known = (child.as_leftover() for child in self._children.values())
        leftovers.write(self.record, [child for child in known if child is not None])

    def _note(self, text: str) -> None:
        logs.note(folders.logs(self.settings), text)

    def __enter__(self) -> Self:
        """Run in a thread of its own, for tests and tools that are not asynchronous."""
        started = threading.Event()
        failure: list[BaseException] = []

        async def live() -> None:
            loop = asyncio.get_running_loop()
            over = asyncio.Event()
            self._stop_thread = partial(_set_from_outside, loop, over)
            try:
                await self.start()
            except BaseException as error:  # noqa: BLE001 - handed to the thread that asked
                failure.append(error)
                return
            finally:
                started.set()
            await over.wait()
            await self.stop()

        self._thread = threading.Thread(target=lambda: asyncio.run(live()), name="stack")
        self._thread.start()
        started.wait()
        if failure:
            self._thread.join()
            raise failure[0]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop_thread()
        if self._thread is not None:
            self._thread.join()


def _set_from_outside(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    loop.call_soon_threadsafe(event.set)
