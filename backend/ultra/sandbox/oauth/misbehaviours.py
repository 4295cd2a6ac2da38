"""The ways in which a provider can be told to misbehave."""

import sqlite3
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

STRANGER: Final = "https://accounts.example.com"
"""In whose name a provider speaks that lies about its own."""


class Provider(StrEnum):
    GOOGLE = "google"
    GITHUB = "github"


class How(StrEnum):
    """What is wrong; those about identity tokens concern Google alone, which has them."""

    DESCRIPTION_WRONG = "description_wrong"
    """It describes itself as somebody else."""
    # The redirect back.
    STATE_MISSING = "state_missing"
    STATE_WRONG = "state_wrong"
    ISSUER_WRONG = "issuer_wrong"
    # The token endpoint.
    TOKEN_SLOW = "token_slow"  # noqa: S105 - not a secret, nor are those below
    TOKEN_DRIPPING = "token_dripping"  # noqa: S105
    TOKEN_REDIRECT = "token_redirect"  # noqa: S105
    TOKEN_HUGE = "token_huge"  # noqa: S105
    TOKEN_NOT_JSON = "token_not_json"  # noqa: S105
    TOKEN_LIST = "token_list"  # noqa: S105
    TOKEN_ERROR = "token_error"  # noqa: S105
    TOKEN_BROKEN_OFF = "token_broken_off"  # noqa: S105
    # The identity token.
    ID_TOKEN_MISSING = "id_token_missing"  # noqa: S105
    ALG_NONE = "alg_none"
    ALG_SECRET = "alg_secret"  # noqa: S105
    """HS256 with the client's secret."""
    ALG_PUBLIC_KEY = "alg_public_key"
    """HS256 with the public key as if it were a secret."""
    SIGNATURE_WRONG = "signature_wrong"
    KEY_UNKNOWN = "key_unknown"
    KEY_INSIDE = "key_inside"
    """Signed by a stranger's key that the header brings along."""
    WRONG_AUDIENCE = "wrong_audience"
    SHARED_AUDIENCE = "shared_audience"
    """For us and for another client, made out to the other one."""
    WRONG_ISSUER = "wrong_issuer"
    WRONG_NONCE = "wrong_nonce"
    NONCE_MISSING = "nonce_missing"
    EXPIRED = "expired"
    EXPIRY_MISSING = "expiry_missing"
    SUBJECT_MISSING = "subject_missing"
    KEYS_ERROR = "keys_error"
    # Who it is.
    EMAIL_UNVERIFIED = "email_unverified"
    EMAIL_VERIFIED_ABSENT = "email_verified_absent"
    EMAIL_VERIFIED_TEXT = "email_verified_text"
    EMAIL_MISSING = "email_missing"


class Misbehaviour(BaseModel):
    """From now on, until another one is set; without `how` the provider behaves again."""

    model_config = ConfigDict(extra="forbid")

    provider: Provider
    how: How | None = None
    seconds: float = Field(default=30, ge=0, le=120)
    """How long a slow one takes."""


WELL = {provider: Misbehaviour(provider=provider) for provider in Provider}


def put(connection: sqlite3.Connection, wanted: Misbehaviour) -> None:
    connection.execute(
        "insert or replace into oauth_misbehaviours values (?, ?)",
        (wanted.provider, wanted.model_dump_json()),
    )


def find(connection: sqlite3.Connection, provider: Provider) -> Misbehaviour:
    row = connection.execute(
        "select misbehaviour from oauth_misbehaviours where provider = ?", (provider,)
    ).fetchone()
    return Misbehaviour.model_validate_json(row["misbehaviour"]) if row else WELL[provider]
