"""Passkeys: made, used alone, as the second step and as a proof in between, refused, removed."""

import threading
from contextlib import suppress
from uuid import UUID

import cbor2
import pytest
import structlog
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from tests.auth.factors.authenticator import Authenticator, decode, encode
from tests.auth.factors.people import (
    add_passkey,
    begin_login,
    finish,
    let_time_pass_since_sign_in,
    outcome,
    turn_on_totp,
)
from tests.factories.auth import as_browser, sign_up
from ultra.auth.factors import passkeys
from ultra.auth.factors import service as factors
from ultra.auth.factors.errors import LastWayIn, PasskeyNotUsable, PasskeyRefused
from ultra.auth.factors.models import Passkey
from ultra.auth.factors.schemas import NewPasskeyCredential, PasskeyAssertion
from ultra.auth.sessions.models import SignInSession
from ultra.auth.users.models import User
from ultra.kit.db import read_only, transaction
from ultra.settings import settings

REFUSED = (403, "passkey_refused")


def options_of(browser, path="/api/auth/passkeys/login/options"):
    answer = browser.post(path)
    assert answer.status_code == 200, answer.text
    return answer.get_json()["options"]


def log_in(browser, credential):
    return browser.post("/api/auth/passkeys/login", json={"credential": credential})


def forget_password(person):
    """As for somebody who only ever came by passkey."""
    with transaction() as session:
        session.execute(update(User).where(User.id == person.user_id).values(password_hash=None))


def only_row():
    with read_only() as session:
        return session.scalars(select(Passkey)).one()


@pytest.mark.parametrize(
    ("address", "are_possible"),
    [
        ("https://studio.example.com", True),
        ("http://localhost:3001", True),
        ("http://ultra.localhost:3001", True),
        ("http://studio.local", False),
        ("http://192.168.1.20:3001", False),
        ("https://192.168.1.20", False),
        ("https://[2001:db8::1]", False),
    ],
)
def test_are_offered_where_browsers_have_them(monkeypatch, client, address, are_possible):
    monkeypatch.setattr(settings, "public_url", address)
    assert client.get("/api/auth/settings").get_json()["passkeys"] is are_possible


