"""keys: those that sign access tokens and those that seal secrets, for who runs it all."""

from typing import Annotated

import typer

from ultra.cli.terminal import console

keys = typer.Typer(
    name="keys", help="The keys that sign access tokens and seal secrets.", no_args_is_help=True
)


@keys.command("list")
def list_keys() -> None:
    """Show every key and what it is good for."""
    from ultra.auth import public as auth
    from ultra.kit.db import read_only

    with read_only() as session:
        for key in auth.list_signing_keys(session):
            console.print(
                f"{key.kid}  {key.state.value:9}  since {key.created_at:%Y-%m-%d %H:%M} UTC"
            )


@keys.command("rotate")
def rotate_keys(
    *,
    at_once: Annotated[
        bool,
        typer.Option(
            "--at-once",
            help="Somebody may have copied a key: all old ones go now. Pages renew their tokens "
            "by themselves; programs with a bearer token have to sign in again.",
        ),
    ] = False,
) -> None:
    """Make a new signing key, and bring every stored secret under the vault's current key.

    The new key is announced for ten minutes, then signs; nobody is signed out.
    """
    from ultra.auth import public as auth
    from ultra.kit.db import transaction
    from ultra.kit.vault import key_ring, rotation

    with transaction() as session:
        make = auth.replace_signing_keys if at_once else auth.announce_signing_key
        kid = make(session)
    console.print(f"{kid} {'signs from now on' if at_once else 'signs in ten minutes'}.")
    done = rotation.seal_all_again()
    console.print(f"{done['sealed']} secrets were sealed again under {key_ring.current_id()}.")
    if done["unreadable"]:
        console.print(f"{done['unreadable']} could not be opened; the log names their rows.")
