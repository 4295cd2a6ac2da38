"""People for the tests of workspaces; the first person of all is an operator and stays apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.auth import SignedUp, as_browser, sign_up
from ultra.auth.audit.models import Entry
from ultra.auth.workspaces.models import Membership
from ultra.gateway.app import create_app
from ultra.kit.db import read_only, transaction
from ultra.kit.roles import Role
from ultra.kit.tasks import load_tasks


@dataclass(frozen=True)
class Caller:
    """A person with a browser of their own."""

    person: SignedUp
    browser: FlaskClient

    @property
    def id(self) -> UUID:
        return self.person.user_id

    def me(self) -> dict[str, Any]:
        found: dict[str, Any] = self.browser.get("/api/auth/me").get_json()
        return found


@pytest.fixture(scope="session")
def app() -> Flask:
    """All services: what belongs to a workspace lies in every one of them."""
    load_tasks()
    return create_app()


@pytest.fixture
def newcomer(app: Flask, stores: None) -> Callable[..., Caller]:
    """Makes a new person."""
    sign_up(as_browser(app))

    def make(**values: Any) -> Caller:
        browser = as_browser(app)
        return Caller(sign_up(browser, **values), browser)

    return make


@pytest.fixture
def owner(newcomer: Callable[..., Caller]) -> Caller:
    return newcomer(name="Sahip")


@pytest.fixture
def member(newcomer: Callable[..., Caller], owner: Caller) -> Callable[..., Caller]:
    """Makes a person who belongs to the owner's workspace and is there at the moment."""

    def make(role: Role, **values: Any) -> Caller:
        caller = newcomer(**values)
        with transaction() as session:
            session.add(
                Membership(workspace_id=owner.person.workspace_id, user_id=caller.id, role=role)
            )
        answer = caller.browser.post(f"/api/workspaces/{owner.person.workspace_id}/switch")
        assert answer.status_code == 200, answer.text
        return caller

    return make


def actions(workspace_id: UUID) -> list[str]:
    """What the audit log of a workspace holds, oldest first."""
    with read_only() as session:
        query = select(Entry.action).where(Entry.chain == workspace_id).order_by(Entry.position)
        return list(session.scalars(query))
