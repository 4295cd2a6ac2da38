"""`/github` and the two questions of `/github-api` that signing in asks."""

from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from ultra.sandbox.oauth import consent, misbehaviours, repository, tokens
from ultra.sandbox.oauth.misbehaviours import How, Provider
from ultra.sandbox.store import transaction

github = Blueprint("github", __name__)

# GitHub has words of its own, and answers 200 with them.
_WORDS: Final = {
    "invalid_client": "incorrect_client_credentials",
    "invalid_grant": "bad_verification_code",
}


@github.route("/github/login/oauth/authorize", methods=["GET", "POST"])
def authorize() -> AnyResponse:
    return consent.answer(Provider.GITHUB, f"{request.host_url.rstrip('/')}/github/login/oauth")


@github.post("/github/login/oauth/access_token")
def give_token() -> Response:
    _, spoilt = tokens.misbehave(Provider.GITHUB)
    if spoilt is not None:
        return spoilt
    done = tokens.exchange(Provider.GITHUB)
    if isinstance(done, str):
        return _answer({"error": _WORDS.get(done, done), "error_description": "Refused."})
    with transaction() as connection:
        token = repository.add_token(connection, done.grant, done.code, prefix="gho_")
    scopes = done.grant.request.get("scope", "").replace(",", " ").split()
    return _answer({"access_token": token, "scope": ",".join(scopes), "token_type": "bearer"})


@github.get("/github-api/user")
def show_person() -> Response:
    grant = tokens.bearer_grant(Provider.GITHUB)
    if grant is None:
        return tokens.answer({"message": "Bad credentials"}, 401)
    person = grant.person
    content = {"login": person.login, "id": person.id, "type": "User", "name": person.name}
    with transaction() as connection:
        if misbehaviours.find(connection, Provider.GITHUB).how is How.SUBJECT_MISSING:
            del content["id"]
    # Like GitHub it shows no address here unless its owner has made it public.
    return tokens.answer({**content, "email": None})


@github.get("/github-api/user/emails")
def show_emails() -> Response:
    grant = tokens.bearer_grant(Provider.GITHUB)
    if grant is None:
        return tokens.answer({"message": "Bad credentials"}, 401)
    scopes = set(grant.request.get("scope", "").replace(",", " ").split())
    if not scopes & {"user", "user:email"}:
        return tokens.answer({"message": "Not Found"}, 404)
    person = grant.person
    with transaction() as connection:
        how = misbehaviours.find(connection, Provider.GITHUB).how
    unseen = f"{person.id}+{person.login}@users.noreply.example.com"
    primary: dict[str, Any] = {
        "email": person.email,
        "primary": True,
        "verified": person.is_verified and how is not How.EMAIL_UNVERIFIED,
        "visibility": "private",
    }
    if how is How.EMAIL_VERIFIED_TEXT:
        primary["verified"] = "true"
    if how is How.EMAIL_VERIFIED_ABSENT:
        del primary["verified"]
    other = {"email": unseen, "primary": False, "verified": True, "visibility": None}
    return jsonify([other] if how is How.EMAIL_MISSING else [other, primary])


def _answer(content: dict[str, str]) -> Response:
    """Answer as JSON if that is asked for, else as a form: its peculiarity."""
    if "application/json" in request.headers.get("Accept", ""):
        return tokens.answer(content)
    return Response(urlencode(content), mimetype="application/x-www-form-urlencoded")
