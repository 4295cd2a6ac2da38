"""The API asked everything that its own document allows, and much that it does not.

No operation may fail inside, answer with a status or a shape that it does not document, or take
what its document forbids; signed in and not. schemathesis makes the requests.
"""

import copy
import json
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
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
FEW, MANY = 5, 15

load_all_checks()
# What the document allows and is refused all the same: by rules that JSON Schema cannot say.
RULES = {
    "invalid_cursor": "a cursor is one that a list has given",
    "invalid_cron": "a cron expression is one that the library reads",
    "timing_unclear": "either an interval or a cron expression",
    "unknown_zone": "time zones are a list of the machine's",
    "offer_unknown": "what may be started is a list of this installation",
    "offer_input_invalid": "each of those has an input of its own shape",
    "pointer_invalid": "a JSON pointer into the body of a call",
    "field_not_mapped": "an input needs all that it needs",
    "name_not_repeated": "a workspace goes when its own name is typed",
    "password_breached": "passwords that thieves try first are a list",
    "passkey_not_usable": "what a device has signed",
    "push_keys_invalid": "a point on a curve",
    "address_malformed": "an address outside, of a kind that may be called",
    "address_not_secure": "as above",
    "address_not_public": "as above",
    "address_port_refused": "as above",
    "address_refused": "as above",
    "not_a_video": "the bytes of a file say what it is",
    "container_not_allowed": "as above",
    "empty_file": "as above, of none of them",
    "file_missing": "a field of a form is a file when it has a file's name",
    "upload_too_large": "how large a video may be is a setting",
    "upload_media_type_wrong": "the protocol of uploads has a media type of its own",
    "upload_header_invalid": "Base64 in a header",
}
# The same for single fields; the empty name stands for several that belong together.
FIELDS = {"", "cron", "email", "ip_allow", "kinds", "quiet_hours", "zone"}
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


def is_beyond_the_schema(answer: Any) -> bool:
    """Whether one of the rules that the document cannot hold has refused, and nothing else."""
    if answer.status_code < HTTPStatus.BAD_REQUEST:
        return False
    problem = answer.json()
    fields = {error["field"].split(".")[0] for error in problem["errors"]}
    return fields <= FIELDS if fields else problem["code"] in RULES


def ask(operation: Operation, make_headers: Callable[[], dict[str, str]], times: int) -> None:
    """Ask one operation, as somebody new."""
    headers = make_headers()
    left_out = [CHECKS.get_one("not_a_server_error")] if operation.label == ASKS_OTHERS else []
    accepts_what_it_allows = CHECKS.get_one("positive_data_acceptance")

    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        if headers:
            # The credentials that schemathesis made up beside the true ones.
            case.cookies.clear()
        # In two steps: in one, the requests that a check makes to see what happens without
        # credentials would carry these as well.
        answer = case.call(headers=headers)
        by_a_rule = [accepts_what_it_allows] if is_beyond_the_schema(answer) else []
        case.validate_response(answer, headers=headers, excluded_checks=[*left_out, *by_a_rule])

    check()


def ask_all(app: Flask, make_headers: Callable[[], dict[str, str]], times: int) -> None:
    """Ask every operation; all complaints together."""
    complaints = []
    for name, operation in read_operations(app).items():
        try:
            ask(operation, make_headers, times)
        except FailureGroup as group:
            # With the request and the answer, each shortened.
            complaints.append(f"{name}: {group}"[:3000])
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
        "positive_data_acceptance",
        "ignored_auth",
    }


def test_every_operation_holds_for_whoever_is_signed_in(
    app: Flask, signed_in: Callable[[], dict[str, str]]
) -> None:
    ask_all(app, signed_in, FEW)


def test_every_operation_holds_for_a_stranger(app: Flask, stores: None) -> None:
    ask_all(app, dict, FEW)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_operation_holds_when_asked_often(
    app: Flask, signed_in: Callable[[], dict[str, str]]
) -> None:
    ask_all(app, signed_in, MANY)
