"""Granting access: where a person is sent, and what the code that they bring back is worth.

A GitHub App's user tokens: the access token lives for eight hours, the refresh token for six months
and works once. https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app
"""

import json
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from pydantic import BaseModel, SecretStr, ValidationError

from ultra.kit.outgoing import AddressRefused, Answer, NoAnswer, Unreachable
from ultra.platforms.github.outcomes import TryLater
from ultra.platforms.github.places import known_place
from ultra.platforms.github.transport import VERSION, client, read_json


@dataclass(frozen=True)
class Granted:
    access_token: SecretStr
    refresh_token: SecretStr | None
    """None for an app whose tokens do not expire."""
    expires_in: timedelta | None


@dataclass(frozen=True)
class Denied:
    """GitHub does not accept the code or the refresh token; trying again is useless."""

    code: str


class _TokenAnswer(BaseModel):
    """Success and refusal come with status 200 alike."""

    error: str | None = None
    access_token: SecretStr | None = None
    refresh_token: SecretStr | None = None
    expires_in: int | None = None


# The app itself is wrong (its secret, its address): no fault of the person's grant.
_OUR_FAULT = ("incorrect_client_credentials", "redirect_uri_mismatch")


def authorize_url(*, state: str, challenge: str, redirect_url: str) -> str:
    """Where the person grants access; `challenge` is that of PKCE with SHA-256."""
    ours = known_place()
    query = {
        "client_id": ours.client_id,
        "redirect_uri": redirect_url,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{ours.web_url}/login/oauth/authorize?{urlencode(query)}"


def exchange(code: str, *, verifier: str, redirect_url: str) -> Granted | Denied | TryLater:
    """Tokens for the code that the person came back with."""
    return _ask_for_tokens(
        {"code": code, "code_verifier": verifier, "redirect_uri": redirect_url},
    )


def refresh(refresh_token: SecretStr) -> Granted | Denied | TryLater:
    """New tokens; from then on the old ones do not work, whether the answer arrives or not."""
    return _ask_for_tokens(
        {"grant_type": "refresh_token", "refresh_token": refresh_token.get_secret_value()},
    )


def revoke_grant(access_token: SecretStr) -> bool | TryLater:
    """Give back what that account granted us, with all its tokens; False when there was none."""
    return _give_back("grant", access_token)


def revoke_token(access_token: SecretStr) -> bool | TryLater:
    """Give back this token alone; the grant and its other tokens stay. False for a dead one."""
    return _give_back("token", access_token)


def _give_back(what: str, access_token: SecretStr) -> bool | TryLater:
    ours = known_place()
    pair = f"{ours.client_id}:{ours.client_secret.get_secret_value()}"
    answer = _send(
        "DELETE",
        f"{ours.api_url}/applications/{ours.client_id}/{what}",
        {"access_token": access_token.get_secret_value()},
        {
            "Authorization": f"Basic {b64encode(pair.encode()).decode()}",
            "X-GitHub-Api-Version": VERSION,
        },
    )
    if isinstance(answer, TryLater):
        return answer
    if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY):
        return False
    return True if answer.is_success else TryLater(f"status {answer.status}")


def _ask_for_tokens(wanted: dict[str, str]) -> Granted | Denied | TryLater:
    ours = known_place()
    answer = _send(
        "POST",
        f"{ours.web_url}/login/oauth/access_token",
        {
            "client_id": ours.client_id,
            "client_secret": ours.client_secret.get_secret_value(),
            **wanted,
        },
        {},
    )
    if isinstance(answer, TryLater):
        return answer
    if not answer.is_success:
        return TryLater(f"status {answer.status}")
    try:
        found = _TokenAnswer.model_validate(read_json(answer))
    except (ValidationError, ValueError, RecursionError) as error:
        return TryLater(f"unreadable: {type(error).__name__}")
    if found.error in _OUR_FAULT:
        return TryLater(str(found.error))
    if found.error:
        return Denied(found.error)
    if found.access_token is None:
        return TryLater("neither a token nor an error")
    lives = timedelta(seconds=found.expires_in) if found.expires_in else None
    return Granted(found.access_token, found.refresh_token, lives)


def _send(
    method: str, url: str, content: dict[str, Any], headers: dict[str, str]
) -> Answer | TryLater:
    every = {"Accept": "application/json", "Content-Type": "application/json", **headers}
    try:
        return client().send(method, url, every, json.dumps(content).encode())
    except (AddressRefused, Unreachable, NoAnswer) as error:
        return TryLater(str(error) or type(error).__name__)
