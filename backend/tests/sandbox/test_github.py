"""The GitHub that the sandbox plays: its page, and the lies that it does not believe."""

import json
from urllib.parse import urlencode

import pytest

from tests.factories.github import GRANT
from tests.sandbox.conftest import Sandbox, Start
from ultra.platforms.github.places import SANDBOX_CLIENT, SANDBOX_SECRET
from ultra.sandbox.github.grants import CLIENT, SECRET

ASKED = {
    "client_id": CLIENT,
    "redirect_uri": "http://localhost:3001/api/projects/github/callback",
    "state": "<b>state</b>",
    "code_challenge": "challenge",
    "code_challenge_method": "S256",
}
FORM = "application/x-www-form-urlencoded"


def test_it_knows_the_product_by_the_same_name() -> None:
    """The connector may not import the sandbox, nor the sandbox the connector."""
    assert (CLIENT, SECRET) == (SANDBOX_CLIENT, SANDBOX_SECRET)


class TestPage:
    @pytest.mark.parametrize(("language", "words"), [("tr", "İzin ver"), ("en", "Grant access")])
    def test_asks_in_the_readers_language(
        self, sandbox: Sandbox, language: str, words: str
    ) -> None:
        answer = sandbox.ask("GET", f"{GRANT}?{urlencode(ASKED)}", Accept_Language=language)
        page = answer.content.decode()
        assert answer.status == 200
        assert words in page
        assert "deniz-yapim" in page
        assert "<b>state</b>" not in page

    def test_lets_its_form_lead_to_the_product_alone(self, sandbox: Sandbox) -> None:
        """Chromium asks this of every redirect that follows on a form."""
        answer = sandbox.ask("GET", f"{GRANT}?{urlencode(ASKED)}")
        policy = dict(answer.headers)[b"Content-Security-Policy"].decode()
        assert "form-action 'self' http://localhost:3001;" in policy

    @pytest.mark.parametrize(
        "wrong",
        [
            {"client_id": "other"},
            {"redirect_uri": "https://evil.example/"},
            {"redirect_uri": "javascript:alert(1)"},
            {"redirect_uri": ""},
            {"code_challenge": ""},
            {"code_challenge_method": "plain"},
        ],
    )
    def test_refuses_what_github_would_refuse(
        self, sandbox: Sandbox, wrong: dict[str, str]
    ) -> None:
        answer = sandbox.ask("GET", f"{GRANT}?{urlencode({**ASKED, **wrong})}")
        assert answer.status == 400

    def test_no_other_page_can_press_the_button(self, sandbox: Sandbox) -> None:
        form = urlencode({**ASKED, "decision": "grant"})
        answer = sandbox.ask("POST", GRANT, form, Content_Type=FORM, Origin="http://localhost:3001")
        assert answer.status == 403

    def test_the_second_step_trusts_the_first_in_nothing(self, sandbox: Sandbox) -> None:
        form = urlencode({**ASKED, "redirect_uri": "https://evil.example", "decision": "grant"})
        assert sandbox.ask("POST", GRANT, form, Content_Type=FORM).status == 400


class TestApi:
    def test_answers_nobody_without_a_token(self, sandbox: Sandbox) -> None:
        for path in ("/user", "/user/repos", "/repos/deniz-yapim/kamera-ipi"):
            answer = sandbox.ask("GET", f"/github-app/api{path}", User_Agent="test")
            assert answer.status == 401, path

    def test_no_tokens_for_somebody_else(self, sandbox: Sandbox) -> None:
        body = json.dumps({"client_id": CLIENT, "client_secret": "wrong", "code": "x"})
        answer = sandbox.ask(
            "POST",
            "/github-app/login/oauth/access_token",
            body,
            Content_Type="application/json",
        )
        assert json.loads(answer.content) == {"error": "incorrect_client_credentials"}

    def test_what_was_changed_outlives_a_restart(self, start: Start) -> None:
        wanted = {"id": 9, "name": "a/b", "stars": 4}
        start().ask("PUT", "/github-app/sandbox/repository", json.dumps(wanted))
        found = json.loads(start().ask("GET", "/github-app/sandbox/repositories").content)
        assert [each["stars"] for each in found if each["name"] == "a/b"] == [4]
        assert len(found) == 4

    def test_a_wrong_wish_is_refused(self, sandbox: Sandbox) -> None:
        for path, wish in (("repository", {"name": "a"}), ("limit", {"remaining": -1})):
            answer = sandbox.ask("PUT", f"/github-app/sandbox/{path}", json.dumps(wish))
            assert answer.status == 422, path
