"""What happens to somebody's account reaches the page and push, and no mail or webhook."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.auth import SignedUp, as_browser
from tests.factories.notifications import (
    API,
    add_browser,
    add_endpoint,
    deliveries,
    mails,
    preferences,
    run_due,
)
from tests.notifications.receiver import Receiver
from ultra.auth.events import (
    ApiKeyMade,
    CameInAfterRefusals,
    EmailChanged,
    FactorAdded,
    FactorRemoved,
    PasswordChanged,
    RecoveryCodeUsed,
)
from ultra.auth.sessions import refused_tries
from ultra.kit import clock
from ultra.kit.db import read_only, transaction
from ultra.kit.events import announce
from ultra.kit.ids import new_id
from ultra.notifications.account_sentences import _WORDS
from ultra.notifications.inbox.models import Notification
from ultra.settings import settings

TELL = "notifications.tell%"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in type(settings.limits).model_fields:
        monkeypatch.setattr(settings.limits, name, "1000000/minute")


def shown(client: FlaskClient, language: str = "en") -> list[Any]:
    """The person's list, oldest first."""
    run_due(TELL)
    answer = client.get(API, headers={"Accept-Language": language})
    found: list[Any] = answer.get_json()["items"]
    return found[::-1]


def log_in(app: Flask, person: SignedUp, password: str | None = None) -> tuple[FlaskClient, int]:
    browser = as_browser(app)
    body = {"email": person.user["email"], "password": password or person.password}
    return browser, browser.post("/api/auth/login", json=body).status_code


class TestThroughTheProduct:
    def test_a_new_password(self, client: FlaskClient, person: SignedUp) -> None:
        body = {"current_password": person.password, "new_password": "yepyeni bir parola 42"}
        assert client.post("/api/auth/password", json=body).status_code == 204
        [told] = shown(client)
        assert (told["kind"], told["title"]) == ("account.security", "Your password has changed")
        assert "If this was not you" in told["body"]
        assert told["href"] == "/settings/security"
        [told] = shown(client, "tr")
        assert told["title"] == "Parolanız değişti"
        assert "Bu siz değilseniz" in told["body"]

    def test_a_new_device(self, client: FlaskClient, app: Flask, person: SignedUp) -> None:
        assert log_in(app, person)[1] == 200
        [told] = shown(client)
        assert told["title"] == "Sign-in from a new device"
        assert "127.0.0.1" in told["body"]

    def test_an_authenticator_app_and_a_key(self, client: FlaskClient, person: SignedUp) -> None:
        secret = client.post("/api/auth/totp").get_json()["secret"]
        code = pyotp.TOTP(secret).at(clock.now())
        assert client.post("/api/auth/totp/confirm", json={"code": code}).status_code == 200
        key = {"name": "Yedek {not_you}", "scopes": ["video:read"]}
        answer = client.post("/api/auth/keys", json=key)
        assert answer.status_code == 201, answer.text
        titles = [(each["title"], each["body"]) for each in shown(client)]
        assert [title for title, _ in titles] == [
            "A way to sign in was added",
            "An API key was made",
        ]
        assert "Added: authenticator app." in titles[0][1]
        assert "“Yedek {not_you}” can act for you." in titles[1][1]


