"""Google, by OpenID Connect: it says who somebody is in an identity token."""

from dataclasses import dataclass
from urllib.parse import urlencode

from ultra.auth.oauth.providers import calls, identity_tokens
from ultra.auth.oauth.providers.kinds import Client, Profile, Provider, Secrets
from ultra.auth.oauth.providers.known import Known
from ultra.auth.oauth.providers.pkce import challenge_of
from ultra.auth.oauth.providers.profiles import read_profile

SCOPE = "openid email profile"
KNOWN_SECONDS = 600


@dataclass(frozen=True)
class _Addresses:
    authorization: str
    token: str
    keys: str


def authorization_url(client: Client, secrets: Secrets) -> str:
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uri,
        "scope": SCOPE,
        "state": secrets.state,
        "nonce": secrets.nonce,
        "code_challenge": challenge_of(secrets.verifier),
        "code_challenge_method": "S256",
        "prompt": "select_account",
    }
    return f"{_addresses.get(client.web_url).authorization}?{urlencode(asked)}"


def issuer(client: Client) -> str:
    return client.web_url


def fetch_profile(client: Client, code: str, secrets: Secrets) -> Profile:
    addresses = _addresses.get(client.web_url)
    given = calls.post_form(
        addresses.token,
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": client.redirect_uri,
            "client_id": client.client_id,
            "client_secret": client.client_secret,
            "code_verifier": secrets.verifier,
        },
    )
    token = given.get("id_token")
    if not isinstance(token, str):
        raise calls.refused("no identity token")
    wanted = {"issuer": client.web_url, "client_id": client.client_id, "nonce": secrets.nonce}
    try:
        claims = identity_tokens.verify(token, _keys.get(addresses.keys), **wanted)
    except identity_tokens.KeyUnknown:
        try:
            keys = _keys.get(addresses.keys, anew=True)
            claims = identity_tokens.verify(token, keys, **wanted)
        except identity_tokens.KeyUnknown:
            raise calls.refused("identity token of an unknown key") from None
    return read_profile(
        Provider.GOOGLE,
        subject=claims.get("sub"),
        email=claims.get("email"),
        is_verified=claims.get("email_verified"),
        name=claims.get("name"),
    )


def _discover(issuer: str) -> _Addresses:
    found = calls.as_object(calls.get_json(f"{issuer}/.well-known/openid-configuration"))
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    addresses = [found.get(name) for name in names]
    if found.get("issuer") != issuer:
        raise calls.refused("the description is another issuer's")
    # The browser is sent to the first one; the client checks the others.
    scheme = "http://" if issuer.startswith("http://") else "https://"
    if not all(isinstance(each, str) and each.startswith(scheme) for each in addresses):
        raise calls.refused("the description has no proper addresses")
    return _Addresses(*map(str, addresses))


_addresses = Known(_discover, seconds=KNOWN_SECONDS)
_keys = Known(lambda url: identity_tokens.read_keys(calls.get_json(url)), seconds=KNOWN_SECONDS)
