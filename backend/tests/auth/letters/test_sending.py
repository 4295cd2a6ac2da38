"""Handing the mails of sign-in to the mail server, or not."""

from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import delete, func, select

from tests.factories import mail
from tests.factories.auth import sign_up
from ultra.auth.letters import service as letters
from ultra.auth.letters.kinds import LetterKind
from ultra.auth.letters.tasks import send_letter
from ultra.auth.users.models import User
from ultra.kit.db import read_only, transaction
from ultra.kit.tasks import Job, Refused, Retryable
from ultra.settings import Environment, settings


@pytest.fixture(autouse=True)
def _empty_mailbox(stack):
    mail.throw_away()
    yield
    mail.throw_away()


def args_of_letter():
    with read_only() as session:
        return session.scalars(select(Job.args).where(Job.name == letters.SEND)).one()


def test_a_job_that_runs_twice_sends_one_mail(client):
    email = sign_up(client).user["email"]
    args = args_of_letter()
    for _ in range(2):
        send_letter(*args)
    assert len(mail.letters(email)) == 1


def test_a_link_that_is_void_by_now_is_not_sent(client):
    person = sign_up(client)
    args = args_of_letter()
    token = mail.token_in(mail.newest(person.user["email"]))
    client.post("/api/auth/verification/confirm", json={"token": token})
    mail.throw_away()
    send_letter(*args)
    assert mail.letters(person.user["email"]) == []


def test_nobody_is_left_to_read_it(client):
    person = sign_up(client)
    facts = {"at": "2026-11-23T13:00:00+00:00"}
    news = (LetterKind.PASSWORD_CHANGED.value, person.user["id"], None, facts)
    of_session = (LetterKind.NEW_DEVICE.value, news[1], None, {**facts, "session_id": str(uuid4())})
    send_letter(*of_session)
    with transaction() as session:
        session.execute(delete(User))
    send_letter(*news)
    assert mail.letters(person.user["email"]) == []


def test_a_mail_server_that_is_away_is_asked_again_and_one_that_is_missing_is_not(
    client, monkeypatch
):
    sign_up(client)
    args = args_of_letter()
    monkeypatch.setattr(settings.mail, "smtp_url", SecretStr("smtp+plain://127.0.0.1:9"))
    with pytest.raises(Retryable):
        send_letter(*args)
    monkeypatch.setattr(settings.mail, "smtp_url", None)
    monkeypatch.setattr(settings, "environment", Environment.PRODUCTION)
    with pytest.raises(Refused) as refused:
        send_letter(*args)
    assert refused.value.code == "mail_off"


def test_without_a_mail_server_production_lets_people_in_at_once(monkeypatch):
    monkeypatch.setattr(settings, "environment", Environment.PRODUCTION)
    assert settings.registration == "open"
    monkeypatch.setattr(settings.mail, "smtp_url", object())
    assert settings.registration == "verified"


def test_a_rolled_back_registration_writes_no_mail(client):
    sign_up(client, email="a@example.com")
    body = {"email": "A@example.com", "password": "doğru at pil zımba", "name": "B"}
    assert client.post("/api/auth/register", json=body).status_code == 409
    with read_only() as session:
        count = select(func.count()).select_from(Job).where(Job.name == letters.SEND)
        assert session.scalar(count) == 1
