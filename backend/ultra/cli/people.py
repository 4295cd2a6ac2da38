"""people: who has an account here, for whoever sits at the machine of an installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ultra.cli.terminal import console, errors

if TYPE_CHECKING:
    from ultra.auth.public import Account

people = typer.Typer(name="people", help="Who has an account here.", no_args_is_help=True)

Address = Annotated[
    str, typer.Argument(help="The e-mail address of the person.", metavar="ADDRESS")
]
PAGE = 100


@people.command("list")
def list_people(
    text: Annotated[str, typer.Argument(help="A part of the name or address.")] = "",
    *,
    closed: Annotated[bool, typer.Option("--closed", help="Only closed accounts.")] = False,
) -> None:
    """Show everybody, or those whose name or address holds a text."""
    from ultra.auth import public as auth
    from ultra.kit.db import read_only

    after = None
    while True:
        with read_only() as session:
            found = auth.list_accounts(
                session,
                text=text.strip() or None,
                is_disabled=True if closed else None,
                after=after,
                limit=PAGE,
            )
        for account in found:
            _say(f"{_state(account):9}  {account.email}  {account.name}")
        if len(found) < PAGE:
            return
        after = (found[-1].created_at, found[-1].user_id)


@people.command("show")
def show_person(address: Address) -> None:
    """Show what is known of one person's account."""
    from ultra.auth import public as auth
    from ultra.kit.db import read_only

    with _refusals_said(), read_only() as session:
        account = auth.get_account(session, address)
    seen = f"{account.last_seen_at:%Y-%m-%d %H:%M} UTC" if account.last_seen_at else "never"
    facts = {
        "name": account.name,
        "address": f"{account.email} ({'' if account.is_email_verified else 'not '}verified)",
        "since": f"{account.created_at:%Y-%m-%d}",
        "last seen": seen,
        "second factor": "yes" if account.has_second_factor else "no",
        "sessions": account.sessions,
        "workspaces": account.workspaces,
        "operator": "yes" if account.is_operator else "no",
    }
    if account.disabled_at:
        facts["closed"] = f"{account.disabled_at:%Y-%m-%d %H:%M} UTC: {account.disabled_reason}"
    for name, value in facts.items():
        _say(f"{name:14} {value}")


@people.command("disable")
def disable_person(
    address: Address,
    *,
    reason: Annotated[
        str, typer.Option("--reason", help="Why; the person reads it.", prompt="Reason")
    ],
) -> None:
    """Close an account: sessions and API keys end at once, nothing is deleted."""
    from ultra.auth import public as auth
    from ultra.kit.db import transaction

    with _refusals_said(), transaction() as session:
        account = auth.get_account(session, address)
        auth.close_account(session, None, account.user_id, reason.strip())
    _say(f"{address} is closed, and hears of it by mail.")


@people.command("enable")
def enable_person(address: Address) -> None:
    """Open a closed account again."""
    from ultra.auth import public as auth
    from ultra.kit.db import transaction

    with _refusals_said(), transaction() as session:
        auth.open_account(session, None, auth.get_account(session, address).user_id)
    _say(f"{address} is open.")


@people.command("operator")
def set_operator(
    address: Address,
    *,
    off: Annotated[bool, typer.Option("--off", help="Make them an operator no more.")] = False,
) -> None:
    """Let a person look after the whole installation: all jobs, and everybody's account."""
    from ultra.auth import public as auth
    from ultra.kit.db import transaction

    with _refusals_said(), transaction() as session:
        account = auth.get_account(session, address)
        auth.set_operator(session, account.user_id, is_operator=not off)
    _say(f"{address} is {'no operator any more' if off else 'an operator'}.")


@people.command("end-sessions")
def end_sessions(address: Address) -> None:
    """Sign a person out on all devices."""
    from ultra.auth import public as auth
    from ultra.kit.db import transaction

    with _refusals_said(), transaction() as session:
        account = auth.get_account(session, address)
        auth.end_sessions_of(session, None, account.user_id)
    _say(f"{account.sessions} sessions of {address} have ended.")


@people.command("reset-factors")
def reset_factors(
    address: Address,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Remove a person's authenticator app and passkeys: for somebody who has lost all of them.

    Afterwards the password alone lets them in. Be sure that it is they who ask.
    """
    from ultra.auth import public as auth
    from ultra.kit.db import read_only, transaction

    with _refusals_said(), read_only() as session:
        account = auth.get_account(session, address)
    if not yes and typer.prompt("Type the address again").strip() != address:
        _stop("That is another address. Nothing was changed.")
    with transaction() as session:
        done = auth.reset_factors(session, None, account.user_id)
    if not done.removed:
        _say(f"{address} has no second factor.")
        return
    _say(f"{address} has no second factor any more ({', '.join(done.removed)}), and hears of it.")
    if done.is_letter_sent:
        _say("There was no password, so a letter to a new one is on its way.")


def _state(account: "Account") -> str:
    if account.disabled_at:
        return "closed"
    return "operator" if account.is_operator else "open"


@contextmanager
def _refusals_said() -> Iterator[None]:
    """Say a refusal as a sentence, without a traceback."""
    from ultra.kit.errors import AppError
    from ultra.kit.tasks import load_tasks

    # What is asked for by name, such as a mail, has to exist.
    load_tasks()
    try:
        yield
    except AppError as error:
        _stop(error.detail("en"))


def _say(line: str) -> None:
    # Names are chosen by their owners: square brackets in them are no markup.
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _stop(line: str) -> NoReturn:
    errors.print(line, markup=False, style="bold red")
    raise typer.Exit(1)
