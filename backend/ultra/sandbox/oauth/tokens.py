"""What both token endpoints have in common: reading the exchange, and answering it badly."""

import hashlib
import hmac
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from flask import Response, jsonify, request

from ultra.sandbox.oauth import misbehaviours, repository
from ultra.sandbox.oauth.identity_tokens import secret_of
from ultra.sandbox.oauth.misbehaviours import How, Misbehaviour, Provider
from ultra.sandbox.oauth.repository import Grant
from ultra.sandbox.server import RESET
from ultra.sandbox.store import transaction

_PIECE: Final = b" " * 65_536


@dataclass(frozen=True)
class Exchange:
    """A code that was exchanged in the right way."""

    grant: Grant
    code: str


def exchange(provider: Provider) -> Exchange | str:
    """Read the request of a client; return OAuth's word for what is wrong with it."""
    form = request.form
    client_id = form.get("client_id", "")
    if not hmac.compare_digest(form.get("client_secret", ""), secret_of(client_id)):
        return "invalid_client"
    if form.get("grant_type", "authorization_code") != "authorization_code":
        return "unsupported_grant_type"
    with transaction() as connection:
        grant = repository.use_code(connection, provider, form.get("code", ""))
    if grant is None or grant.client_id != client_id:
        return "invalid_grant"
    if grant.request.get("redirect_uri") != form.get("redirect_uri"):
        return "redirect_uri_mismatch"
    if not _is_verifier(grant.request.get("code_challenge"), form.get("code_verifier")):
        return "invalid_grant"
    return Exchange(grant, form["code"])


def misbehave(provider: Provider) -> tuple[Misbehaviour, Response | None]:
    """Return how the provider behaves now, and the answer when that spoils the token endpoint."""
    with transaction() as connection:
        wrong = misbehaviours.find(connection, provider)
    return wrong, _spoil(wrong)


def _spoil(wrong: Misbehaviour) -> Response | None:
    match wrong.how:
        case How.TOKEN_SLOW:
            time.sleep(wrong.seconds)
            return Response("too late\n", 503)
        case How.TOKEN_DRIPPING:
            return Response(_drip(wrong.seconds), mimetype="application/json")
        case How.TOKEN_REDIRECT:
            # It leads to itself; whoever follows goes round for ever.
            return Response(status=302, headers={"Location": request.url})
        case How.TOKEN_HUGE:
            return Response(_swell(), mimetype="application/json")
        case How.TOKEN_NOT_JSON:
            return Response("<html>Sorry</html>", mimetype="text/html")
        case How.TOKEN_LIST:
            return jsonify(["access_token", "a"])
        case How.TOKEN_ERROR:
            return Response("out of order\n", 500, mimetype="text/plain")
        case How.TOKEN_BROKEN_OFF:
            request.environ[RESET] = True
            return Response("")
    return None


def bearer_grant(provider: Provider) -> Grant | None:
    """Return whose access token this request carries."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() not in {"bearer", "token"}:
        return None
    with transaction() as connection:
        return repository.find_token(connection, provider, token.strip())


def answer(content: dict[str, Any], status: int = 200) -> Response:
    well = jsonify(content)
    well.status_code = status
    well.headers["Cache-Control"] = "no-store"
    return well


def _is_verifier(challenge: str | None, verifier: str | None) -> bool:
    if not challenge:
        return not verifier
    digest = hashlib.sha256((verifier or "").encode()).digest()
    return hmac.compare_digest(urlsafe_b64encode(digest).decode().rstrip("="), challenge)


def _drip(seconds: float) -> Iterator[bytes]:
    """Yield a byte now and then: no single wait is long, all together are."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield b" "
        time.sleep(0.05)


def _swell() -> Iterator[bytes]:
    """Yield 64 MiB of JSON."""
    yield b'{"access_token": "a", "more": "'
    for _ in range(1024):
        yield _PIECE
    yield b'"}'
