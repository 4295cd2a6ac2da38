"""The sandbox plays Google and GitHub as strictly as they are, and not for other machines."""

import hashlib
import html
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.sandbox.conftest import Sandbox, Start
from ultra.sandbox.oauth.misbehaviours import How

CLIENT = "a-client"
BACK = "http://localhost:3001/api/auth/oauth/x/callback"
VERIFIER = "v" * 43
FORM = "application/x-www-form-urlencoded"
AUTHORIZE = {"google": "/google/o/oauth2/v2/auth", "github": "/github/login/oauth/authorize"}
TOKEN = {"google": "/google/token", "github": "/github/login/oauth/access_token"}
BOTH = ["google", "github"]


def challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def address(provider: str, **changes: str | None) -> str:
    asked = {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "scope": "openid email profile" if provider == "google" else "user:email",
        "state": "s",
        "nonce": "n",
        "code_challenge": challenge(VERIFIER),
        "code_challenge_method": "S256",
        **changes,
    }
    kept = {name: value for name, value in asked.items() if value is not None}
    return f"{AUTHORIZE[provider]}?{urlencode(kept)}"


def press(sandbox: Sandbox, provider: str, path: str, **form: str) -> dict[str, str]:
    page = sandbox.ask("GET", path).content.decode()
    found = re.search(r'name="request" value="([^"]*)"', page)
    assert found, page
    content = urlencode({"request": html.unescape(found[1]), **form})
    answer = sandbox.ask("POST", AUTHORIZE[provider], content, Content_Type=FORM)
    assert answer.status == 302, answer.content
    back = dict(answer.headers)[b"Location"].decode()
    assert back.startswith(f"{BACK}?")
    return {name: each[0] for name, each in parse_qs(urlsplit(back).query).items()}


def get_code(sandbox: Sandbox, provider: str, **changes: str | None) -> str:
    new = {"name": "Ayşe Yılmaz", "email": "ayse@example.com", "is_verified": "on"}
    return press(sandbox, provider, address(provider, **changes), **new)["code"]


def exchange(
    sandbox: Sandbox, provider: str, code: str, *, accept: str = "application/json", **changes: str
) -> tuple[int, dict[str, str]]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": CLIENT,
        "client_secret": f"{CLIENT}-secret",
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        **changes,
    }
    answer = sandbox.ask("POST", TOKEN[provider], urlencode(form), Content_Type=FORM, Accept=accept)
    return answer.status, json.loads(answer.content)


def get_token(sandbox: Sandbox, provider: str, **changes: str | None) -> str:
    return exchange(sandbox, provider, get_code(sandbox, provider, **changes))[1]["access_token"]


