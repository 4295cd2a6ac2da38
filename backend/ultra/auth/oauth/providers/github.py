"""GitHub, by its OAuth app: no identity token, but two questions with the access token.

The token is used for these two and then forgotten; connecting projects has grants of its own.
"""

from typing import Any
from urllib.parse import urlencode

from ultra.auth.oauth.providers import calls
from ultra.auth.oauth.providers.kinds import Client, Profile, Provider, Secrets
from ultra.auth.oauth.providers.pkce import challenge_of
from ultra.auth.oauth.providers.profiles import read_profile

SCOPE = "user:email"
API_VERSION = "2022-11-28"


def authorization_url(client: Client, secrets: Secrets) -> str:
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uri,
        "scope": SCOPE,
        "state": secrets.state,
        "code_challenge": challenge_of(secrets.verifier),
        "code_challenge_method": "S256",
    }
    return f"{client.web_url}/login/oauth/authorize?{urlencode(asked)}"


def issuer(client: Client) -> str:
    return f"{client.web_url}/login/oauth"


def fetch_profile(client: Client, code: str, secrets: Secrets) -> Profile:
    given = calls.post_form(
        f"{client.web_url}/login/oauth/access_token",
        {
            "code": code,
            "redirect_uri": client.redirect_uri,
            "client_id": client.client_id,
            "client_secret": client.client_secret,
            "code_verifier": secrets.verifier,
        },
    )
    token = given.get("access_token")
    if not (isinstance(token, str) and token.isascii() and token.isprintable()):
        raise calls.refused(f"no access token, {str(given.get('error'))[:60]}")
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "X-GitHub-Api-Version": API_VERSION,
    }
    person = calls.as_object(calls.get_json(f"{client.api_url}/user", headers))
    address = _primary(calls.get_json(f"{client.api_url}/user/emails?per_page=100", headers))
    number = person.get("id")
    # The number, and never the login: people give theirs up, and others take it.
    is_number = isinstance(number, int) and not isinstance(number, bool) and number > 0
    return read_profile(
        Provider.GITHUB,
        subject=str(number) if is_number else None,
        email=address.get("email"),
        is_verified=address.get("verified"),
        name=person.get("name") or person.get("login"),
    )


def _primary(found: Any) -> dict[str, Any]:
    listed = found if isinstance(found, list) else []
    primary = (each for each in listed if isinstance(each, dict) and each.get("primary") is True)
    return next(primary, {})
