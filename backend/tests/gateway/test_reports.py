"""What browsers report is noted by rule and origin; nothing else of it gets into a log."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from ultra.gateway.reports import LONGEST, MOST
from ultra.settings import settings

PATH = "/api/csp-reports"
OLDER = {
    "csp-report": {
        "document-uri": "https://ultra.example/unsubscribe/geheim.key?x=geheim",
        "referrer": "https://ultra.example/geheim",
        "violated-directive": "script-src-elem 'self'",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/geheim.js",
        "script-sample": "geheim",
    }
}
NEWER = [
    {
        "type": "csp-violation",
        "url": "https://ultra.example/geheim",
        "body": {
            "documentURL": "https://ultra.example/reset/geheim",
            "effectiveDirective": "img-src",
            "blockedURL": "inline",
            "sample": "geheim",
        },
    }
]


def send(client: FlaskClient, body: Any, kind: str = "application/csp-report") -> list[Any]:
    """Send a report; what was noted because of it."""
    plain = body if isinstance(body, bytes) else json.dumps(body).encode()
    with capture_logs() as logs:
        answer = client.post(PATH, data=plain, content_type=kind)
    assert answer.status_code == 204
    return [entry for entry in logs if entry["event"] == "csp.violated"]


def test_both_forms_are_understood(client: FlaskClient) -> None:
    (older,) = send(client, OLDER)
    assert (older["rule"], older["blocked"]) == ("script-src-elem", "https://evil.example")
    (newer,) = send(client, NEWER, "application/reports+json")
    assert (newer["rule"], newer["blocked"]) == ("img-src", "inline")
    assert {older["page"], newer["page"]} == {"https://ultra.example"}


def test_no_secret_of_an_address_or_a_sample_is_noted(client: FlaskClient) -> None:
    assert "geheim" not in repr([*send(client, OLDER), *send(client, NEWER)])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[" * 10_000,
        b"\xff\xfe",
        7,
        None,
        [7],
        {"csp-report": 7},
        {"csp-report": {"effective-directive": "line\nbreak", "blocked-uri": 7}},
        {"csp-report": {"blocked-uri": "http://[::1", "document-uri": ["x"]}},
    ],
    ids=lambda body: ascii(body)[:30],
)
def test_nonsense_does_no_harm(client: FlaskClient, body: Any) -> None:
    for entry in send(client, body):
        assert {entry["rule"], entry["blocked"], entry["page"]} == {"unknown"}


def test_a_page_cannot_fill_the_log(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(send(client, [{"body": {}}] * 500)) == MOST
    too_long = client.post(PATH, data=b"x" * (LONGEST + 1), content_type="application/csp-report")
    assert too_long.status_code == 413
    monkeypatch.setattr(settings.limits, "reports", "3/minute")
    statuses = [
        client.post(PATH, data=b"{}", content_type="application/csp-report").status_code
        for _ in range(4)
    ]
    assert statuses[-1] == 429


def test_other_kinds_are_refused(client: FlaskClient) -> None:
    assert client.post(PATH, json=OLDER).status_code == 415


def test_it_may_come_from_anywhere(app: Flask, stores: None) -> None:
    """Reports are sent aside of the page, and change nothing for anybody."""
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "null"}
    answer = app.test_client().post(
        PATH, data=b"{}", content_type="application/csp-report", headers=headers
    )
    assert answer.status_code == 204
