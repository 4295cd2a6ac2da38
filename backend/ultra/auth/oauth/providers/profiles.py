"""Reads who somebody is out of what a provider says, believing only what is as it must be."""

import unicodedata
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ultra.auth.oauth.providers.calls import refused
from ultra.auth.oauth.providers.kinds import Profile, Provider
from ultra.auth.users.schemas import Email

LONGEST_SUBJECT = 255
LONGEST_NAME = 100

_email: TypeAdapter[str] = TypeAdapter(Email)


def read_profile(
    provider: Provider, *, subject: Any, email: Any, is_verified: Any, name: Any
) -> Profile:
    """Raises ProviderAnswerRefused without a subject."""
    if not (isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT):
        raise refused("no subject")
    # The text "true" and the number 1 are not true: only a provider that says so plainly counts.
    found = _read_email(email) if is_verified is True else None
    return Profile(provider, subject, found, _read_name(name, found))


def _read_email(email: Any) -> str | None:
    try:
        return _email.validate_python(email)
    except ValidationError:
        return None


def _read_name(name: Any, email: str | None) -> str:
    given = name if isinstance(name, str) else ""
    plain = "".join(each for each in given if unicodedata.category(each) != "Cc").strip()
    return (plain or (email or "").partition("@")[0])[:LONGEST_NAME]
