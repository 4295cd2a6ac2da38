"""Authenticator apps: turning them on, signing in with them, each code once."""

import threading
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from tests.auth.factors.people import (
    begin_login,
    code_of,
    finish,
    let_time_pass_since_sign_in,
    outcome,
    turn_on_totp,
)
from tests.factories.auth import as_browser, sign_up
from ultra.auth.factors import service as factors
from ultra.auth.factors import totp
from ultra.auth.factors.errors import WrongCode
from ultra.auth.factors.models import TOTP_SECRET, RecoveryCode, TotpSecret
from ultra.auth.sessions.models import SignInSession
from ultra.kit import limits
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import TooMany
from ultra.kit.vault import SecretLost


def methods_of(browser):
    session_id = browser.get("/api/auth/me").get_json()["session_id"]
    with read_only() as session:
        return session.scalar(select(SignInSession.methods).where(SignInSession.id == session_id))


class TestCodes:
    def test_are_those_of_the_standard(self, monkeypatch):
        """The first row of RFC 6238, appendix B, shortened to six digits."""
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        monkeypatch.setattr(totp, "now", lambda: datetime.fromtimestamp(59, UTC))
        assert totp.matching_step(secret, "287082") == 1

    def test_of_the_neighbouring_half_minutes_do_not_count(self, clock):
        secret = totp.new_secret()
        code = code_of(secret, clock)
        assert totp.matching_step(secret, code) is not None
        for seconds in (30, -60):
            clock.forward(seconds)
            assert totp.matching_step(secret, code) is None

    def test_secrets_open_only_for_their_own_person(self, client):
        mine, other = (
            TotpSecret(user_id=sign_up(client).user_id),
            TotpSecret(user_id=sign_up(client).user_id),
        )
        with transaction() as session:
            TOTP_SECRET.write(session, mine, SecretStr("GEZDGNBVGY3TQOJQ"))
            assert TOTP_SECRET.read(session, mine).get_secret_value() == "GEZDGNBVGY3TQOJQ"
            other.sealed_secret = mine.sealed_secret
            with pytest.raises(SecretLost):
                TOTP_SECRET.read(session, other)


class TestTurningOn:
    def test_gives_what_the_app_needs_and_ten_recovery_codes(self, client, clock):
        person = sign_up(client)
        answer = client.post("/api/auth/totp")
        secret, uri = answer.get_json()["secret"], urlsplit(answer.get_json()["uri"])
        assert len(secret) == 32
        assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
        assert unquote(uri.path) == f"/Ultrarslanoğlu:{person.user['email']}"
        assert parse_qs(uri.query) == {"secret": [secret], "issuer": ["Ultrarslanoğlu"]}
        answer = client.post("/api/auth/totp/confirm", json={"code": code_of(secret, clock)})
        assert len(set(answer.get_json()["recovery_codes"])) == 10
        found = client.get("/api/auth/factors").get_json()
        assert found["totp"]["is_enabled"] is True
        assert found["totp"]["since"]
        assert found["has_password"] is True
        assert found["recovery_codes_left"] == 10

    def test_counts_only_once_a_code_was_confirmed(self, client, app):
        person = sign_up(client)
        client.post("/api/auth/totp")
        assert client.get("/api/auth/factors").get_json()["totp"] == {
            "is_enabled": False,
            "since": None,
        }
        credentials = {"email": person.user["email"], "password": person.password}
        assert as_browser(app).post("/api/auth/login", json=credentials).status_code == 200

    def test_an_unconfirmed_secret_proves_nothing(self, client, clock):
        person = sign_up(client)
        secret = client.post("/api/auth/totp").get_json()["secret"]
        with transaction() as session, pytest.raises(WrongCode):
            factors.prove_by_totp(session, person.user_id, code_of(secret, clock))

    def test_can_begin_anew_until_then(self, client, clock):
        sign_up(client)
        first = client.post("/api/auth/totp").get_json()["secret"]
        second = client.post("/api/auth/totp").get_json()["secret"]
        answers = [
            client.post("/api/auth/totp/confirm", json={"code": code_of(secret, clock)})
            for secret in (first, second)
        ]
        assert [answer.status_code for answer in answers] == [403, 200]

    def test_is_refused_while_it_is_on(self, client, clock):
        sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        assert outcome(client.post("/api/auth/totp")) == (409, "totp_on")
        again = client.post("/api/auth/totp/confirm", json={"code": code_of(secret, clock)})
        assert outcome(again) == (409, "totp_on")

    def test_confirming_needs_a_beginning(self, client):
        sign_up(client)
        answer = client.post("/api/auth/totp/confirm", json={"code": "123456"})
        assert outcome(answer) == (409, "totp_off")

    def test_the_secret_lies_in_no_row_in_plain_text(self, client, clock):
        sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        with read_only() as session:
            row = session.scalars(select(TotpSecret)).one()
        assert secret.encode() not in row.sealed_secret

    @pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", "１２３４５６", ""])
    def test_what_is_no_code_is_malformed(self, client, code):
        sign_up(client)
        answer = client.post("/api/auth/totp/confirm", json={"code": code})
        assert answer.status_code == 422