@pytest.mark.parametrize("provider", BOTH)
class TestConsentPage:
    @pytest.mark.parametrize("language", ["tr", "en"])
    def test_shows_people_in_both_languages(
        self, language: str, provider: str, sandbox: Sandbox
    ) -> None:
        answer = sandbox.ask("GET", address(provider), Accept_Language=language)
        page = answer.content.decode()
        assert f'<html lang="{language}">' in page
        assert page.count('class="person"') == 4
        assert "elif.arslan@example.com" in page

    def test_lets_the_browser_go_back_and_nowhere_else(
        self, provider: str, sandbox: Sandbox
    ) -> None:
        headers = dict(sandbox.ask("GET", address(provider)).headers)
        policy = headers[b"Content-Security-Policy"].decode()
        assert "form-action 'self' http://localhost:3001;" in policy
        assert "default-src 'none'" in policy

    @pytest.mark.parametrize(
        "changes",
        [
            {"redirect_uri": "https://evil.example/callback"},
            {"redirect_uri": "http://localhost.evil.example/"},
            {"redirect_uri": "http://localhost@evil.example/"},
            {"redirect_uri": "javascript:alert(1)"},
            {"redirect_uri": None},
            {"client_id": None},
            {"response_type": "token"},
            {"code_challenge_method": "plain"},
        ],
    )
    def test_sends_nobody_anywhere_for_a_wrong_request(
        self, changes: dict[str, str | None], provider: str, sandbox: Sandbox
    ) -> None:
        answer = sandbox.ask("GET", address(provider, **changes))
        assert answer.status == 400
        assert b"Location" not in dict(answer.headers)

    def test_a_forged_form_is_checked_as_well(self, provider: str, sandbox: Sandbox) -> None:
        for wanted in ("[]", "nonsense", '{"redirect_uri": "https://evil.example"}'):
            content = urlencode({"request": wanted, "person": "1"})
            answer = sandbox.ask("POST", AUTHORIZE[provider], content, Content_Type=FORM)
            assert answer.status == 400

    def test_a_known_person_can_be_chosen(self, provider: str, sandbox: Sandbox) -> None:
        page = sandbox.ask("GET", address(provider)).content.decode()
        person = re.findall(r'name="person" value="(\d+)"', page)[1]
        back = press(sandbox, provider, address(provider), person=person)
        assert back["state"] == "s"
        assert exchange(sandbox, provider, back["code"])[0] == 200

    def test_a_new_person_needs_name_and_address(self, provider: str, sandbox: Sandbox) -> None:
        page = sandbox.ask("GET", address(provider)).content.decode()
        found = re.search(r'name="request" value="([^"]*)"', page)
        assert found
        content = urlencode({"request": html.unescape(found[1]), "name": "A", "email": "none"})
        answer = sandbox.ask("POST", AUTHORIZE[provider], content, Content_Type=FORM)
        assert answer.status == 422

    def test_cancel_goes_back_with_an_error(self, provider: str, sandbox: Sandbox) -> None:
        back = press(sandbox, provider, address(provider), cancel="1")
        assert (back["error"], back["state"]) == ("access_denied", "s")
        assert "code" not in back

    def test_a_person_keeps_their_id(self, provider: str, start: Start) -> None:
        """Also after a restart, and with another name."""
        first = who(start(), provider)
        second = who(start(), provider)
        assert first == second
        assert first > 9_000_000_000_000


def who(sandbox: Sandbox, provider: str) -> int:
    token = get_token(sandbox, provider)
    path = "/google/v1/userinfo" if provider == "google" else "/github-api/user"
    found = json.loads(sandbox.ask("GET", path, Authorization=f"Bearer {token}").content)
    return int(found["sub" if provider == "google" else "id"])


@pytest.mark.parametrize("provider", BOTH)
class TestExchange:
    def test_a_code_gives_a_token(self, provider: str, sandbox: Sandbox) -> None:
        status, given = exchange(sandbox, provider, get_code(sandbox, provider))
        assert status == 200
        assert given["access_token"].startswith("ya29." if provider == "google" else "gho_")
        assert given["token_type"].lower() == "bearer"

    @pytest.mark.parametrize(
        "changes",
        [
            {"client_secret": "wrong"},
            {"client_id": "other", "client_secret": "other-secret"},
            {"redirect_uri": BACK + "/"},
            {"code_verifier": "w" * 43},
            {"code_verifier": ""},
            {"code": "made-up"},
            {"grant_type": "password"},
        ],
    )
    def test_refuses(self, changes: dict[str, str], provider: str, sandbox: Sandbox) -> None:
        code = get_code(sandbox, provider)
        status, given = exchange(sandbox, provider, **{"code": code, **changes})
        assert "access_token" not in given
        assert given["error"]
        # GitHub says so with a status of success.
        assert status == 200 if provider == "github" else status in {400, 401}

    def test_a_code_used_twice_takes_its_token_back(self, provider: str, sandbox: Sandbox) -> None:
        code = get_code(sandbox, provider)
        token = exchange(sandbox, provider, code)[1]["access_token"]
        path = "/google/v1/userinfo" if provider == "google" else "/github-api/user"
        assert sandbox.ask("GET", path, Authorization=f"Bearer {token}").status == 200
        assert exchange(sandbox, provider, code)[1]["error"]
        assert sandbox.ask("GET", path, Authorization=f"Bearer {token}").status == 401

    def test_a_code_of_the_other_provider_is_none(self, provider: str, sandbox: Sandbox) -> None:
        other = "github" if provider == "google" else "google"
        assert exchange(sandbox, other, get_code(sandbox, provider))[1]["error"]


