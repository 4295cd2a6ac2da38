"""Recovery codes: strong, used once, replaced as a whole, and their owner hears of it."""

import threading

import pytest
from sqlalchemy import select

from tests.auth.factors.people import begin_login, finish, outcome, turn_on_totp
from tests.factories.auth import sign_up
from ultra.auth.audit.models import Entry
from ultra.auth.factors import recovery_codes
from ultra.auth.factors import service as factors
from ultra.auth.factors.errors import WrongRecoveryCode
from ultra.auth.factors.models import RecoveryCode
from ultra.kit.db import read_only, transaction


class TestCodes:
    def test_hold_more_than_128_random_bits(self):
        codes = recovery_codes.new_codes()
        assert len(set(codes)) == 10
        for code in codes:
            assert [len(group) for group in code.split("-")] == [4] * 7
            assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567-")
            assert len(code.replace("-", "")) * 5 > 128

    @pytest.mark.parametrize(
        "typed", ["KIII-ABCD", "kiii abcd", " kıııabcd ", "KİİİABCD", "kIıi–abcd"]
    )
    def test_are_the_same_however_they_are_typed(self, typed):
        assert recovery_codes.digest_of(typed) == recovery_codes.digest_of("KIII-ABCD")

    def test_only_their_digests_are_stored(self, client, clock):
        sign_up(client)
        _, codes = turn_on_totp(client, clock)
        with read_only() as session:
            stored = {row.digest for row in session.scalars(select(RecoveryCode))}
        assert stored == {recovery_codes.digest_of(code) for code in codes}


class TestUsing:
    def test_each_once(self, client, app, clock):
        person = sign_up(client)
        _, codes = turn_on_totp(client, clock)
        browser = begin_login(app, person)
        assert finish(browser, recovery_code=codes[0].lower()).status_code == 200
        assert browser.get("/api/auth/factors").get_json()["recovery_codes_left"] == 9
        again = finish(begin_login(app, person), recovery_code=codes[0])
        assert outcome(again) == (403, "wrong_recovery_code")
        assert finish(begin_login(app, person), recovery_code=codes[1]).status_code == 200

    def test_by_two_at_the_same_moment(self, client, clock):
        person = sign_up(client)
        _, codes = turn_on_totp(client, clock)
        start, results = threading.Barrier(2), []

        def enter():
            start.wait(10)
            try:
                with transaction() as session:
                    factors.prove_by_recovery_code(session, person.user_id, codes[0])
                results.append("in")
            except WrongRecoveryCode:
                results.append("refused")

        threads = [threading.Thread(target=enter) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(results) == ["in", "refused"]

    def test_another_person_s_code_is_wrong(self, client, app, clock):
        person = sign_up(client)
        turn_on_totp(client, clock)
        sign_up(client)
        _, codes = turn_on_totp(client, clock)
        answer = finish(begin_login(app, person), recovery_code=codes[0])
        assert outcome(answer) == (403, "wrong_recovery_code")

    def test_is_written_down(self, client, app, clock):
        person = sign_up(client)
        _, codes = turn_on_totp(client, clock)
        finish(begin_login(app, person), recovery_code=codes[0])
        with read_only() as session:
            entry = session.scalars(select(Entry).where(Entry.action == "recovery_code.used")).one()
        assert (entry.user_id, entry.facts) == (person.user_id, {"left": 9})

    def test_without_any_left_the_way_is_not_offered(self, client, app, clock):
        person = sign_up(client)
        _, codes = turn_on_totp(client, clock)
        for code in codes:
            assert finish(begin_login(app, person), recovery_code=code).status_code == 200
        answer = begin_login(app, person).get("/api/auth/login/second-factor")
        assert answer.get_json() == {"ways": ["totp"]}

    def test_those_of_before_go_on_working(self, client, app, clock):
        """They were shorter: 24 characters."""
        person = sign_up(client)
        turn_on_totp(client, clock)
        old = "K7QF-2MXA-KKKK-LLLL-MMMM-NNNN"
        with transaction() as session:
            row = RecoveryCode(user_id=person.user_id, digest=recovery_codes.digest_of(old))
            session.add(row)
        assert finish(begin_login(app, person), recovery_code=old).status_code == 200


class TestNewSet:
    def test_voids_the_one_before(self, client, app, clock):
        person = sign_up(client)
        _, old = turn_on_totp(client, clock)
        new = client.post("/api/auth/recovery-codes").get_json()["recovery_codes"]
        assert not set(old) & set(new)
        answer = finish(begin_login(app, person), recovery_code=old[0])
        assert outcome(answer) == (403, "wrong_recovery_code")
        assert finish(begin_login(app, person), recovery_code=new[0]).status_code == 200

    def test_needs_a_factor_that_it_stands_in_for(self, client):
        sign_up(client)
        assert outcome(client.post("/api/auth/recovery-codes")) == (409, "no_second_factor")
