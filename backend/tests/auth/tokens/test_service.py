"""One-time tokens: for one purpose, one person, one use, and a while."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.factories.auth import sign_up
from ultra.auth.tokens import service as tokens
from ultra.auth.tokens import tasks
from ultra.auth.tokens.errors import LinkNotValid
from ultra.auth.tokens.models import OneTimeToken, Purpose
from ultra.auth.tokens.service import Owner
from ultra.kit.db import read_only, transaction


@pytest.fixture
def owner(client):
    person = sign_up(client)
    with transaction() as session:
        session.execute(OneTimeToken.__table__.delete())
    return Owner(person.user_id, person.user["email"], person.user["email"], 0)


def issue(owner, purpose=Purpose.RESET_PASSWORD):
    with transaction() as session:
        return tokens.issue(session, purpose, owner)


def use(token, purpose=Purpose.RESET_PASSWORD):
    with transaction() as session:
        return tokens.use(session, purpose, token)


def age(**time):
    with transaction() as session:
        session.execute(
            update(OneTimeToken).values(
                expires_at=OneTimeToken.expires_at - timedelta(**time),
                created_at=OneTimeToken.created_at - timedelta(**time),
            )
        )


def count():
    with read_only() as session:
        return session.scalar(select(func.count()).select_from(OneTimeToken))


def test_is_made_of_its_id_the_same_each_time_and_of_no_other(owner):
    first, second = issue(owner), issue(owner)
    assert tokens.write(first) == tokens.write(first) != tokens.write(second)
    assert len(tokens.write(first)) == 43


def test_is_used_once(owner):
    token = tokens.write(issue(owner))
    assert use(token).user_id == owner.user_id
    with pytest.raises(LinkNotValid):
        use(token)


def test_a_use_that_is_rolled_back_is_none(owner):
    token = tokens.write(issue(owner))
    with pytest.raises(RuntimeError), transaction() as session:
        tokens.use(session, Purpose.RESET_PASSWORD, token)
        raise RuntimeError
    assert use(token)


@pytest.mark.parametrize("other", [each for each in Purpose if each != Purpose.RESET_PASSWORD])
def test_serves_its_own_purpose_alone(owner, other):
    token = tokens.write(issue(owner))
    with pytest.raises(LinkNotValid):
        use(token, other)


def test_its_id_is_no_token(owner):
    token_id = issue(owner)
    for guess in (str(token_id), token_id.hex):
        with pytest.raises(LinkNotValid):
            use(guess)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_lives_as_long_as_its_purpose_allows(owner, purpose):
    token_id = issue(owner, purpose)
    life = tokens.LIVES[purpose]
    age(seconds=life.total_seconds() - 5)
    with read_only() as session:
        assert tokens.find_usable(session, token_id)
    age(seconds=6)
    with read_only() as session:
        assert tokens.find_usable(session, token_id) is None


def test_expired_ones_are_removed_after_a_week(owner):
    issue(owner)
    age(days=7)
    tasks.remove_expired_links()
    assert count() == 1
    age(hours=2)
    tasks.remove_expired_links()
    assert count() == 0
