"""What lay sealed elsewhere before the vault is read as it is, and sealed again by rotation."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import select, text
from typer.testing import CliRunner

from tests.factories.auth import SignedUp, sign_up
from tests.factories.jobs import create_hook
from tests.factories.notifications import add_browser, add_endpoint
from tests.jobs import toys
from tests.jobs.callers import call
from tests.kit.tasks.toys import jobs_named
from tests.notifications.receiver import Receiver, receiving
from ultra.auth.factors.models import TOTP_SECRET, TotpSecret
from ultra.cli.app import app as command_line
from ultra.jobs.hooks.models import OLD_SECRET as OLD_HOOK_SECRET
from ultra.jobs.hooks.models import SECRET as HOOK_SECRET
from ultra.jobs.hooks.models import Hook
from ultra.kit.crypto import derive_key, seal
from ultra.kit.db import read_only, transaction
from ultra.kit.vault import SealedColumn, SecretLost, rotation
from ultra.kit.vault.key_ring import FROM_SECRET
from ultra.kit.vault.models import DataKey
from ultra.kit.vault.tasks import seal_again
from ultra.notifications.devices.models import ADDRESS, PushDevice
from ultra.notifications.endpoints.models import OLD_SECRET, SECRET, URL, Endpoint
from ultra.settings import Secrets, settings

NEW = b64encode(bytes([7]) * 32).decode()
Old = dict[SealedColumn[Any], str]

# How each column was sealed, written down here as it was: purpose of the key, and context.
FORMER: list[tuple[SealedColumn[Any], str, Callable[[Any], str]]] = [
    (URL, "notifications", lambda row: f"notification_endpoints.url:{row.id}"),
    (SECRET, "notifications", lambda row: f"notification_endpoints.secret:{row.id}"),
    (OLD_SECRET, "notifications", lambda row: f"notification_endpoints.old_secret:{row.id}"),
    (
        ADDRESS,
        "notifications",
        lambda row: f"push_devices.sealed_address:{row.endpoint_digest.hex()}",
    ),
    (HOOK_SECRET, "hooks", lambda row: f"hooks.secret:{row.id}"),
    (OLD_HOOK_SECRET, "hooks", lambda row: f"hooks.secret:{row.id}"),
    (TOTP_SECRET, "totp secret", lambda row: f"totp_secrets.sealed_secret:{row.user_id}"),
]


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


@pytest.fixture
def hook(client: FlaskClient, person: SignedUp) -> dict[str, Any]:
    return create_hook(client)


@pytest.fixture
def old(client: FlaskClient, person: SignedUp, hook: dict[str, Any]) -> Old:
    """A row of everything, as it lay before the vault, and what is in it."""
    with receiving() as receiver:
        return _make_old(client, hook, receiver)


def _make_old(client: FlaskClient, hook: dict[str, Any], receiver: Receiver) -> Old:
    endpoint = add_endpoint(client, receiver.url())
    client.post(f"/api/notifications/endpoints/{endpoint['id']}/rotate")
    add_browser(client, receiver.url("/push"))
    client.post(f"/api/jobs/hooks/{hook['id']}/rotate")
    client.post("/api/auth/totp")
    plain: Old = {}
    with transaction() as session:
        for column, purpose, context in FORMER:
            row = session.scalars(select(column.model)).one()
            plain[column] = column.read(session, row).get_secret_value()
            record = seal(derive_key(purpose), plain[column].encode(), context=context(row))
            setattr(row, column.name, record)
        session.flush()
        session.execute(text("delete from data_keys"))
    return plain


def opened() -> Old:
    with read_only() as session:
        return {
            column: column.read(
                session, session.scalars(select(column.model)).one()
            ).get_secret_value()
            for column, _, _ in FORMER
        }


def records() -> dict[str, bytes]:
    with read_only() as session:
        return {
            f"{column.table}.{column.name}": getattr(
                session.scalars(select(column.model)).one(), column.name
            )
            for column, _, _ in FORMER
        }


def owners() -> set[tuple[UUID | None, UUID | None]]:
    with read_only() as session:
        return {
            tuple(row) for row in session.execute(select(DataKey.workspace_id, DataKey.user_id))
        }


def test_all_of_them_are_tried() -> None:
    tried = [column for column, _, _ in FORMER]
    assert [column for column in rotation.columns() if column.before] == sorted(
        tried, key=rotation.columns().index
    )


def test_they_are_read_as_they_are(old: Old) -> None:
    assert opened() == old
    with read_only() as session:
        assert session.scalars(select(DataKey.id)).all() == []


def test_a_hook_of_before_goes_on_hearing(
    client: FlaskClient, hook: dict[str, Any], old: Old
) -> None:
    for column in (HOOK_SECRET, OLD_HOOK_SECRET):
        answer = call(client, {**hook, "secret": old[column]}, {"data": {"text": "x"}})
        assert answer.status_code == 202
    assert len(jobs_named(toys.WRITE_DOWN)) == 2


def test_rotation_brings_them_into_the_vault(old: Old, person: SignedUp) -> None:
    with read_only() as session:
        assert rotation.rows_by_key(session) == {FROM_SECRET: len(FORMER)}
    before = records()
    assert seal_again() == {"sealed": len(FORMER), "unreadable": 0}
    assert all(before[name] != record for name, record in records().items())
    assert opened() == old
    # What is a person's own lies under a key of theirs, whatever workspace they are in.
    assert owners() == {(person.workspace_id, None), (None, person.user_id)}
    assert seal_again() == {"sealed": 0, "unreadable": 0}


def test_the_command_covers_them(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    """`./ultra keys rotate`, once a new key stands in the ring."""
    ring = Secrets(keys={"new": SecretStr(NEW)}, current="new")
    monkeypatch.setattr(settings, "secrets", ring)
    done = CliRunner().invoke(command_line, ["keys", "rotate"])
    assert done.exit_code == 0, done.output
    assert f"{len(FORMER)} secrets were sealed again under new." in done.output
    with read_only() as session:
        assert rotation.rows_by_key(session) == {"new": len(FORMER)}
    assert opened() == old
    again = CliRunner().invoke(command_line, ["keys", "rotate"])
    assert "0 secrets were sealed again under new." in again.output


def test_one_that_begins_like_a_record_of_the_vault_is_read_too(old: Old) -> None:
    """A nonce begins with any byte; which form it is depends on whether it names a data key."""
    with transaction() as session:
        row = session.scalars(select(Hook)).one()
        context = f"hooks.secret:{row.id}"
        while not row.sealed_secret.startswith(b"\x01"):
            row.sealed_secret = seal(derive_key("hooks"), b"whsec_AAAA", context=context)
        assert HOOK_SECRET.read(session, row).get_secret_value() == "whsec_AAAA"


@pytest.mark.parametrize(
    ("column", "model"), [(URL, Endpoint), (ADDRESS, PushDevice), (TOTP_SECRET, TotpSecret)]
)
def test_none_opens_in_another_row(old: Old, column: SealedColumn[Any], model: type[Any]) -> None:
    with transaction() as session:
        row = session.scalars(select(model)).one()
        values = {name.key: getattr(row, name.key) for name in model.__table__.c}
        other = {"id": UUID(int=1), "user_id": UUID(int=1), "endpoint_digest": b"other"}
        moved = model(**{**values, **{name: other[name] for name in other if name in values}})
        with pytest.raises(SecretLost):
            column.read(session, moved)