class TestSigningIn:
    def test_asks_for_the_second_step_and_then_signs_in(self, client, app, clock):
        person = sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        browser = begin_login(app, person)
        assert browser.get("/api/auth/me").status_code == 401
        answer = browser.get("/api/auth/login/second-factor")
        assert answer.get_json() == {"ways": ["totp", "recovery"]}
        code = code_of(secret, clock)
        answer = finish(browser, code=f"{code[:3]} {code[3:]}")
        assert answer.status_code == 200
        assert answer.get_json()["user"] == person.user
        assert browser.get("/api/auth/me").status_code == 200
        assert methods_of(browser) == ["password", "totp"]

    def test_accepts_a_code_once(self, client, app, clock):
        person = sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        code = code_of(secret, clock)
        assert finish(begin_login(app, person), code=code).status_code == 200
        assert outcome(finish(begin_login(app, person), code=code)) == (403, "wrong_code")
        clock.forward()
        code = code_of(secret, clock)
        assert finish(begin_login(app, person), code=code).status_code == 200

    def test_the_code_that_turned_it_on_is_used(self, client, app, clock):
        person = sign_up(client)
        secret = client.post("/api/auth/totp").get_json()["secret"]
        code = code_of(secret, clock)
        client.post("/api/auth/totp/confirm", json={"code": code})
        assert outcome(finish(begin_login(app, person), code=code)) == (403, "wrong_code")

    def test_a_clock_set_back_brings_no_used_code_back(self, client, app, clock):
        person = sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        earlier = code_of(secret, clock)
        clock.forward()
        assert finish(begin_login(app, person), code=code_of(secret, clock)).status_code == 200
        clock.forward(-30)
        assert outcome(finish(begin_login(app, person), code=earlier)) == (403, "wrong_code")

    def test_of_many_with_one_code_at_the_same_moment_one_wins(self, client, clock):
        person = sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        for _ in range(10):
            clock.forward()
            # Those who come late count as wrong tries, and there are ten rounds of them.
            limits.forget("second_factor", str(person.user_id))
            assert self.race(person.user_id, code_of(secret, clock), 4).count("in") == 1

    @staticmethod
    def race(user_id, code, size):
        start, results = threading.Barrier(size), []

        def enter():
            start.wait(10)
            try:
                with transaction() as session:
                    factors.prove_by_totp(session, user_id, code)
                results.append("in")
            except WrongCode:
                results.append("refused")

        threads = [threading.Thread(target=enter) for _ in range(size)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(results) == size
        return results

    def test_five_wrong_codes_close_the_door_for_a_while(self, client, app, clock):
        person = sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        right = code_of(secret, clock)
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        browser = begin_login(app, person)
        assert [finish(browser, code=wrong).status_code for _ in range(5)] == [403] * 5
        answer = finish(browser, code=right)
        assert outcome(answer) == (429, "too_many")
        assert 0 < int(answer.headers["Retry-After"]) <= 900
        # Neither another browser nor another way that can be guessed.
        assert finish(begin_login(app, person), code=right).status_code == 429
        assert finish(begin_login(app, person), recovery_code="A" * 24).status_code == 429
        # And nobody else is held up by it.
        other = sign_up(as_browser(app))
        assert other.token

    def test_many_guesses_at_the_same_moment_are_no_more_than_five(self, client, clock):
        person = sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        wrong = f"{(int(code_of(secret, clock)) + 1) % 1_000_000:06}"
        start, results = threading.Barrier(16), []

        def guess():
            start.wait(10)
            try:
                with transaction() as session:
                    factors.prove_by_totp(session, person.user_id, wrong)
            except (WrongCode, TooMany) as error:
                results.append(error.code)

        threads = [threading.Thread(target=guess) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert (results.count("wrong_code"), results.count("too_many")) == (5, 11)

    def test_a_right_code_forgets_the_wrong_ones(self, client, app, clock):
        person = sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        for _ in range(3):
            right = code_of(secret, clock)
            wrong = f"{(int(right) + 1) % 1_000_000:06}"
            browser = begin_login(app, person)
            assert [finish(browser, code=wrong).status_code for _ in range(4)] == [403] * 4
            assert finish(browser, code=right).status_code == 200
            clock.forward()

    def test_the_code_of_another_person_is_wrong(self, client, app, clock):
        person = sign_up(client)
        turn_on_totp(client, clock)
        stranger = as_browser(app)
        sign_up(stranger)
        secret, _ = turn_on_totp(stranger, clock)
        code = code_of(secret, clock)
        assert outcome(finish(begin_login(app, person), code=code)) == (403, "wrong_code")


class TestTurningOff:
    def test_a_removed_app_is_asked_for_no_more(self, client, app, clock):
        person = sign_up(client)
        secret, codes = turn_on_totp(client, clock)
        waiting = begin_login(app, person)
        assert client.delete("/api/auth/totp").status_code == 204
        assert outcome(finish(waiting, code=code_of(secret, clock))) == (403, "wrong_code")
        assert outcome(finish(waiting, recovery_code=codes[0])) == (403, "wrong_recovery_code")
        credentials = {"email": person.user["email"], "password": person.password}
        assert as_browser(app).post("/api/auth/login", json=credentials).status_code == 200
        with read_only() as session:
            assert not session.scalars(select(RecoveryCode)).all()
        assert outcome(client.delete("/api/auth/totp")) == (409, "totp_off")

    def test_turning_on_again_takes_a_new_secret(self, client, clock):
        sign_up(client)
        first, _ = turn_on_totp(client, clock)
        client.delete("/api/auth/totp")
        second, codes = turn_on_totp(client, clock)
        assert first != second
        assert len(codes) == 10


class TestRecentProof:
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("post", "/api/auth/totp"),
            ("delete", "/api/auth/totp"),
            ("post", "/api/auth/recovery-codes"),
            ("post", "/api/auth/passkeys/options"),
            ("delete", "/api/auth/passkeys/018f2b7e-0000-7000-8000-000000000000"),
        ],
    )
    def test_is_needed_for_every_change(self, client, method, path):
        sign_up(client)
        let_time_pass_since_sign_in()
        assert outcome(getattr(client, method)(path)) == (403, "step_up_needed")

    def test_can_be_given_by_a_code(self, client, clock):
        sign_up(client)
        secret, _ = turn_on_totp(client, clock)
        let_time_pass_since_sign_in()
        assert client.post("/api/auth/recovery-codes").status_code == 403
        proof = {"totp": code_of(secret, clock)}
        assert client.post("/api/auth/step-up", json=proof).status_code == 204
        assert client.post("/api/auth/recovery-codes").status_code == 200
        assert outcome(client.post("/api/auth/step-up", json=proof)) == (403, "wrong_code")