class TestAdding:
    def test_asks_for_a_key_that_knows_its_person(self, client):
        person = sign_up(client)
        options = options_of(client, "/api/auth/passkeys/options")
        assert options["rp"] == {"name": "Ultrarslanoğlu", "id": "localhost"}
        assert options["user"]["id"] == encode(person.user_id.bytes)
        assert options["user"]["name"] == person.user["email"]
        assert len(decode(options["challenge"])) == 32
        assert options["attestation"] == "none"
        assert options["authenticatorSelection"] == {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        }

    def test_the_first_factor_brings_recovery_codes(self, client):
        sign_up(client)
        _, first = add_passkey(client, "Telefon")
        _, second = add_passkey(client, "Anahtarlık")
        assert len(first["recovery_codes"]) == 10
        assert second["recovery_codes"] == []
        names = [item["name"] for item in client.get("/api/auth/passkeys").get_json()["items"]]
        assert names == ["Telefon", "Anahtarlık"]
        found = client.get("/api/auth/factors").get_json()
        assert [each["name"] for each in found["passkeys"]] == names
        assert found["recovery_codes_left"] == 10

    def test_keeps_what_is_needed_later(self, client):
        person = sign_up(client)
        device, _ = add_passkey(client, is_synchronised=True)
        row = only_row()
        assert (row.user_id, row.credential_id) == (person.user_id, device.credential_id)
        assert (row.is_backup_eligible, row.is_backed_up) == (True, True)
        assert row.aaguid == UUID(int=0)
        assert row.transports == ["hybrid", "internal"]

    def test_known_keys_are_not_offered_again(self, client):
        sign_up(client)
        device, _ = add_passkey(client)
        options = options_of(client, "/api/auth/passkeys/options")
        assert [each["id"] for each in options["excludeCredentials"]] == [
            encode(device.credential_id)
        ]
        body = {"name": "Yine", "credential": device.create(options)}
        assert outcome(client.post("/api/auth/passkeys", json=body)) == (409, "passkey_known")

    def test_a_challenge_counts_once(self, client):
        sign_up(client)
        device = Authenticator(settings.website_url)
        body = {
            "name": "A",
            "credential": device.create(options_of(client, "/api/auth/passkeys/options")),
        }
        assert client.post("/api/auth/passkeys", json=body).status_code == 201
        assert outcome(client.post("/api/auth/passkeys", json=body)) == REFUSED

    def test_a_challenge_belongs_to_its_session(self, client, app):
        sign_up(client)
        stranger = as_browser(app)
        sign_up(stranger)
        device = Authenticator(settings.website_url)
        body = {
            "name": "A",
            "credential": device.create(options_of(client, "/api/auth/passkeys/options")),
        }
        assert outcome(stranger.post("/api/auth/passkeys", json=body)) == REFUSED

    def test_a_challenge_for_signing_in_makes_no_passkey(self, client):
        sign_up(client)
        challenge = options_of(client)["challenge"]
        options = {**options_of(client, "/api/auth/passkeys/options"), "challenge": challenge}
        body = {"name": "A", "credential": Authenticator(settings.website_url).create(options)}
        assert outcome(client.post("/api/auth/passkeys", json=body)) == REFUSED

    @pytest.mark.parametrize(
        ("kind", "code"),
        [
            ({"origin": "http://localhost:9"}, "passkey_not_usable"),
            ({"origin": "https://evil.example"}, "passkey_not_usable"),
            ({"is_person_verified": False}, "passkey_not_usable"),
            ({"is_framed": True}, "passkey_refused"),
        ],
    )
    def test_refuses_what_does_not_come_from_our_page_and_its_person(self, client, kind, code):
        sign_up(client)
        device = Authenticator(**{"origin": settings.website_url, **kind})
        body = {
            "name": "A",
            "credential": device.create(options_of(client, "/api/auth/passkeys/options")),
        }
        assert client.post("/api/auth/passkeys", json=body).get_json()["code"] == code
        assert client.get("/api/auth/passkeys").get_json()["items"] == []

    def test_refuses_a_key_for_another_site(self, client):
        sign_up(client)
        options = options_of(client, "/api/auth/passkeys/options")
        options["rp"]["id"] = "evil.example"
        body = {"name": "A", "credential": Authenticator(settings.website_url).create(options)}
        answer = client.post("/api/auth/passkeys", json=body)
        assert outcome(answer) == (422, "passkey_not_usable")

    def test_a_point_beside_the_curve_is_no_key(self, client):
        sign_up(client)
        device = Authenticator(settings.website_url)
        credential = device.create(options_of(client, "/api/auth/passkeys/options"))
        attestation = cbor2.loads(decode(credential["response"]["attestationObject"]))
        point = device.key.public_key().public_numbers().y.to_bytes(32, "big")
        attestation["authData"] = attestation["authData"].replace(point, bytes(31) + b"\x01")
        credential["response"]["attestationObject"] = encode(cbor2.dumps(attestation))
        body = {"name": "A", "credential": credential}
        answer = client.post("/api/auth/passkeys", json=body)
        assert outcome(answer) == (422, "passkey_not_usable")

    def test_stops_at_twenty(self, client):
        sign_up(client)
        for number in range(factors.MOST_PASSKEYS):
            add_passkey(client, str(number))
        options = options_of(client, "/api/auth/passkeys/options")
        body = {"name": "21", "credential": Authenticator(settings.website_url).create(options)}
        assert outcome(client.post("/api/auth/passkeys", json=body)) == (409, "too_many_passkeys")

    def test_can_be_renamed_by_its_owner_alone(self, client, app):
        sign_up(client)
        _, added = add_passkey(client)
        path = f"/api/auth/passkeys/{added['passkey']['id']}"
        assert client.patch(path, json={"name": "Yeni ad"}).get_json()["name"] == "Yeni ad"
        stranger = as_browser(app)
        sign_up(stranger)
        assert stranger.patch(path, json={"name": "Ele geçti"}).status_code == 404
        assert stranger.delete(path).status_code == 404
        assert only_row().name == "Yeni ad"


