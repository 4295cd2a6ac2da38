"""The linking rules: who gets into which account, and who never does."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.auth.oauth.trip import (
    Person,
    arrive,
    consent,
    identities,
    landing,
    link,
    misbehave,
    sign_in,
    who,
)
from tests.factories.auth import PASSWORD, SignedUp, as_browser, sign_up
from ultra.auth.oauth.models import Identity
from ultra.auth.sessions.models import SignInSession
from ultra.auth.users.models import User
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.redis import redis
from ultra.sandbox.oauth.misbehaviours import How

OWNER = "ayse@example.com"
SAME = Person(OWNER, "Ayşe Yılmaz")
OTHER = Person("ayse.private@example.com", "Ayşe Y.")


@pytest.fixture
def owner(client: FlaskClient) -> SignedUp:
    """Somebody with a password and a verified address, signed in at `client`."""
    person = sign_up(client, email=OWNER)
    verify(person)
    return person


def verify(person: SignedUp) -> None:
    with transaction() as session:
        session.execute(
            update(User).where(User.id == person.user_id).values(email_verified_at=func.now())
        )


def wait(person: SignedUp, minutes: int = 11) -> None:
    """Let the last proof of who they are grow old."""
    with transaction() as session:
        session.execute(
            update(SignInSession)
            .where(SignInSession.user_id == person.user_id)
            .values(authenticated_at=func.now() - timedelta(minutes=minutes))
        )


def enter_password(client: FlaskClient, email: str = OWNER) -> None:
    answer = client.post("/api/auth/login", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text


class TestLinkingByOneself:
    """(a) Whoever is signed in links, after having proved recently who they are."""

    def test_opens_a_second_way_in(
        self, client: FlaskClient, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        found = link(client, "github", OTHER)
        assert (found.path, found.query) == ("/settings/security", {"linked": "github"})
        assert [each["email"] for each in identities(client)] == [OTHER.email]
        assert sign_in(other_browser, "github", OTHER).path == "/dashboard"
        same = who(other_browser)
        assert same
        assert same["id"] == owner.user["id"]

    def test_asks_for_a_recent_proof(
        self, client: FlaskClient, owner: SignedUp, app: Flask
    ) -> None:
        link(client, "github", OTHER)
        wait(owner)
        late = as_browser(app)
        enter_password(late)
        wait(owner)
        # Without the session's record the time is read from the table.
        redis.flushdb()
        for answer in (
            late.post("/api/auth/identities/google/link"),
            late.delete(f"/api/auth/identities/{new_id()}"),
            late.post("/api/auth/identities/confirm"),
        ):
            assert answer.status_code == 403
            assert answer.get_json()["code"] == "step_up_needed"

    def test_of_what_belongs_to_somebody_else_is_refused(
        self, client: FlaskClient, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        sign_in(other_browser, "google", OTHER)
        found = link(client, "google", OTHER)
        assert (found.path, found.error) == ("/settings/security", "identity_taken")
        assert identities(client) == []

    def test_twice_changes_nothing(self, client: FlaskClient, owner: SignedUp) -> None:
        for _ in range(2):
            assert link(client, "google", OTHER).query == {"linked": "google"}
        assert len(identities(client)) == 1

    def test_ends_with_the_session(self, client: FlaskClient, owner: SignedUp) -> None:
        url = client.post("/api/auth/identities/google/link").get_json()["url"]
        client.post("/api/auth/logout")
        assert landing(arrive(client, consent(url, OTHER))).error == "session_ended"
        with read_only() as session:
            assert session.scalars(select(Identity)).all() == []

    def test_cannot_be_finished_in_another_browser(
        self, client: FlaskClient, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        """Else a link sent to a victim would tie the attacker's identity to their account."""
        url = client.post("/api/auth/identities/google/link").get_json()["url"]
        assert landing(arrive(other_browser, consent(url, OTHER))).error == "sign_in_expired"

    def test_signs_nobody_in(self, client: FlaskClient, owner: SignedUp) -> None:
        before = client.get("/api/auth/me").get_json()["session_id"]
        link(client, "google", OTHER)
        assert client.get("/api/auth/me").get_json()["session_id"] == before

    def test_by_nobody_or_an_unknown_provider_is_refused(self, client: FlaskClient) -> None:
        assert client.post("/api/auth/identities/google/link").status_code == 401
        sign_up(client)
        assert client.post("/api/auth/identities/facebook/link").status_code in {404, 422}

    def test_from_an_unverified_account_needs_its_own_address(
        self, client: FlaskClient, stores: None
    ) -> None:
        """Whoever opened an account with a stranger's address keeps no way into it."""
        sign_up(client, email=OWNER)
        assert link(client, "github", OTHER).error == "own_email_unverified"
        assert link(client, "github", SAME).query == {"linked": "github"}
        user = who(client)
        assert user
        assert user["is_email_verified"]


