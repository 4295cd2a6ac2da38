"""`/google`: OpenID Connect as Google speaks it."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from ultra.sandbox.oauth import consent, identity_tokens, misbehaviours, repository, tokens
from ultra.sandbox.oauth.misbehaviours import STRANGER, How, Provider
from ultra.sandbox.store import transaction

google = Blueprint("google", __name__, url_prefix="/google")


def _issuer() -> str:
    return request.host_url.rstrip("/") + "/google"


@google.get("/.well-known/openid-configuration")
def discover() -> dict[str, Any]:
    issuer = _issuer()
    with transaction() as connection:
        how = misbehaviours.find(connection, Provider.GOOGLE).how
    return {
        "issuer": STRANGER if how is How.DESCRIPTION_WRONG else issuer,
        "authorization_endpoint": f"{issuer}/o/oauth2/v2/auth",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/v1/userinfo",
        "jwks_uri": f"{issuer}/oauth2/v3/certs",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email", "profile"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }


@google.route("/o/oauth2/v2/auth", methods=["GET", "POST"])
def authorize() -> AnyResponse:
    return consent.answer(Provider.GOOGLE, _issuer())


@google.post("/token")
def give_token() -> Response:
    wrong, spoilt = tokens.misbehave(Provider.GOOGLE)
    if spoilt is not None:
        return spoilt
    done = tokens.exchange(Provider.GOOGLE)
    if isinstance(done, str):
        return tokens.answer({"error": done}, 401 if done == "invalid_client" else 400)
    with transaction() as connection:
        token = repository.add_token(connection, done.grant, done.code, prefix="ya29.")
        identity_token = identity_tokens.make(connection, _issuer(), done.grant, wrong)
    content = {
        "access_token": token,
        "expires_in": repository.TOKEN_SECONDS,
        "scope": done.grant.request.get("scope", ""),
        "token_type": "Bearer",
        "id_token": identity_token,
    }
    return tokens.answer({name: value for name, value in content.items() if value is not None})


@google.get("/oauth2/v3/certs")
def show_keys() -> Response:
    with transaction() as connection:
        if misbehaviours.find(connection, Provider.GOOGLE).how is How.KEYS_ERROR:
            return Response("out of order\n", 500, mimetype="text/plain")
        return tokens.answer(identity_tokens.public_keys(connection))


@google.get("/v1/userinfo")
def show_person() -> Response:
    grant = tokens.bearer_grant(Provider.GOOGLE)
    if grant is None:
        return tokens.answer({"error": "invalid_token"}, 401)
    return tokens.answer(identity_tokens.profile(grant))