class TestWaysOut:
    def change(self, person: SignedUp) -> None:
        with transaction() as session:
            announce(session, PasswordChanged(person.user_id, "changed", AT))
        run_due(TELL)

    def test_push_and_the_page_but_no_mail_and_no_endpoint(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        add_browser(client, receiver.url("/push"))
        for kind in ("webhook", "slack", "discord"):
            # Without kinds: told of everything that endpoints can be told of.
            add_endpoint(client, receiver.url(f"/{kind}"), kind)
        self.change(person)
        run_due()
        assert [delivery.channel for delivery in deliveries()] == ["push"]
        assert [each.path for each in receiver.received] == ["/push"]
        assert mails() == []
        assert [told["kind"] for told in shown(client)] == ["account.security"]

    def test_the_page_tells_whatever_was_chosen_and_push_is_a_choice(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        add_browser(client, receiver.url("/push"))
        preferences(client, kinds={"account.security": {"push": False}})
        self.change(person)
        assert len(shown(client)) == 1
        assert deliveries() == []

    def test_an_endpoint_cannot_ask_for_it(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        for kind in ("account.security", "installation.audit"):
            body = {"type": "webhook", "name": "x", "url": receiver.url(), "kinds": [kind]}
            assert client.post(f"{API}/endpoints", json=body).status_code == 422

    def test_told_twice_it_is_one(self, client: FlaskClient, person: SignedUp) -> None:
        self.change(person)
        self.change(person)
        assert len(shown(client)) == 1

    def test_nobody_else_hears_of_it(
        self, client: FlaskClient, person: SignedUp, stranger: FlaskClient
    ) -> None:
        self.change(person)
        assert shown(stranger) == []
        with read_only() as session:
            [row] = session.scalars(select(Notification))
            assert (row.user_id, row.workspace_id) == (person.user_id, None)


class TestSentences:
    def test_each_kind_of_news_reads_well_in_both_languages(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        events = [
            *(PasswordChanged(person.user_id, how, AT) for how in ("changed", "set", "reset")),
            *(EmailChanged(person.user_id, how, AT) for how in ("changed", "restored")),
            FactorAdded(person.user_id, "passkey", AT),
            FactorRemoved(person.user_id, "github", AT),
            RecoveryCodeUsed(person.user_id, 7, AT),
            ApiKeyMade(person.user_id, new_id(), "Yedek", AT),
            CameInAfterRefusals(person.user_id, 12, AT, AT),
        ]
        for number, each in enumerate(events):
            with transaction() as session:
                # One moment each: what happens at the same one is the same news.
                announce(session, type(each)(**{**vars(each), "at": AT + timedelta(number)}))
        for language in ("tr", "en"):
            found = shown(client, language)
            assert len(found) == len(events)
            for told in found:
                assert "{" not in told["title"] + told["body"]
                assert told["body"].endswith(".")

    def test_both_languages_fill_the_same_gaps(self) -> None:
        gaps = ("left", "factor", "device", "ip", "name", "count", "since", "not_you")
        for words in _WORDS.values():
            turkish, english = (
                {gap for gap in gaps if f"{{{gap}}}" in said.title + said.text}
                for said in (words["tr"], words["en"])
            )
            assert turkish == english


class TestWrongTries:
    @pytest.mark.usefixtures("unlimited")
    def test_are_told_at_the_next_sign_in(
        self, client: FlaskClient, app: Flask, person: SignedUp
    ) -> None:
        began = clock.now()
        for _ in range(5):
            assert log_in(app, person, "yanlış bir parola")[1] == 401
        assert shown(client) == []
        browser, status = log_in(app, person)
        assert status == 200
        told = shown(browser)[-1]
        assert told["title"] == "There were 5 wrong tries before your sign-in"
        # Seen on the clock of its reader, who is in UTC here.
        assert f"{began:%d %b %Y, %H}" in told["body"]
        assert "If those were not yours" in told["body"]

    @pytest.mark.usefixtures("unlimited")
    def test_four_are_fingers_and_none_is_told_twice(
        self, client: FlaskClient, app: Flask, person: SignedUp
    ) -> None:
        for _ in range(4):
            log_in(app, person, "yanlış bir parola")
        log_in(app, person)
        for _ in range(4):
            log_in(app, person, "yanlış bir parola")
        log_in(app, person)
        log_in(app, person)
        assert [told for told in shown(client) if "wrong tries" in told["title"]] == []

    @pytest.mark.usefixtures("unlimited")
    def test_wrong_codes_count_as_well(
        self, client: FlaskClient, app: Flask, person: SignedUp
    ) -> None:
        """There somebody knew the password."""
        secret = client.post("/api/auth/totp").get_json()["secret"]
        code = pyotp.TOTP(secret).at(clock.now())
        client.post("/api/auth/totp/confirm", json={"code": code})
        browser, status = log_in(app, person)
        assert status == 202
        wrong = f"{(int(code) + 1) % 1_000_000:06}"
        for _ in range(6):
            answer = browser.post("/api/auth/login/second-factor", json={"code": wrong})
            assert answer.status_code == 403, answer.text
        found = refused_tries.find(person.user_id)
        assert found is not None
        assert found.count == 6

    @pytest.mark.usefixtures("unlimited")
    def test_of_an_address_that_nobody_has_are_counted_in_one_place(self, app: Flask) -> None:
        """As much work as for one that somebody has, and no room that strangers could fill."""
        before = set(refused_tries.redis.scan_iter("refused-tries:*"))
        for number in range(3):
            body = {"email": f"yok{number}@example.test", "password": "yanlış bir parola"}
            assert as_browser(app).post("/api/auth/login", json=body).status_code == 401
        after = set(refused_tries.redis.scan_iter("refused-tries:*"))
        assert after - before <= {"refused-tries:nobody"}
        assert "refused-tries:nobody" in after