class TestAddressOfAnAccount:
    """(c) An address that belongs to an account never leads into it, only to a question."""

    def test_leads_to_the_login_page(self, owner: SignedUp, other_browser: FlaskClient) -> None:
        found = sign_in(other_browser, "google", SAME, next_path="/videos")
        assert (found.path, found.query) == ("/login", {"link": "google", "next": "/videos"})
        assert who(other_browser) is None
        with read_only() as session:
            assert session.scalars(select(Identity)).all() == []

    def test_also_before_anybody_was_in_it(
        self, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        """Whoever has followed the link in the mail is no squatter."""
        with transaction() as session:
            session.execute(SignInSession.__table__.delete())
        assert sign_in(other_browser, "google", SAME).query["link"] == "google"

    def test_is_linked_after_the_password(
        self, owner: SignedUp, other_browser: FlaskClient, app: Flask
    ) -> None:
        sign_in(other_browser, "google", SAME)
        enter_password(other_browser)
        answer = other_browser.post("/api/auth/identities/confirm")
        assert answer.status_code == 200, answer.text
        assert answer.get_json()["provider"] == "google"
        third = as_browser(app)
        assert sign_in(third, "google", SAME).path == "/dashboard"

    def test_is_linked_after_the_other_provider(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        """Who has no password comes in by the account at which theirs was opened."""
        sign_in(client, "google", SAME)
        assert sign_in(other_browser, "github", SAME).query["link"] == "github"
        assert sign_in(other_browser, "google", SAME).path == "/dashboard"
        assert {each["provider"] for each in identities(other_browser)} == {"github", "google"}

    def test_is_not_linked_after_another_persons_sign_in(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        sign_in(client, "google", SAME)
        sign_in(other_browser, "github", SAME)
        assert sign_in(other_browser, "google", OTHER).path == "/dashboard"
        assert [each["provider"] for each in identities(other_browser)] == ["google"]

    def test_is_linked_once(self, owner: SignedUp, other_browser: FlaskClient) -> None:
        sign_in(other_browser, "google", SAME)
        enter_password(other_browser)
        assert other_browser.post("/api/auth/identities/confirm").status_code == 200
        again = other_browser.post("/api/auth/identities/confirm")
        assert (again.status_code, again.get_json()["code"]) == (403, "sign_in_expired")

    def test_is_not_linked_to_somebody_else(
        self, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        sign_in(other_browser, "google", SAME)
        sign_up(other_browser, email="thief@example.com")
        answer = other_browser.post("/api/auth/identities/confirm")
        assert answer.get_json()["code"] == "link_not_yours"
        assert identities(other_browser) == []

    def test_is_not_linked_when_somebody_else_has_it_by_then(
        self, owner: SignedUp, other_browser: FlaskClient, app: Flask
    ) -> None:
        """The walls hide the other one's row, and still it counts."""
        sign_in(other_browser, "google", SAME)
        enter_password(other_browser)
        third = as_browser(app)
        sign_in(third, "github", OTHER)
        subject = _only_subject()
        with transaction() as session:
            session.execute(update(Identity).values(provider="google", subject=subject))
        answer = other_browser.post("/api/auth/identities/confirm")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "identity_taken")
        assert identities(other_browser) == []

    def test_is_not_linked_in_another_browser(
        self, client: FlaskClient, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        sign_in(other_browser, "google", SAME)
        answer = client.post("/api/auth/identities/confirm")
        assert answer.get_json()["code"] == "sign_in_expired"

    def test_a_code_of_one_kind_is_none_of_the_other(
        self, client: FlaskClient, owner: SignedUp
    ) -> None:
        """What waits for the provider cannot be confirmed, and the other way round."""
        client.get("/api/auth/oauth/google")
        answer = client.post("/api/auth/identities/confirm")
        assert answer.get_json()["code"] == "sign_in_expired"

    @pytest.mark.parametrize("email", ["AYSE@example.com", "Ayse@EXAMPLE.com"])
    def test_however_it_is_written(
        self, email: str, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        assert sign_in(other_browser, "google", Person(email)).query["link"] == "google"


def _only_subject() -> str:
    """The one identity that waits to be linked."""
    (key,) = redis.keys("auth:oauth:waitinglink:*")
    found: str = json.loads(str(redis.get(key)))["profile"]["subject"]
    return found


class TestSquatter:
    """(d) Somebody opened an account with a stranger's address, and then the stranger comes."""

    def test_who_was_never_in_loses_it(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        squatter = sign_up(client, email=OWNER, name="Squatter")
        client.post("/api/auth/logout")
        with transaction() as session:
            # As after a registration that waits for the link in the mail.
            session.execute(SignInSession.__table__.delete())
        assert sign_in(other_browser, "google", SAME).path == "/dashboard"
        user = who(other_browser)
        assert user
        assert user["id"] == squatter.user["id"]
        assert (user["name"], user["is_email_verified"]) == ("Ayşe Yılmaz", True)
        answer = client.post("/api/auth/login", json={"email": OWNER, "password": PASSWORD})
        assert answer.status_code == 401

    def test_letters_that_were_sent_before_are_void(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        sign_up(client, email=OWNER)
        with transaction() as session:
            before = session.scalar(select(User.credential_epoch))
            session.execute(SignInSession.__table__.delete())
        sign_in(other_browser, "google", SAME)
        with read_only() as session:
            after = session.scalar(select(User.credential_epoch))
        assert before is not None
        assert after is not None
        assert after > before

    def test_who_was_in_keeps_it_and_the_stranger_stays_out(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        """They may be one and the same, with videos in it: the password tells."""
        sign_up(client, email=OWNER)
        assert sign_in(other_browser, "google", SAME).query["link"] == "google"
        assert who(other_browser) is None
        assert who(client)

    def test_an_old_account_of_which_nothing_is_remembered_is_not_handed_over(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        sign_up(client, email=OWNER)
        with transaction() as session:
            session.execute(SignInSession.__table__.delete())
            session.execute(update(User).values(created_at=func.now() - timedelta(days=8)))
        assert sign_in(other_browser, "google", SAME).query["link"] == "google"

    def test_after_the_password_the_address_counts_as_verified(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        sign_up(client, email=OWNER)
        sign_in(other_browser, "google", SAME)
        enter_password(other_browser)
        assert other_browser.post("/api/auth/identities/confirm").status_code == 200
        user = who(other_browser)
        assert user
        assert user["is_email_verified"]


@pytest.mark.parametrize("provider", ["google", "github"])
class TestUnverifiedAddress:
    """(e) An address that the provider has not verified opens and links nothing."""

    def test_opens_no_account(self, provider: str, client: FlaskClient) -> None:
        found = sign_in(client, provider, Person("can@example.com", "Can", is_verified=False))
        assert (found.path, found.error) == ("/login", "provider_email_unverified")
        with read_only() as session:
            assert session.scalar(select(func.count()).select_from(User)) == 0

    def test_links_nothing(self, provider: str, client: FlaskClient, owner: SignedUp) -> None:
        for email in (OWNER, "can@example.com"):
            found = link(client, provider, Person(email, "Can", is_verified=False))
            assert found.error == "provider_email_unverified"
        assert identities(client) == []

    @pytest.mark.parametrize(
        "how",
        [
            How.EMAIL_UNVERIFIED,
            How.EMAIL_VERIFIED_ABSENT,
            How.EMAIL_VERIFIED_TEXT,
            How.EMAIL_MISSING,
        ],
    )
    def test_only_a_plain_true_counts(self, how: How, provider: str, client: FlaskClient) -> None:
        misbehave(provider, how)
        assert sign_in(client, provider).error == "provider_email_unverified"

    def test_does_not_lock_out_whoever_is_known_already(
        self, provider: str, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        sign_in(client, provider)
        misbehave(provider, How.EMAIL_UNVERIFIED)
        assert sign_in(other_browser, provider).path == "/dashboard"


class TestUnlinking:
    """(f) The last way in stays."""

    def test_the_only_way_in_is_refused(self, client: FlaskClient) -> None:
        sign_in(client)
        (identity,) = identities(client)
        answer = client.delete(f"/api/auth/identities/{identity['id']}")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "last_way_in")
        assert len(identities(client)) == 1

    def test_with_a_password_it_goes(
        self, client: FlaskClient, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        link(client, "google", OTHER)
        (identity,) = identities(client)
        assert client.delete(f"/api/auth/identities/{identity['id']}").status_code == 204
        assert identities(client) == []
        sign_in(other_browser, "google", OTHER)
        stranger = who(other_browser)
        assert stranger
        assert stranger["id"] != owner.user["id"]

    def test_with_a_second_identity_it_goes(self, client: FlaskClient) -> None:
        sign_in(client, "google")
        link(client, "github", OTHER)
        first, second = identities(client)
        assert client.delete(f"/api/auth/identities/{first['id']}").status_code == 204
        assert client.delete(f"/api/auth/identities/{second['id']}").status_code == 409

    def test_of_somebody_else_is_not_found(
        self, client: FlaskClient, owner: SignedUp, other_browser: FlaskClient
    ) -> None:
        link(client, "google", OTHER)
        sign_in(other_browser, "google", Person("stranger@example.com"))
        (identity,) = identities(client)
        answer = other_browser.delete(f"/api/auth/identities/{identity['id']}")
        assert answer.status_code == 404
        assert len(identities(client)) == 1
