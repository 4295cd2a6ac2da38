"""`/github-app/login/oauth`: the page on which somebody grants access, and the tokens for it."""

import hmac
import sqlite3
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, jsonify, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from ultra.sandbox import behaviour as behaviours
from ultra.sandbox import pages
from ultra.sandbox.github import repository
from ultra.sandbox.github.documents import LOGIN
from ultra.sandbox.store import transaction

grants = Blueprint("github_app", __name__, url_prefix="/github-app")

CLIENT: Final = "sandbox-github-app"
SECRET: Final = "sandbox-github-secret"  # noqa: S105 - opens nothing but this sandbox
TOKENS: Final = "github:tokens"
_THIS_MACHINE: Final = {"localhost", "127.0.0.1", "::1"}
_LONGEST: Final = 2000


@grants.get("/login/oauth/authorize")
def ask() -> Response | tuple[str, int]:
    """Show who asks, and for what."""
    wanted = {name: value[:_LONGEST] for name, value in request.args.items()}
    if trouble := _refuse(wanted):
        return f"{trouble}\n", 400
    names = ("redirect_uri", "state", "code_challenge")
    page = make_response(
        pages.render(
            "github_grant.html",
            login=LOGIN,
            wanted={name: wanted.get(name, "") for name in names},
        )
    )
    # Chromium holds a form's policy against the redirect that follows on it.
    place = urlsplit(wanted["redirect_uri"])
    own = pages.POLICY.replace(
        "form-action 'self'", f"form-action 'self' {place.scheme}://{place.netloc}"
    )
    page.headers["Content-Security-Policy"] = own
    return page


@grants.post("/login/oauth/authorize")
def decide() -> AnyResponse | tuple[str, int]:
    given = {name: value[:_LONGEST] for name, value in request.form.items()}
    if trouble := _refuse({**given, "client_id": CLIENT, "code_challenge_method": "S256"}):
        return f"{trouble}\n", 400
    answer = {"state": given.get("state", "")}
    if given.get("decision") == "grant":
        with transaction() as connection:
            answer["code"] = repository.add_code(
                connection, given["code_challenge"], given["redirect_uri"]
            )
    else:
        answer["error"] = "access_denied"
    return redirect(f"{given['redirect_uri']}?{urlencode(answer)}")


@grants.post("/login/oauth/access_token")
def give_tokens() -> Response:
    """Answer with status 200 in any case, as GitHub does."""
    given = request.get_json(silent=True) or {}
    with transaction() as connection:
        behaviour = behaviours.take(connection, TOKENS)
        kind = given.get("grant_type", "code")
        repository.note_call(connection, f"tokens:{kind}", unchanged=False)
        answer = _tokens(connection, given)
    return behaviours.play(behaviour, jsonify(answer))


@grants.delete(f"/api/applications/{CLIENT}/grant")
def give_grant_back() -> Response:
    return _give_back("grant", repository.revoke_grant)


@grants.delete(f"/api/applications/{CLIENT}/token")
def give_token_back() -> Response:
    return _give_back("token", repository.revoke_token)


def _give_back(what: str, revoke: Callable[[sqlite3.Connection, str], bool]) -> Response:
    known = request.authorization
    if known is None or not _is_client(known.username, known.password):
        return Response(status=401)
    given = request.get_json(silent=True) or {}
    with transaction() as connection:
        behaviour = behaviours.take(connection, TOKENS)
        repository.note_call(connection, what, unchanged=False)
        is_well = behaviour.status is None and not behaviour.reset
        # A call that fails has done nothing.
        is_known = is_well and revoke(connection, str(given.get("access_token", "")))
    return behaviours.play(behaviour, Response(status=204 if is_known else 404))


def _tokens(connection: Any, given: dict[str, Any]) -> dict[str, Any]:
    if not _is_client(given.get("client_id"), given.get("client_secret")):
        return {"error": "incorrect_client_credentials"}
    if given.get("grant_type") == "refresh_token":
        is_good = repository.take_refresh_token(connection, str(given.get("refresh_token")))
        return repository.add_tokens(connection) if is_good else {"error": "bad_refresh_token"}
    is_good = repository.take_code(
        connection,
        str(given.get("code")),
        str(given.get("code_verifier")),
        str(given.get("redirect_uri")),
    )
    return repository.add_tokens(connection) if is_good else {"error": "bad_verification_code"}


def _is_client(client: Any, secret: Any) -> bool:
    return client == CLIENT and hmac.compare_digest(str(secret).encode(), SECRET.encode())


def _refuse(wanted: dict[str, str]) -> str | None:
    if wanted.get("client_id") != CLIENT:
        return f"client_id must be {CLIENT}"
    place = urlsplit(wanted.get("redirect_uri", ""))
    if place.scheme not in {"http", "https"} or place.hostname not in _THIS_MACHINE:
        return "redirect_uri must be an address of this machine"
    if not wanted.get("code_challenge") or wanted.get("code_challenge_method") != "S256":
        return "PKCE with S256 is needed"
    return None
