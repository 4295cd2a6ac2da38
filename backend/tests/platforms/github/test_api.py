"""Every way in which GitHub can answer becomes an outcome; none of them raises."""

from datetime import timedelta

import pytest
from pydantic import SecretStr

from tests.factories.github import calls, tell_sandbox
from tests.sandbox.conftest import Sandbox
from ultra.platforms.github import api, transport
from ultra.platforms.github.outcomes import (
    Found,
    NeedsLogin,
    NotAllowed,
    NotModified,
    NotThere,
    Preparing,
    RateLimited,
    TryLater,
)
from ultra.settings import settings

KAMERA = "deniz-yapim/kamera-ipi"


class TestQuestions:
    def test_whose_grant_it_is(self, token: SecretStr) -> None:
        found = api.get_account(token)
        assert isinstance(found, Found)
        assert (found.value.id, found.value.login) == (7001, "deniz-yapim")

    def test_a_repository(self, token: SecretStr) -> None:
        found = api.get_repository(token, KAMERA, None)
        assert isinstance(found, Found)
        facts = found.value
        assert (facts.full_name, facts.stargazers_count, facts.private) == (KAMERA, 482, False)
        assert facts.open_issues_count == 7 + 2
        assert found.etag

    def test_its_releases(self, token: SecretStr) -> None:
        found = api.list_releases(token, KAMERA, None, most=2)
        assert isinstance(found, Found)
        assert [release.tag_name for release in found.value] == ["v2.1.0", "v2.0.0"]

    @pytest.mark.parametrize("count", [0, 1, 2, 37])
    def test_its_open_pull_requests(self, sandbox: Sandbox, token: SecretStr, count: int) -> None:
        tell_sandbox(sandbox, "repository", id=1, name="a/b", pulls=count)
        found = api.count_open_pulls(token, "a/b", None)
        assert isinstance(found, Found)
        assert found.value == count

    def test_its_activity_takes_a_while(self, token: SecretStr) -> None:
        assert isinstance(api.list_weeks(token, KAMERA, None), Preparing)
        found = api.list_weeks(token, KAMERA, None)
        assert isinstance(found, Found)
        assert [week.total for week in found.value][-3:] == [7, 10, 3]
        assert len(found.value) == 52
        assert found.value[-1].starts_on.isoweekday() == 7

    def test_without_a_commit_there_is_no_activity(
        self, sandbox: Sandbox, token: SecretStr
    ) -> None:
        tell_sandbox(sandbox, "repository", id=1, name="a/empty")
        api.list_weeks(token, "a/empty", None)
        found = api.list_weeks(token, "a/empty", None)
        assert isinstance(found, Found)
        assert found.value == []

    def test_pages_of_repositories(self, sandbox: Sandbox, token: SecretStr) -> None:
        for number in range(105):
            tell_sandbox(sandbox, "repository", id=number, name=f"a/r{number}")
        first, second = (api.list_repositories(token, page) for page in (1, 2))
        assert isinstance(first, Found)
        assert isinstance(second, Found)
        assert (len(first.value.items), first.value.has_more) == (100, True)
        assert (len(second.value.items), second.value.has_more) == (8, False)
        names = {each.full_name for page in (first, second) for each in page.value.items}
        assert len(names) == 108


class TestUnchanged:
    def test_costs_nothing_of_the_limit(self, sandbox: Sandbox, token: SecretStr) -> None:
        first = api.get_repository(token, KAMERA, None)
        assert isinstance(first, Found)
        assert first.remaining is not None
        again = api.get_repository(token, KAMERA, first.etag)
        assert isinstance(again, NotModified)
        assert again.remaining == first.remaining
        assert calls(sandbox)[f"/repos/{KAMERA}"] == {"calls": 2, "unchanged": 1}

    def test_a_change_is_seen(self, sandbox: Sandbox, token: SecretStr) -> None:
        first = api.get_repository(token, KAMERA, None)
        assert isinstance(first, Found)
        tell_sandbox(sandbox, "repository", id=7101, name=KAMERA, stars=483)
        again = api.get_repository(token, KAMERA, first.etag)
        assert isinstance(again, Found)
        assert again.value.stargazers_count == 483


