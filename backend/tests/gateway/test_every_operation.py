"""The API asked everything that its own document allows, and much that it does not.

No operation may fail inside, answer with a status or a shape that it does not document, or take
what its document forbids; signed in and not. schemathesis makes the requests.
"""

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from tests.factories.auth import as_browser, sign_up
from ultra.gateway.openapi import read_document

Operation = Any  # schemathesis' own class has four type parameters, all of them inner ones
FEW, MANY = 5, 30

load_all_checks()
# Rules that JSON Schema cannot say (a name of nothing but control characters, a password that is
# known to thieves) refuse what the document allows, rightly with 422.
LEFT_OUT = ["positive_data_acceptance"]
# It sends a request again with broken credentials, but leaves our header in place. What happens
# without credentials is asked by the stranger below, and for each role by tests/walls.
LEFT_OUT_SIGNED_IN = [*LEFT_OUT, "ignored_auth"]
# Asks a provider that does not run here, and says so with 503. A fault inside is still a complaint,
# because 500 stands in no document.
ASKS_OTHERS = "POST /api/auth/identities/{provider}/link"


@schemathesis.serializer("application/offset+octet-stream")
def send_bytes(_context: Any, value: Any) -> bytes:
    """The pieces of an upload are bytes as they are."""
    return value if isinstance(value, bytes) else json.dumps(value, default=str).encode()


@cache
def read_operations(app: Flask) -> dict[str, Operation]:
    """Every operation by its name, of the document without its catch-all."""
    document = copy.deepcopy(read_document(app))  # type: ignore[arg-type]
    for item in document["paths"].values():
        for operation in item.values():
            # It would make every status a documented one.
            del operation["responses"]["default"]
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)))
    schema.app = app
    found = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        found[operation.label] = operation
    return found


def ask(operation: Operation, make_headers: Callable[[], dict[str, str]], times: int) -> None:
    """Ask one operation, as somebody new."""
    headers = make_headers()
    names = LEFT_OUT_SIGNED_IN if headers else LEFT_OUT
    if operation.label == ASKS_OTHERS:
        names = [*names, "not_a_server_error"]
    left_out = [CHECKS.get_one(name) for name in names]

    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=left_out)

    check()


def ask_all(app: Flask, make_headers: Callable[[], dict[str, str]], times: int) -> None:
    """Ask every operation; all complaints together, each shortened."""
    complaints = []
    for name, operation in read_operations(app).items():
        try:
            ask(operation, make_headers, times)
        except FailureGroup as group:
            complaints += [f"{name}: {each}"[:1500] for each in group.exceptions]
    assert not complaints, f"{len(complaints)} operations:\n" + "\n\n".join(complaints)


@pytest.fixture
def signed_in(app: Flask, stores: None) -> Callable[[], dict[str, str]]:
    """Headers of a new person for each operation: some of them end the session, or more."""
    return lambda: sign_up(as_browser(app)).headers


def test_all_checks_are_known() -> None:
    names = {check.__name__ for check in CHECKS.get_all()}
    assert names >= {
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
    }


def test_every_operation_holds_for_whoever_is_signed_in(
    app: Flask, signed_in: Callable[[], dict[str, str]]
) -> None:
    ask_all(app, signed_in, FEW)


def test_every_operation_holds_for_a_stranger(app: Flask, stores: None) -> None:
    ask_all(app, dict, FEW)


@pytest.mark.slow
def test_every_operation_holds_when_asked_often(
    app: Flask, signed_in: Callable[[], dict[str, str]]
) -> None:
    ask_all(app, signed_in, MANY)
