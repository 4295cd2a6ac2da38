"""What happens to one's factors is announced, so that its owner hears of it by mail."""

import pytest
from sqlalchemy import select

from tests.auth.factors.people import add_passkey, begin_login, finish, turn_on_totp
from tests.factories.auth import sign_up
from ultra.kit.db import read_only
from ultra.kit.tasks import load_tasks
from ultra.kit.tasks.models import Job


@pytest.fixture(autouse=True)
def reactions():
    load_tasks()


def told():
    """The facts of which mails are to be written, the oldest first."""
    with read_only() as session:
        jobs = session.scalars(
            select(Job)
            .where(Job.name.like("auth.mail_factor%") | Job.name.like("auth.mail_recovery%"))
            .order_by(Job.created_at, Job.id)
        )
        return [(each.name.removeprefix("auth.mail_"), each.args[0]) for each in jobs]


def test_of_additions_removals_and_recovery_codes(client, app, clock):
    person = sign_up(client)
    _, codes = turn_on_totp(client, clock)
    _, added = add_passkey(client)
    finish(begin_login(app, person), recovery_code=codes[0])
    client.post("/api/auth/recovery-codes")
    client.delete(f"/api/auth/passkeys/{added['passkey']['id']}")
    client.delete("/api/auth/totp")
    news = told()
    assert {facts["user_id"] for _, facts in news} == {str(person.user_id)}
    assert [(name, facts.get("factor") or facts["left"]) for name, facts in news] == [
        ("factor_added", "totp"),
        ("factor_added", "passkey"),
        ("recovery_code_used", "9"),
        ("factor_added", "recovery"),
        ("factor_removed", "passkey"),
        ("factor_removed", "totp"),
    ]


def test_of_nothing_that_was_refused(client, clock):
    sign_up(client)
    client.post("/api/auth/totp")
    client.post("/api/auth/totp/confirm", json={"code": "000000"})
    client.delete("/api/auth/totp")
    client.post("/api/auth/recovery-codes")
    assert told() == []
