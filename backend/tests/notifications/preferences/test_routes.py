"""Preferences through HTTP."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp, sign_up
from tests.factories.notifications import API, preferences

KINDS = [
    "video.ready",
    "video.failed",
    "job.dead",
    "webhook.disabled",
    "connection.lost",
    "account.security",
    "installation.audit",
    "note",
]


def wanted(client: FlaskClient) -> Any:
    return client.get(f"{API}/preferences").get_json()


def bare(client: FlaskClient) -> Any:
    """The preferences as they are sent back."""
    found = wanted(client)
    for kind in found["kinds"]:
        for told in ("title", "description", "is_urgent", "fixed", "for_endpoints"):
            del kind[told]
    return found


class TestDefaults:
    def test_of_somebody_who_never_chose(self, client: FlaskClient, person: SignedUp) -> None:
        found = wanted(client)
        assert found["zone"] == "UTC"
        assert found["quiet_hours"] == {"is_on": False, "start": "22:00", "end": "08:00"}
        assert (found["email_digest"], found["digest_hour"]) == ("off", 9)
        assert [kind["kind"] for kind in found["kinds"]] == KINDS
        assert [kind["kind"] for kind in found["kinds"] if kind["is_urgent"]] == KINDS[1:7]
        assert [kind["kind"] for kind in found["kinds"] if not kind["email"]] == [
            "account.security",
            "note",
        ]
        assert all(kind["in_app"] and kind["push"] for kind in found["kinds"])

    def test_news_of_the_installation_is_its_operators_alone(
        self, client: FlaskClient, person: SignedUp, stranger: FlaskClient
    ) -> None:
        assert [kind["kind"] for kind in wanted(stranger)["kinds"]] == [
            kind for kind in KINDS if kind != "installation.audit"
        ]

    def test_what_cannot_be_switched_is_said(self, client: FlaskClient, person: SignedUp) -> None:
        found = {kind["kind"]: kind for kind in wanted(client)["kinds"]}
        fixed = {name: kind["fixed"] for name, kind in found.items() if kind["fixed"]}
        assert fixed == {
            "account.security": ["in_app", "email"],
            "installation.audit": ["in_app"],
        }
        offered = [name for name, kind in found.items() if kind["for_endpoints"]]
        assert offered == [kind for kind in KINDS if kind not in fixed]

    def test_the_clock_of_a_turkish_reader_is_istanbuls(self, client: FlaskClient) -> None:
        sign_up(client, locale="tr")
        assert wanted(client)["zone"] == "Europe/Istanbul"

    def test_kinds_are_told_in_the_callers_language(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        turkish = client.get(f"{API}/preferences", headers={"Accept-Language": "tr"}).get_json()
        assert turkish["kinds"][0]["title"] == "Video hazır"
        assert wanted(client)["kinds"][0]["title"] == "Video ready"


class TestSave:
    def test_keeps_what_was_chosen(self, client: FlaskClient, person: SignedUp) -> None:
        body = bare(client) | {
            "zone": "Asia/Kathmandu",
            "quiet_hours": {"is_on": True, "start": "23:30", "end": "06:15"},
            "email_digest": "daily",
            "digest_hour": 18,
        }
        body["kinds"][0] |= {"push": False, "email": False}
        answer = client.put(f"{API}/preferences", json=body)
        assert answer.status_code == 200, answer.text
        assert bare(client) == body

    def test_kinds_that_are_not_named_stay(self, client: FlaskClient, person: SignedUp) -> None:
        preferences(client, kinds={"note": {"push": False}})
        client.put(f"{API}/preferences", json=bare(client) | {"kinds": []})
        note = next(kind for kind in wanted(client)["kinds"] if kind["kind"] == "note")
        assert note["push"] is False

    def test_is_nobody_elses(
        self, client: FlaskClient, person: SignedUp, stranger: FlaskClient
    ) -> None:
        preferences(client, email_digest="hourly")
        assert wanted(stranger)["email_digest"] == "off"

    @pytest.mark.parametrize(
        "change",
        [
            {"zone": "Mars/Olympus"},
            {"zone": "../../etc/passwd"},
            {"quiet_hours": {"is_on": True, "start": "24:00", "end": "08:00"}},
            {"quiet_hours": {"is_on": True, "start": "22:00", "end": "22:00"}},
            {"quiet_hours": {"is_on": True, "start": "22:00:30", "end": "08:00"}},
            {"digest_hour": 24},
            {"email_digest": "weekly"},
            {"kinds": [{"kind": "test", "in_app": True, "push": True, "email": True}]},
            {"kinds": [{"kind": "note", "in_app": True, "push": True, "email": True}] * 2},
            {
                "kinds": [
                    {"kind": "account.security", "in_app": False, "push": True, "email": False}
                ]
            },
            {"kinds": [{"kind": "account.security", "in_app": True, "push": True, "email": True}]},
            {"surprise": 1},
        ],
    )
    def test_refuses_what_is_none(
        self, client: FlaskClient, person: SignedUp, change: dict[str, Any]
    ) -> None:
        before = wanted(client)
        answer = client.put(f"{API}/preferences", json=bare(client) | change)
        assert answer.status_code == 422, answer.text
        assert wanted(client) == before

    def test_asks_for_signing_in(self, client: FlaskClient) -> None:
        assert client.get(f"{API}/preferences").status_code == 401
