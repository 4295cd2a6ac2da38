"""The stack in this process: shows it start, prints its logs, ends it on Ctrl-C."""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from signal import SIGHUP, SIGINT, SIGTERM

import typer

from ultra.cli import log_lines
from ultra.cli.terminal import console, errors, line
from ultra.local import folders, home_lock, logs
from ultra.local.stack import Stack, StartFailedError
from ultra.settings import settings

WELL = {"running", "done"}


async def serve(stack: Stack, when_ready: Callable[[], None] | None, *, quiet: bool = False) -> int:
    """Run until somebody asks for the end; returns the exit status."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if stack.asked_to_stop.is_set():
            stack.kill()
        stack.asked_to_stop.set()

    for signal in (SIGINT, SIGTERM, SIGHUP):
        loop.add_signal_handler(signal, stop)
    try:
        await _start(stack)
    except StartFailedError as failure:
        for words in failure.last_words:
            errors.print(f"    {words}", markup=False, style="dim")
        errors.print(f"\n{failure.name}: {failure.reason}", markup=False, style="bold red")
        log = logs.path_of(folders.logs(stack.settings), failure.name)
        errors.print(f"Everything that it said is in {log}", markup=False)
        return 1
    except home_lock.AlreadyRunningError as error:
        errors.print(str(error), markup=False)
        return 1
    try:
        if not stack.asked_to_stop.is_set() and not quiet:
            await _greet(stack, when_ready)
        await stack.asked_to_stop.wait()
    finally:
        began = time.monotonic()
        if not quiet:
            console.print("\nStopping; once more Ctrl-C ends it at once.")
        await stack.stop()
        line(True, "Stopped", time.monotonic() - began)
    return 0


async def _start(stack: Stack) -> None:
    began = time.monotonic()
    starting = asyncio.ensure_future(stack.start())
    shown: set[str] = set()
    while True:
        done, _ = await asyncio.wait({starting}, timeout=0.1)
        for status in stack.status():
            if status.state in WELL and status.name not in shown:
                shown.add(status.name)
                line(True, status.name, time.monotonic() - began)
        if done:
            break
    await starting


async def _greet(stack: Stack, when_ready: Callable[[], None] | None) -> None:
    if when_ready is not None:
        # It has said what went wrong; the product itself is well and stays.
        with suppress(typer.Exit):
            await asyncio.to_thread(when_ready)
    print_address()
    console.print("  Ctrl-C stops it. What the processes say follows.\n", style="dim")
    follower = logs.Follower(folders.logs(stack.settings))
    # A daemon thread: a terminal that is held still must not hold the supervisor.
    threading.Thread(target=_print_logs, args=(follower,), daemon=True).start()


def _print_logs(follower: logs.Follower) -> None:
    for name, text in follower.follow():
        log_lines.show(name, text)


def print_address() -> None:
    console.print()
    console.print("  Ultrarslanoğlu Core is ready", style="bold")
    console.print(f"  Website  {settings.website_url}", markup=False)
    console.print(f"  API      http://localhost:{settings.gateway_port}/api/docs", markup=False)
    if settings.sandbox_url:
        console.print(f"  Sandbox  {settings.sandbox_url}  (mails, webhooks, push)", markup=False)
    console.print(f"  Data     {settings.home}", markup=False)
