"""The consent page, and the way back from it; the same for both providers."""

import json
from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import urlencode, urlsplit

from flask import Response, make_response, redirect, request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from werkzeug.wrappers import Response as AnyResponse

from ultra.sandbox import pages
from ultra.sandbox.oauth import misbehaviours, repository
from ultra.sandbox.oauth.misbehaviours import STRANGER, How, Provider
from ultra.sandbox.oauth.repository import Grant, Person
from ultra.sandbox.store import transaction

_THIS_MACHINE: Final = {"localhost", "127.0.0.1", "::1"}
_LONGEST: Final = 2000
NAMES: Final = {Provider.GOOGLE: "Google", Provider.GITHUB: "GitHub"}

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class _NewPerson(BaseModel):
    model_config = ConfigDict(extra="ignore")

    name: _Text
    email: Annotated[_Text, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    is_verified: bool = False


def answer(provider: Provider, issuer: str) -> AnyResponse:
    """Show the page to a browser that was sent here, and take what is pressed on it."""
    given = request.args if request.method == "GET" else request.form
    asked = {name: value[:_LONGEST] for name, value in given.items()}
    wanted = asked if request.method == "GET" else _read_request(asked.get("request", ""))
    if trouble := _refuse(wanted):
        return Response(f"{trouble}\n", 400, mimetype="text/plain")
    if request.method == "GET":
        return _show(provider, wanted)
    if "cancel" in asked:
        return _send_back(provider, issuer, wanted, {"error": "access_denied"})
    with transaction() as connection:
        person = repository.find_person(connection, provider, asked.get("person", ""))
        if person is None:
            new = _NewPerson.model_validate(asked)
            person = repository.put_person(
                connection, provider, new.name, new.email, is_verified=new.is_verified
            )
        grant = Grant(provider, wanted["client_id"], person, wanted)
        code = repository.add_code(connection, grant)
    return _send_back(provider, issuer, wanted, {"code": code})


def is_own_place(redirect_uri: str) -> bool:
    """Whether an address is one of this machine's: a real provider has a list of its clients."""
    place = urlsplit(redirect_uri)
    return place.scheme in {"http", "https"} and place.hostname in _THIS_MACHINE


def _refuse(wanted: Mapping[str, str]) -> str | None:
    if not wanted.get("client_id"):
        return "client_id is missing"
    if not is_own_place(wanted.get("redirect_uri", "")):
        return "redirect_uri must be an address of this machine"
    if wanted.get("response_type", "code") != "code":
        return "response_type must be code"
    if wanted.get("code_challenge") and wanted.get("code_challenge_method") != "S256":
        return "code_challenge_method must be S256"
    return None


def _show(provider: Provider, wanted: Mapping[str, str]) -> Response:
    with transaction() as connection:
        people = repository.list_people(connection, provider)
    page = make_response(
        pages.render(
            "consent.html",
            provider=provider,
            provider_name=NAMES[provider],
            people=people,
            initials={person.id: _initials(person) for person in people},
            scopes=wanted.get("scope", "").replace(",", " ").split(),
            client=wanted["client_id"],
            wanted=json.dumps(dict(wanted)),
        )
    )
    # Chromium holds a form's policy against each redirect that follows on it.
    place = urlsplit(wanted["redirect_uri"])
    policy = pages.POLICY.replace(
        "form-action 'self'", f"form-action 'self' {place.scheme}://{place.netloc}"
    )
    page.headers["Content-Security-Policy"] = policy
    page.headers["Cache-Control"] = "no-store"
    return page


def _initials(person: Person) -> str:
    words = person.name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


def _read_request(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return (
        {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
    )


def _send_back(
    provider: Provider, issuer: str, wanted: Mapping[str, str], outcome: dict[str, str]
) -> AnyResponse:
    with transaction() as connection:
        how = misbehaviours.find(connection, provider).how
    answer = {**outcome, "state": wanted.get("state", "")}
    if provider is Provider.GOOGLE or how is How.ISSUER_WRONG:
        answer["iss"] = STRANGER if how is How.ISSUER_WRONG else issuer
    if how is How.STATE_WRONG:
        answer["state"] = "of-another-sign-in"
    if how is How.STATE_MISSING or not wanted.get("state"):
        del answer["state"]
    back = wanted["redirect_uri"]
    return redirect(f"{back}{'&' if '?' in back else '?'}{urlencode(answer)}")
