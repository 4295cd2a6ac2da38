"""How commands speak: steps with their time, plain lines where no person watches."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

console = Console(highlight=False, soft_wrap=True)
errors = Console(highlight=False, soft_wrap=True, stderr=True)


def be_plain() -> None:
    """No colours and no moving lines, as in continuous integration."""
    for one in (console, errors):
        one._force_terminal = False  # noqa: SLF001 - rich offers it only when a console is made
        one.no_color = True


@contextmanager
def step(title: str) -> Iterator[Callable[[str], None]]:
    """Show one step while it runs and how long it took; the yielded function adds a detail."""
    began = time.monotonic()
    detail = ""

    def tell(text: str) -> None:
        nonlocal detail
        detail = text

    if console.is_terminal:
        waiting = console.status(title, spinner="dots", spinner_style="yellow")
    else:
        waiting = None
        console.print(f"  … {title}", markup=False)
    try:
        if waiting is None:
            yield tell
        else:
            with waiting:
                yield tell
    except BaseException:
        line(False, title, time.monotonic() - began, detail)
        raise
    line(True, title, time.monotonic() - began, detail)


def line(good: bool, title: str, seconds: float | None = None, detail: str = "") -> None:
    mark = "[green]✓[/]" if good else "[red]✗[/]"
    console.print(f"  {mark}", end=" ")
    time_taken = "" if seconds is None else f"  {seconds:.1f} s"
    console.print(f"{title}{time_taken}  {detail}".rstrip(), markup=False)


def fail(text: str, *, details: list[str] | None = None, code: int = 1) -> typer.Exit:
    """Say what went wrong and what to do; returns what the caller then raises."""
    for detail in details or []:
        errors.print(f"    {detail}", markup=False, style="dim")
    errors.print(f"\n{text}", markup=False, style="bold red")
    return typer.Exit(code)