class TestMoved:
    def test_is_followed_to_the_new_name(self, sandbox: Sandbox, token: SecretStr) -> None:
        tell_sandbox(sandbox, "repository", id=7101, name="a/old", moved_to=KAMERA)
        found = api.get_repository(token, "a/old", None)
        assert isinstance(found, Found)
        assert found.value.full_name == KAMERA
        releases = api.list_releases(token, "a/old", None, most=1)
        assert isinstance(releases, Found)
        assert len(releases.value) == 1

    def test_not_to_another_place_with_our_token(self, sandbox: Sandbox, token: SecretStr) -> None:
        elsewhere = "http://127.0.0.1:1/repos/a/b"
        tell_sandbox(sandbox, "behaviour/api", status=301, location=elsewhere)
        assert isinstance(api.get_repository(token, KAMERA, None), TryLater)

    def test_not_in_circles(self, sandbox: Sandbox, token: SecretStr) -> None:
        tell_sandbox(sandbox, "repository", id=1, name="a/one", moved_to="a/two")
        tell_sandbox(sandbox, "repository", id=2, name="a/two", moved_to="a/one")
        assert isinstance(api.get_repository(token, "a/one", None), TryLater)


class TestRefusals:
    def test_what_is_not_there(self, token: SecretStr) -> None:
        assert isinstance(api.get_repository(token, "a/none", None), NotThere)

    def test_a_name_cannot_lead_to_another_path(self, token: SecretStr) -> None:
        for name in ("a/../../user", "a/b?x=", "../user", "a%2f../x"):
            assert isinstance(api.get_repository(token, name, None), NotThere), name

    def test_a_withdrawn_grant(self, sandbox: Sandbox, token: SecretStr) -> None:
        sandbox.ask("DELETE", "/github-app/sandbox/grant")
        assert isinstance(api.get_account(token), NeedsLogin)

    def test_the_limit_is_used_up(self, sandbox: Sandbox, token: SecretStr) -> None:
        tell_sandbox(sandbox, "limit", remaining=0, seconds=1200)
        outcome = api.get_account(token)
        assert isinstance(outcome, RateLimited)
        assert timedelta(minutes=19) < outcome.after <= timedelta(minutes=20)

    @pytest.mark.parametrize("status", [403, 429])
    def test_asked_to_wait(self, sandbox: Sandbox, token: SecretStr, status: int) -> None:
        tell_sandbox(sandbox, "behaviour/api", status=status, retry_after=90)
        outcome = api.get_account(token)
        assert isinstance(outcome, RateLimited)
        assert outcome.after == timedelta(seconds=90)

    def test_too_much_at_once_without_a_time(self, sandbox: Sandbox, token: SecretStr) -> None:
        tell_sandbox(sandbox, "behaviour/api", status=429)
        outcome = api.get_account(token)
        assert isinstance(outcome, RateLimited)
        assert outcome.after == transport.USUAL_WAIT

    @pytest.mark.parametrize("status", [403, 451])
    def test_forbidden_for_good(self, sandbox: Sandbox, token: SecretStr, status: int) -> None:
        tell_sandbox(sandbox, "behaviour/api", status=status)
        assert isinstance(api.get_account(token), NotAllowed)


class TestTrouble:
    @pytest.mark.parametrize("status", [500, 502, 503, 422, 409])
    def test_a_status_that_says_nothing(
        self, sandbox: Sandbox, token: SecretStr, status: int
    ) -> None:
        tell_sandbox(sandbox, "behaviour/api", status=status)
        assert isinstance(api.get_account(token), TryLater)

    def test_a_broken_connection(self, sandbox: Sandbox, token: SecretStr) -> None:
        tell_sandbox(sandbox, "behaviour/api", reset=True)
        assert isinstance(api.get_account(token), TryLater)

    def test_nobody_there(self, token: SecretStr, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "sandbox_port", 1)
        assert isinstance(api.get_account(token), TryLater)

    def test_an_answer_in_another_shape(self, token: SecretStr) -> None:
        """A release list is not a repository."""
        reply = transport.get(token, f"/repos/{KAMERA}/releases")
        assert isinstance(api._read(reply, lambda it: api._account(it.text)), TryLater)

    def test_an_answer_that_is_too_long(
        self, token: SecretStr, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        short = transport.Client(most_bytes=100)
        monkeypatch.setattr(transport, "client", lambda: short)
        assert isinstance(api.get_repository(token, KAMERA, None), TryLater)
