"""Nobody learns from the time that an answer takes whether an address has an account."""

import math
import statistics
import time
from itertools import chain

import pytest

from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.settings import Registration, settings

pytestmark = pytest.mark.usefixtures("unlimited")


def measure(ask, known, unknown, samples):
    """Seconds for each, taken in turn, so that whatever else the machine does meets both."""
    taken = {known: [], unknown: []}
    for number in range(samples):
        for address in (known, unknown) if number % 2 else (unknown, known):
            started = time.perf_counter()
            ask(address)
            taken[address].append(time.perf_counter() - started)
    return taken[known], taken[unknown]


def p_value(first, second):
    """Mann and Whitney's test, two-sided, by the normal approximation: no ties to be expected."""
    ranked = sorted(chain(((each, 0) for each in first), ((each, 1) for each in second)))
    ranks = sum(rank for rank, (_, side) in enumerate(ranked, 1) if side == 0)
    n, m = len(first), len(second)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


def assert_alike(first, second):
    gap = abs(statistics.median(first) - statistics.median(second))
    p = p_value(first, second)
    found = f"medians {gap * 1000:.2f} ms apart, p {p:.5f}"
    print(found)
    assert p > 0.01 or gap < 0.005, found


def test_the_test_itself_sees_a_difference():
    slow = [0.030 + number / 10_000 for number in range(50)]
    fast = [0.020 + number / 10_000 for number in range(50)]
    with pytest.raises(AssertionError):
        assert_alike(slow, fast)
    assert_alike(slow, slow[::-1])


class TestLogin:
    def test_takes_as_long_for_an_unknown_address(self, client, app):
        self.check(client, app, samples=200)

    @pytest.mark.slow
    def test_takes_as_long_at_the_real_cost(self, client, app, monkeypatch):
        monkeypatch.setattr(settings.auth, "bcrypt_cost", 12)
        self.check(client, app, samples=40)

    @staticmethod
    def check(client, app, samples):
        known = sign_up(client).user["email"]
        stranger = as_browser(app)

        def ask(address):
            body = {"email": address, "password": "yanlış şifre"}
            assert stranger.post("/api/auth/login", json=body).status_code == 401

        assert_alike(*measure(ask, known, "kimse@example.com", samples))


def test_forgot_takes_as_long_for_an_unknown_address(client, app):
    known = sign_up(client).user["email"]
    stranger = as_browser(app)

    def ask(address):
        answer = stranger.post("/api/auth/password/forgot", json={"email": address})
        assert answer.status_code == 202

    assert_alike(*measure(ask, known, "kimse@example.com", 200))


class TestRegister:
    def test_takes_as_long_for_a_taken_address(self, client, app, monkeypatch):
        self.check(client, app, monkeypatch, samples=100)

    @pytest.mark.slow
    def test_takes_as_long_at_the_real_cost(self, client, app, monkeypatch):
        monkeypatch.setattr(settings.auth, "bcrypt_cost", 12)
        self.check(client, app, monkeypatch, samples=40)

    @staticmethod
    def check(client, app, monkeypatch, samples):
        known = sign_up(client).user["email"]
        monkeypatch.setattr(settings.auth, "registration", Registration.VERIFIED)
        stranger = as_browser(app)
        numbers = iter(range(10_000))

        def ask(kind):
            email = known if kind == "known" else f"yeni{next(numbers)}@example.com"
            body = {"email": email, "password": PASSWORD, "name": "A"}
            assert stranger.post("/api/auth/register", json=body).status_code == 202

        assert_alike(*measure(ask, "known", "unknown", samples))
