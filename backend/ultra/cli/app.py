"""The list of commands."""

import sys
from typing import Annotated

import typer

from ultra.cli import develop, quality, run, terminal
from ultra.cli.keys import keys
from ultra.cli.people import people
from ultra.local.binaries import MissingProgramError
from ultra.local.environment import is_continuous_integration
from ultra.local.folders import UnsafeFolderError
from ultra.local.home_lock import AlreadyRunningError
from ultra.local.processes import CannotStartError

app = typer.Typer(
    name="ultra",
    help="Ultrarslanoğlu Core on this machine.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
)


@app.callback()
def options(
    *,
    plain: Annotated[bool, typer.Option("--plain", help="No colours and no moving lines.")] = False,
) -> None:
    if plain or is_continuous_integration():
        terminal.be_plain()


RUN, WORK = "Run", "Work on the code"
app.command(rich_help_panel=RUN)(run.up)
app.command(rich_help_panel=RUN)(run.down)
app.command(rich_help_panel=RUN)(run.status)
app.command(rich_help_panel=RUN)(run.logs)


@app.command(rich_help_panel=RUN)
def doctor() -> None:
    """Check this machine, the installation and, when it runs, the product."""
    # It looks into everything, so it imports everything.
    from ultra.cli.doctor import examine_all

    if not examine_all():
        raise typer.Exit(1)


app.command(rich_help_panel=RUN)(run.seed)
app.add_typer(keys, rich_help_panel=RUN)
app.add_typer(people, rich_help_panel=RUN)
app.command(hidden=True)(run.supervise)

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
app.command(rich_help_panel=WORK, context_settings=PASS_ON)(quality.test)
app.command(rich_help_panel=WORK)(quality.check)
app.command(rich_help_panel=WORK)(quality.fix)
app.command(rich_help_panel=WORK)(develop.openapi)
app.command(rich_help_panel=WORK)(develop.migration)
app.command(rich_help_panel=WORK)(develop.lock)
app.command(rich_help_panel=WORK)(develop.shell)
app.command(rich_help_panel=WORK, context_settings=PASS_ON)(develop.bench)
app.command(
    rich_help_panel=WORK,
    context_settings={**PASS_ON, "help_option_names": []},
)(develop.chaos)


def main() -> None:
    try:
        app(prog_name="./ultra")
    except (UnsafeFolderError, MissingProgramError, CannotStartError, AlreadyRunningError) as error:
        # Sentences for a person; anything else is a mistake of ours and keeps its traceback.
        terminal.errors.print(str(error), markup=False, style="bold red")
        sys.exit(1)
