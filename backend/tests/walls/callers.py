"""Somebody for each column of the matrix, and the requests that they send."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from werkzeug.test import TestResponse

from tests.factories.auth import SignedUp, as_browser, sign_up
from ultra.auth.sessions.models import SignInSession
from ultra.auth.workspaces.models import Membership
from ultra.kit.db import transaction
from ultra.kit.redis import redis
from ultra.kit.roles import Role
from ultra.settings import settings

NOBODYS = "0199a7b2-0000-7000-8000-000000000000"


@dataclass
class Caller:
    """A token, and how to bring its owner back to where they were before a request."""

    name: str
    token: str | None
    role: Role | None = None
    person: SignedUp | None = None
    workspace_id: UUID | None = None
    scopes: set[str] = field(default_factory=set)

    def send(
        self, app: Flask, route: str, values: dict[str, str], body: Any = None
    ) -> TestResponse:
        headers = {"Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        method, path = fill(route, values)
        return app.test_client().open(path, method=method, json=body, headers=headers)

    def come_back(self) -> None:
        """Undo what a request did to oneself: left, moved, signed out, proved."""
        if self.person is None or self.workspace_id is None or self.role is None:
            return
        with transaction() as session:
            row = insert(Membership).values(
                workspace_id=self.workspace_id, user_id=self.person.user_id, role=self.role
            )
            session.execute(
                row.on_conflict_do_update(
                    index_elements=["workspace_id", "user_id"], set_={"role": self.role}
                )
            )
            back = {
                "workspace_id": self.workspace_id,
                "ended_at": None,
                "authenticated_at": func.now(),
            }
            which = SignInSession.user_id == self.person.user_id
            session.execute(update(SignInSession).where(which).values(**back))
            ids = session.scalars(select(SignInSession.id).where(which)).all()
        redis.delete(*[f"sess:{each}" for each in ids])


def fill(route: str, values: dict[str, str]) -> tuple[str, str]:
    """Method and path; what is not given is nobody's id."""
    method, rule = route.split(" ")
    return method, re.sub(
        r"<(?:[a-z]+:)?([a-z_]+)>", lambda found: values.get(found[1], NOBODYS), rule
    )


def routes_of(app: Flask) -> set[str]:
    """Every route, as the matrix writes it."""
    found = set()
    for rule in app.url_map.iter_rules():
        methods = set(rule.methods or set())
        if "GET" in methods:
            methods -= {"HEAD"}
        # Flask answers OPTIONS by itself; the upload protocol has handlers of its own for it.
        if rule.provide_automatic_options:
            methods -= {"OPTIONS"}
        found |= {f"{method} {rule.rule}" for method in methods}
    return found


def member(app: Flask, workspace_id: UUID, role: Role) -> Caller:
    """A new person with this role there."""
    person = sign_up(as_browser(app))
    caller = Caller(role.value, person.token, role, person, workspace_id)
    caller.come_back()
    return caller


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many requests as the tests need; how many there may be is another test's business."""
    for name in type(settings.limits).model_fields:
        monkeypatch.setattr(settings.limits, name, "1000000/minute")