class TestSigningInWithIt:
    def test_needs_neither_name_nor_password_nor_second_step(self, client, app, clock):
        person = sign_up(client)
        device, _ = add_passkey(client)
        turn_on_totp(client, clock)
        browser = as_browser(app)
        options = options_of(browser)
        assert options["allowCredentials"] == []
        assert options["userVerification"] == "required"
        answer = log_in(browser, device.get(options))
        assert answer.status_code == 200
        assert answer.get_json()["user"] == person.user
        session_id = browser.get("/api/auth/me").get_json()["session_id"]
        with read_only() as session:
            methods = session.scalar(
                select(SignInSession.methods).where(SignInSession.id == session_id)
            )
        assert methods == ["passkey"]
        assert browser.get("/api/auth/passkeys").get_json()["items"][0]["last_used_at"]

    def test_works_in_several_tabs_of_one_browser(self, client, app):
        sign_up(client)
        device, _ = add_passkey(client)
        browser = as_browser(app)
        first, second = options_of(browser), options_of(browser)
        assert log_in(browser, device.get(first)).status_code == 200
        assert log_in(browser, device.get(second)).status_code == 200

    def test_an_answer_counts_once(self, client, app):
        sign_up(client)
        device, _ = add_passkey(client)
        browser = as_browser(app)
        credential = device.get(options_of(browser))
        assert log_in(browser, credential).status_code == 200
        assert outcome(log_in(browser, credential)) == REFUSED

    def test_of_two_with_one_answer_at_the_same_moment_one_comes_in(self, client, app):
        sign_up(client)
        device, _ = add_passkey(client)
        first = as_browser(app)
        credential = device.get(options_of(first))
        cookie = first.get_cookie(f"{settings.cookie_prefix}_passkey").value
        second = as_browser(app)
        second.set_cookie(f"{settings.cookie_prefix}_passkey", cookie)
        start, statuses = threading.Barrier(2), []

        def enter(browser):
            start.wait(10)
            statuses.append(log_in(browser, credential).status_code)

        threads = [threading.Thread(target=enter, args=(each,)) for each in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(statuses) == [200, 403]

    def test_the_challenge_of_another_browser_does_not_count(self, client, app):
        sign_up(client)
        device, _ = add_passkey(client)
        victim, thief = as_browser(app), as_browser(app)
        credential = device.get(options_of(victim))
        assert outcome(log_in(thief, credential)) == REFUSED
        options_of(thief)
        assert outcome(log_in(thief, credential)) == REFUSED

    @pytest.mark.parametrize(
        "kind",
        [
            {"origin": "https://evil.example"},
            {"is_person_verified": False},
            {"is_framed": True},
        ],
    )
    def test_refuses_another_page_and_an_absent_person(self, client, app, kind):
        sign_up(client)
        device, _ = add_passkey(client)
        for name, value in kind.items():
            setattr(device, name, value)
        browser = as_browser(app)
        assert outcome(log_in(browser, device.get(options_of(browser)))) == REFUSED

    def test_refuses_another_site_and_another_signature(self, client, app):
        sign_up(client)
        device, _ = add_passkey(client)
        browser = as_browser(app)
        elsewhere = device.get({**options_of(browser), "rpId": "evil.example"})
        assert outcome(log_in(browser, elsewhere)) == REFUSED
        forger = Authenticator(
            settings.website_url,
            credential_id=device.credential_id,
            user_handle=device.user_handle,
        )
        assert outcome(log_in(browser, forger.get(options_of(browser)))) == REFUSED

    def test_the_key_must_name_its_person(self, client, app):
        sign_up(client)
        device, _ = add_passkey(client)
        other = sign_up(as_browser(app))
        browser = as_browser(app)
        for handle in (other.user_id.bytes, b"\x00"):
            credential = device.get(options_of(browser), userHandle=encode(handle))
            assert outcome(log_in(browser, credential)) == REFUSED
        nameless = device.get(options_of(browser))
        del nameless["response"]["userHandle"]
        assert outcome(log_in(browser, nameless)) == REFUSED

    def test_an_unknown_key_is_refused_like_any_other(self, client, app):
        browser = as_browser(app)
        unknown = Authenticator(settings.website_url, user_handle=bytes(16))
        assert outcome(log_in(browser, unknown.get(options_of(browser)))) == REFUSED
        assert outcome(log_in(as_browser(app), unknown.get(options_of(browser)))) == REFUSED

    def test_a_disabled_person_stays_out(self, client, app):
        person = sign_up(client)
        device, _ = add_passkey(client)
        with transaction() as session:
            session.execute(
                update(User).where(User.id == person.user_id).values(disabled_at=User.created_at)
            )
        browser = as_browser(app)
        answer = log_in(browser, device.get(options_of(browser)))
        assert answer.status_code in (401, 403)
        assert browser.get("/api/auth/me").status_code == 401


class TestCount:
    def test_one_that_goes_backwards_warns_and_lets_in(self, client, app):
        sign_up(client)
        device, _ = add_passkey(client, count=7)
        assert only_row().sign_count == 7
        device.count = 2
        before = factors.COUNT_REGRESSIONS._value.get()
        browser = as_browser(app)
        with structlog.testing.capture_logs() as lines:
            assert log_in(browser, device.get(options_of(browser))).status_code == 200
        assert factors.COUNT_REGRESSIONS._value.get() == before + 1
        told = [line for line in lines if line["event"] == "passkey.count_regressed"]
        assert [(line["log_level"], line["known"], line["given"]) for line in told] == [
            ("warning", 7, 3)
        ]
        assert only_row().sign_count == 7

    def test_one_that_goes_on_and_one_that_stays_zero_are_fine(self, client, app):
        before = factors.COUNT_REGRESSIONS._value.get()
        for is_synchronised in (False, True):
            sign_up(client)
            device, _ = add_passkey(client, is_synchronised=is_synchronised)
            for _ in range(2):
                browser = as_browser(app)
                assert log_in(browser, device.get(options_of(browser))).status_code == 200
        assert factors.COUNT_REGRESSIONS._value.get() == before


class TestSecondStep:
    PATH = "/api/auth/login/second-factor/options"

    def test_takes_one_of_the_person_s_own(self, client, app):
        person = sign_up(client)
        device, _ = add_passkey(client)
        browser = begin_login(app, person)
        assert browser.get("/api/auth/login/second-factor").get_json() == {
            "ways": ["passkey", "recovery"]
        }
        options = options_of(browser, self.PATH)
        assert [each["id"] for each in options["allowCredentials"]] == [
            encode(device.credential_id)
        ]
        assert finish(browser, passkey=device.get(options)).status_code == 200
        assert browser.get("/api/auth/me").status_code == 200

    def test_the_key_need_not_name_its_person(self, client, app):
        person = sign_up(client)
        device, _ = add_passkey(client)
        browser = begin_login(app, person)
        credential = device.get(options_of(browser, self.PATH))
        del credential["response"]["userHandle"]
        assert finish(browser, passkey=credential).status_code == 200

    def test_refuses_somebody_else_s(self, client, app):
        person = sign_up(client)
        add_passkey(client)
        stranger = as_browser(app)
        sign_up(stranger)
        foreign, _ = add_passkey(stranger)
        browser = begin_login(app, person)
        credential = foreign.get(options_of(browser, self.PATH))
        assert outcome(finish(browser, passkey=credential)) == REFUSED

    def test_refuses_a_challenge_given_for_signing_in_alone(self, client, app):
        person = sign_up(client)
        device, _ = add_passkey(client)
        browser = begin_login(app, person)
        assert outcome(finish(browser, passkey=device.get(options_of(browser)))) == REFUSED

    def test_is_not_asked_for_by_whoever_has_none(self, client, app, clock):
        person = sign_up(client)
        turn_on_totp(client, clock)
        browser = begin_login(app, person)
        assert outcome(browser.post(self.PATH)) == REFUSED


class TestStepUp:
    def test_proves_who_one_is_again(self, client):
        sign_up(client)
        device, _ = add_passkey(client)
        let_time_pass_since_sign_in()
        assert outcome(client.post("/api/auth/passkeys/options")) == (403, "step_up_needed")
        options = options_of(client, "/api/auth/step-up/options")
        body = {"passkey": device.get(options)}
        assert client.post("/api/auth/step-up", json=body).status_code == 204
        assert client.post("/api/auth/passkeys/options").status_code == 200
        assert outcome(client.post("/api/auth/step-up", json=body)) == REFUSED

    def test_takes_nobody_else_s_key(self, client, app):
        sign_up(client)
        add_passkey(client)
        stranger = as_browser(app)
        sign_up(stranger)
        foreign, _ = add_passkey(stranger)
        body = {"passkey": foreign.get(options_of(client, "/api/auth/step-up/options"))}
        assert outcome(client.post("/api/auth/step-up", json=body)) == REFUSED


class TestRemoving:
    def test_one_that_was_removed_is_refused(self, client, app):
        person = sign_up(client)
        device, added = add_passkey(client)
        waiting = as_browser(app)
        options = options_of(waiting)
        path = f"/api/auth/passkeys/{added['passkey']['id']}"
        assert client.delete(path).status_code == 204
        assert outcome(log_in(waiting, device.get(options))) == REFUSED
        assert client.delete(path).status_code == 404
        assert client.get("/api/auth/factors").get_json()["recovery_codes_left"] == 0
        credentials = {"email": person.user["email"], "password": person.password}
        assert as_browser(app).post("/api/auth/login", json=credentials).status_code == 200

    def test_the_last_way_in_stays(self, client):
        person = sign_up(client)
        _, first = add_passkey(client)
        _, second = add_passkey(client)
        forget_password(person)
        assert client.get("/api/auth/factors").get_json()["has_password"] is False
        assert client.delete(f"/api/auth/passkeys/{first['passkey']['id']}").status_code == 204
        answer = client.delete(f"/api/auth/passkeys/{second['passkey']['id']}")
        assert outcome(answer) == (409, "last_way_in")
        assert len(client.get("/api/auth/passkeys").get_json()["items"]) == 1

    def test_of_the_last_two_removed_at_the_same_moment_one_stays(self, client):
        person = sign_up(client)
        ids = [UUID(add_passkey(client)[1]["passkey"]["id"]) for _ in range(2)]
        forget_password(person)
        start, results = threading.Barrier(2), []

        def remove(passkey_id):
            start.wait(10)
            try:
                with transaction() as session:
                    factors.remove_passkey(session, person.user_id, passkey_id)
                results.append("removed")
            except LastWayIn:
                results.append("kept")

        threads = [threading.Thread(target=remove, args=(each,)) for each in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(results) == ["kept", "removed"]


class TestNonsense:
    """Whatever somebody sends is refused, never a fault."""

    def test_each_missing_part_is_named(self, client, app):
        browser = as_browser(app)
        options_of(browser)
        answer = log_in(browser, {"id": "a", "rawId": "a", "type": "public-key", "response": {}})
        fields = {each["field"] for each in answer.get_json()["errors"]}
        assert answer.status_code == 422
        assert "credential.response.clientDataJSON" in fields

    @pytest.mark.parametrize(
        "client_data",
        [
            b"",
            b"\xff\xfe",
            b"null",
            b"[" * 10_000,
            b'{"type": 1, "challenge": [], "origin": {}}',
            b'{"type": "webauthn.get", "challenge": "\xc3\xa9", "origin": "x"}',
        ],
    )
    def test_client_data_that_is_none(self, client, app, client_data):
        browser = as_browser(app)
        options_of(browser)
        unknown = Authenticator(settings.website_url, user_handle=bytes(16))
        credential = unknown.get(options_of(browser), clientDataJSON=encode(client_data) or "A")
        assert outcome(log_in(browser, credential)) == REFUSED

    @hypothesis_settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(st.data())
    def test_changed_bytes_of_a_good_answer(self, data):
        device = Authenticator(settings.website_url)
        challenge = b"c" * 32
        site = {"id": "localhost"}
        made = device.create({"user": {"id": "AAAA"}, "rp": site, "challenge": encode(challenge)})
        used = device.get({"rpId": "localhost", "challenge": encode(challenge)})
        good = passkeys.verify_registration(NewPasskeyCredential.model_validate(made), challenge)
        passkey = Passkey(public_key=good.credential_public_key)
        for credential, field in ((made, "attestationObject"), (used, "authenticatorData")):
            plain = bytearray(decode(credential["response"][field]))
            place = data.draw(st.integers(0, len(plain) - 1))
            cut = data.draw(st.integers(0, 3))
            plain[place] ^= data.draw(st.integers(1, 255))
            credential["response"][field] = encode(bytes(plain[: len(plain) - cut]))
        # Not everything is signed there: a changed id of the make, for one, is no fault.
        with suppress(PasskeyNotUsable):
            passkeys.verify_registration(NewPasskeyCredential.model_validate(made), challenge)
        with pytest.raises(PasskeyRefused):
            passkeys.verify_assertion(PasskeyAssertion.model_validate(used), challenge, passkey)
