"""Granting access and giving it back, with every lie that can be told about a code."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from tests.factories.github import VERIFIER, decide, grant, tell_sandbox
from tests.sandbox.conftest import Sandbox
from ultra.kit.crypto import new_secret
from ultra.platforms.github import api, oauth, places
from ultra.platforms.github.oauth import Denied, Granted
from ultra.platforms.github.outcomes import Found, NeedsLogin, TryLater
from ultra.projects.connections.asking import challenge_of
from ultra.settings import Environment, settings

BACK = "http://localhost:3001/api/projects/github/callback"


def make_code(sandbox: Sandbox) -> tuple[str, str]:
    """A code and its verifier."""
    verifier = new_secret()
    url = oauth.authorize_url(state="state", challenge=challenge_of(verifier), redirect_url=BACK)
    return parse_qs(urlsplit(decide(sandbox, url)).query)["code"][0], verifier


class TestExchange:
    def test_gives_tokens_that_end(self, sandbox: Sandbox) -> None:
        granted = grant(sandbox)
        assert granted.expires_in == timedelta(hours=8)
        assert granted.refresh_token is not None
        assert isinstance(api.get_account(granted.access_token), Found)

    def test_shows_no_token(self, sandbox: Sandbox) -> None:
        granted = grant(sandbox)
        assert granted.access_token.get_secret_value() not in repr(granted)
        assert "ghr_" not in repr(granted)

    def test_a_code_works_once(self, sandbox: Sandbox) -> None:
        code, verifier = make_code(sandbox)
        first = oauth.exchange(code, verifier=verifier, redirect_url=BACK)
        second = oauth.exchange(code, verifier=verifier, redirect_url=BACK)
        assert isinstance(first, Granted)
        assert second == Denied("bad_verification_code")

    def test_another_verifier_is_refused(self, sandbox: Sandbox) -> None:
        code, _ = make_code(sandbox)
        assert isinstance(oauth.exchange(code, verifier=VERIFIER, redirect_url=BACK), Denied)

    def test_another_address_is_refused(self, sandbox: Sandbox) -> None:
        code, verifier = make_code(sandbox)
        elsewhere = BACK.replace("3001", "3002")
        assert isinstance(oauth.exchange(code, verifier=verifier, redirect_url=elsewhere), Denied)

    def test_a_wrong_secret_of_ours_is_not_the_persons_fault(
        self, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code, verifier = make_code(sandbox)
        monkeypatch.setattr(places, "SANDBOX_SECRET", "wrong")
        outcome = oauth.exchange(code, verifier=verifier, redirect_url=BACK)
        assert outcome == TryLater("incorrect_client_credentials")

    @pytest.mark.parametrize("behaviour", [{"status": 500}, {"reset": True}, {"status": 302}])
    def test_trouble(self, sandbox: Sandbox, behaviour: dict[str, object]) -> None:
        tell_sandbox(sandbox, "behaviour/tokens", **behaviour)
        outcome = oauth.exchange("code", verifier=VERIFIER, redirect_url=BACK)
        assert isinstance(outcome, TryLater)


class TestRefresh:
    def test_ends_the_old_tokens(self, sandbox: Sandbox) -> None:
        old = grant(sandbox)
        assert old.refresh_token is not None
        new = oauth.refresh(old.refresh_token)
        assert isinstance(new, Granted)
        assert isinstance(api.get_account(old.access_token), NeedsLogin)
        assert isinstance(api.get_account(new.access_token), Found)
        assert oauth.refresh(old.refresh_token) == Denied("bad_refresh_token")


class TestRevoke:
    def test_gives_everything_back(self, sandbox: Sandbox) -> None:
        granted, other = grant(sandbox), grant(sandbox)
        assert oauth.revoke_grant(granted.access_token) is True
        for each in (granted, other):
            assert isinstance(api.get_account(each.access_token), NeedsLogin)
        assert oauth.revoke_grant(granted.access_token) is False

    def test_a_token_goes_alone(self, sandbox: Sandbox) -> None:
        granted, other = grant(sandbox), grant(sandbox)
        assert oauth.revoke_token(granted.access_token) is True
        assert isinstance(api.get_account(granted.access_token), NeedsLogin)
        assert isinstance(api.get_account(other.access_token), Found)
        assert oauth.revoke_token(granted.access_token) is False

    @pytest.mark.parametrize("revoke", [oauth.revoke_grant, oauth.revoke_token])
    def test_of_an_unknown_token(
        self, sandbox: Sandbox, revoke: Callable[[SecretStr], object]
    ) -> None:
        assert revoke(SecretStr("ghu_unknown")) is False


class TestPlaces:
    def test_without_keys_production_has_no_github(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "environment", Environment.PRODUCTION)
        assert not places.is_available()
        with pytest.raises(RuntimeError, match="ULTRA_GITHUB"):
            places.known_place()

    def test_with_keys_it_is_the_real_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings.github, "client_id", "Iv1.abc")
        monkeypatch.setattr(settings.github, "client_secret", SecretStr("secret"))
        url = oauth.authorize_url(state="s", challenge="c", redirect_url=BACK)
        assert url.startswith("https://github.com/login/oauth/authorize?client_id=Iv1.abc&")
        assert places.known_place().api_url == "https://api.github.com"
        assert "secret=" not in url