class TestGoogle:
    def test_describes_itself(self, sandbox: Sandbox) -> None:
        found = json.loads(sandbox.ask("GET", "/google/.well-known/openid-configuration").content)
        assert found["issuer"] == f"{sandbox.address}/google"
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
            assert found[name].startswith(found["issuer"])

    def test_signs_who_somebody_is(self, sandbox: Sandbox) -> None:
        given = exchange(sandbox, "google", get_code(sandbox, "google"))[1]
        keys = KeySet.import_key_set(
            json.loads(sandbox.ask("GET", "/google/oauth2/v3/certs").content)
        )
        claims = jwt.decode(given["id_token"], keys, algorithms=["RS256"]).claims
        assert claims["iss"] == f"{sandbox.address}/google"
        assert (claims["aud"], claims["nonce"]) == (CLIENT, "n")
        assert (claims["email"], claims["email_verified"]) == ("ayse@example.com", True)
        assert claims["name"] == "Ayşe Yılmaz"

    def test_shows_no_private_key(self, sandbox: Sandbox) -> None:
        (key,) = json.loads(sandbox.ask("GET", "/google/oauth2/v3/certs").content)["keys"]
        assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}

    def test_tells_strangers_nothing(self, sandbox: Sandbox) -> None:
        assert sandbox.ask("GET", "/google/v1/userinfo").status == 401


class TestGitHub:
    def test_answers_as_a_form_unless_asked_otherwise(self, sandbox: Sandbox) -> None:
        form = {
            "code": get_code(sandbox, "github"),
            "client_id": CLIENT,
            "client_secret": f"{CLIENT}-secret",
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
        }
        answer = sandbox.ask("POST", TOKEN["github"], urlencode(form), Content_Type=FORM)
        assert parse_qs(answer.content.decode())["access_token"][0].startswith("gho_")

    def test_says_addresses_only_to_whoever_asked_for_them(self, sandbox: Sandbox) -> None:
        token = get_token(sandbox, "github")
        found = json.loads(
            sandbox.ask("GET", "/github-api/user/emails", Authorization=f"Bearer {token}").content
        )
        assert [each["email"] for each in found if each["primary"]] == ["ayse@example.com"]
        token = get_token(sandbox, "github", scope="repo")
        answer = sandbox.ask("GET", "/github-api/user/emails", Authorization=f"Bearer {token}")
        assert answer.status == 404

    def test_a_token_of_google_is_none_here(self, sandbox: Sandbox) -> None:
        token = get_token(sandbox, "google")
        answer = sandbox.ask("GET", "/github-api/user", Authorization=f"Bearer {token}")
        assert answer.status == 401


class TestMisbehaving:
    def test_lasts_until_it_is_taken_back(self, sandbox: Sandbox) -> None:
        wrong = json.dumps({"provider": "google", "how": "token_error"})
        assert sandbox.ask("POST", "/oauth-misbehave", wrong).status == 200
        assert sandbox.ask("POST", TOKEN["google"]).status == 500
        assert sandbox.ask("POST", TOKEN["github"], "", Accept="application/json").status == 200
        said = json.loads(sandbox.ask("GET", "/oauth-misbehave").content)
        assert (said["google"]["how"], said["github"]["how"]) == ("token_error", None)
        assert sandbox.ask("POST", "/oauth-misbehave", '{"provider": "google"}').status == 200
        assert sandbox.ask("POST", TOKEN["google"]).status == 401

    @pytest.mark.parametrize(
        "body",
        ['{"provider": "facebook"}', '{"provider": "google", "how": "badly"}', "[]", ""],
    )
    def test_an_unknown_way_is_refused(self, body: str, sandbox: Sandbox) -> None:
        assert sandbox.ask("POST", "/oauth-misbehave", body).status == 422

    @pytest.mark.parametrize("how", [How.ALG_NONE, How.ALG_SECRET, How.ALG_PUBLIC_KEY])
    def test_a_forged_token_says_what_it_claims(self, how: How, sandbox: Sandbox) -> None:
        """Else the product would refuse it for another reason than the tests believe."""
        sandbox.ask("POST", "/oauth-misbehave", json.dumps({"provider": "google", "how": how}))
        token = exchange(sandbox, "google", get_code(sandbox, "google"))[1]["id_token"]
        header, _, signature = token.split(".")
        plain = json.loads(_decode(header))
        assert plain["alg"] == ("none" if how is How.ALG_NONE else "HS256")
        assert (signature == "") == (how is How.ALG_NONE)


def _decode(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
