"""up, down, status, logs: the product on this machine."""

import asyncio
import os
import subprocess
import sys
import time
from signal import SIGTERM
from typing import Annotated

import psutil
import typer
from rich.table import Table

from ultra.cli import demo, foreground, log_lines
from ultra.cli.terminal import console, fail, line, step
from ultra.local import control, environment, folders, home_lock, leftovers, ports, website
from ultra.local import logs as log_files
from ultra.local.processes import CannotStartError
from ultra.local.stack import Stack
from ultra.settings import settings

DOWN_SECONDS = 120
STATE_COLOURS = {"running": "green", "done": "green", "failed": "red", "restarting": "yellow"}


def up(
    *,
    detach: Annotated[
        bool, typer.Option("--detach", "-d", help="Return when everything is healthy.")
    ] = False,
    with_demo: Annotated[
        bool, typer.Option("--demo", help="Make a demo account with a sample video.")
    ] = False,
) -> None:
    """Start everything, wait until it is healthy, and stay until Ctrl-C."""
    if home_lock.holder(settings.home) is None:
        _check_ports()
        _build_website()
        if detach:
            _start_detached()
        else:
            _stay(with_demo=with_demo)
            return
    else:
        console.print(f"Already running from {settings.home}.", markup=False)
        _wait_until_ready(None, 0)
    if with_demo:
        demo.create()
    foreground.print_address()


def _check_ports() -> None:
    """Find a taken port before minutes are spent on building."""
    if leftovers.read(settings.home / "stack.json"):
        # A killed run may still hold them; the supervisor ends it first and then looks itself.
        return
    try:
        for setting, port in ports.of_product(settings).items():
            ports.must_be_free(port, setting)
    except CannotStartError as error:
        raise fail(str(error)) from error


def _build_website() -> None:
    try:
        if website.is_built():
            return
        console.print("Building the website")
        if not website.is_installed():
            with step("Website packages"):
                website.install()
        with step("Website"):
            website.build()
    except website.BuildFailedError as error:
        *details, last = str(error).splitlines()
        raise fail(f"The website could not be built. {last}", details=details) from error


def _stay(*, with_demo: bool) -> None:
    console.print("Starting")
    stack = Stack(settings)
    code = asyncio.run(foreground.serve(stack, demo.create if with_demo else None))
    raise typer.Exit(code)


def _start_detached() -> None:
    console.print("Starting")
    folders.prepare(settings)
    own_log = log_files.path_of(folders.logs(settings), log_files.OWN)
    with own_log.open("ab") as output:
        start = output.tell()
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "ultra", "--plain", "supervise"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_until_ready(supervisor, start)
    except KeyboardInterrupt:
        supervisor.send_signal(SIGTERM)
        supervisor.wait()
        raise


def _wait_until_ready(supervisor: subprocess.Popen[bytes] | None, start_of_log: int) -> None:
    """Show each process as it becomes healthy; fail with the last words of one that does not."""
    seen: set[str] = set()
    began = time.monotonic()
    while True:
        if supervisor is not None and supervisor.poll() is not None:
            if home_lock.holder(settings.home) is not None:
                # Another ./ultra up was quicker by a moment: its product is as good.
                supervisor = None
                continue
            own_log = log_files.path_of(folders.logs(settings), log_files.OWN)
            words = log_files.last_lines(own_log, 40, since=start_of_log)
            raise fail("It did not start.", details=words)
        answer = control.ask(settings, "status")
        if answer is not None:
            for process in answer["processes"]:
                name = process["name"]
                if process["state"] in foreground.WELL and name not in seen:
                    seen.add(name)
                    line(True, name, time.monotonic() - began)
            if answer["ready"]:
                return
        elif supervisor is None and home_lock.holder(settings.home) is None:
            raise fail("It ended while we waited. ./ultra logs ultra says why.")
        time.sleep(0.2)


def supervise() -> None:
    """Run the stack for `up --detach`."""
    raise typer.Exit(asyncio.run(foreground.serve(Stack(settings), None, quiet=True)))


def down() -> None:
    """Stop everything; nothing is lost."""
    pid = home_lock.holder(settings.home)
    if pid is None:
        ended = _end_leftovers()
        text = f"Ended what was left of it: {', '.join(ended)}." if ended else "It is not running."
        console.print(text)
        return
    with step("Stopping"):
        if control.ask(settings, "stop") is None:
            os.kill(pid, SIGTERM)
        deadline = time.monotonic() + DOWN_SECONDS
        while home_lock.holder(settings.home) is not None:
            if time.monotonic() > deadline:
                raise fail(
                    f"The supervisor (process {pid}) does not end. "
                    f"Kill it with kill -9 {pid}; the next ./ultra up repairs the rest."
                )
            time.sleep(0.1)


def _end_leftovers() -> list[str]:
    if not settings.home.exists():
        return []
    with home_lock.take_guards_place(settings.home):
        return leftovers.end_all(settings.home / "stack.json", environment.mark(settings))


def status() -> None:
    """Show every process; the exit status is 0 when all are well."""
    answer = control.ask(settings, "status")
    if answer is None:
        console.print("It is not running. Start it with ./ultra up", markup=False)
        raise typer.Exit(1)
    table = Table("process", "state", "pid", "memory", "up", "restarts", "", box=None)
    for process in answer["processes"]:
        colour = STATE_COLOURS.get(process["state"], "default")
        memory, age = _measure(process["pid"])
        table.add_row(
            process["name"],
            f"[{colour}]{process['state']}[/]",
            str(process["pid"] or ""),
            memory,
            age,
            str(process["restarts"] or ""),
            process["reason"] or "",
        )
    console.print(table)
    states = {process["state"] for process in answer["processes"]}
    is_well = answer["ready"] and states <= foreground.WELL
    sandbox = f"   sandbox {settings.sandbox_url}" if settings.sandbox_url else ""
    console.print(f"\n  {settings.website_url}{sandbox}   data in {settings.home}", markup=False)
    raise typer.Exit(0 if is_well else 1)


def _measure(pid: int | None) -> tuple[str, str]:
    """Memory of a process and its descendants, shared parts divided, and its age."""
    if pid is None:
        return "", ""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        used = sum(one.memory_full_info().pss for one in family) / 2**20
        return f"{used:.0f} MB", _age(time.time() - process.create_time())
    except (psutil.Error, AttributeError):
        return "", ""


def _age(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def logs(
    processes: Annotated[
        list[str] | None, typer.Argument(help="gateway, website, …; all when left out")
    ] = None,
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as they grow.")] = False,
    count: Annotated[int, typer.Option("--lines", "-n", help="How many of each.")] = 30,
) -> None:
    """Show what the processes say."""
    folder = folders.logs(settings)
    known = sorted(path.stem for path in folder.glob("*.log"))
    chosen = processes or known
    if unknown := sorted(set(chosen) - set(known)):
        raise fail(f"There is no log of {', '.join(unknown)}. Known: {', '.join(known) or 'none'}")
    follower = log_files.Follower(folder, set(chosen))
    for name in chosen:
        for text in log_files.last_lines(log_files.path_of(folder, name), count):
            log_lines.show(name, text)
    if follow:
        try:
            for name, text in follower.follow():
                log_lines.show(name, text)
        except KeyboardInterrupt:
            return


def seed() -> None:
    """Make the demo account with its sample video in the running product."""
    if home_lock.holder(settings.home) is None:
        raise fail("It is not running. Start it with ./ultra up")
    demo.create()
