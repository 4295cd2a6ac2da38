"""The shapes of second factors in requests and responses."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from ultra.auth.factors.kinds import Way
from ultra.auth.users.schemas import Name
from ultra.kit.http import RequestShape, ResponseShape

Base64Url = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=20_000)]
TotpCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{3} ?[0-9]{3}$", max_length=7)]
TypedRecoveryCode = Annotated[str, StringConstraints(max_length=100)]


class _FromBrowser(RequestShape):
    """As PublicKeyCredential.toJSON() writes it: browsers add fields as the standard grows."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class AttestationResponse(_FromBrowser):
    client_data: Base64Url = Field(alias="clientDataJSON")
    attestation_object: Base64Url = Field(alias="attestationObject")
    transports: list[Annotated[str, StringConstraints(max_length=40)]] = Field(
        default=[], max_length=20
    )


class AssertionResponse(_FromBrowser):
    client_data: Base64Url = Field(alias="clientDataJSON")
    authenticator_data: Base64Url = Field(alias="authenticatorData")
    signature: Base64Url
    user_handle: Base64Url | None = Field(default=None, alias="userHandle")


class _Credential(_FromBrowser):
    id: Base64Url
    raw_id: Base64Url = Field(alias="rawId")
    type: Literal["public-key"]

    def as_browsers_say(self) -> dict[str, Any]:
        return self.model_dump(by_alias=True, exclude_none=True)


class NewPasskeyCredential(_Credential):
    """What navigator.credentials.create() gave."""

    response: AttestationResponse


class PasskeyAssertion(_Credential):
    """What navigator.credentials.get() gave."""

    response: AssertionResponse


class PasskeyOptions(ResponseShape):
    """For PublicKeyCredential.parseCreationOptionsFromJSON or parseRequestOptionsFromJSON."""

    options: dict[str, Any]


class PasskeyRead(ResponseShape):
    id: UUID
    name: str
    is_backed_up: bool
    """Whether it lives on further devices of its owner; else it is lost with this one."""
    created_at: datetime
    last_used_at: datetime | None


class PasskeyList(ResponseShape):
    """One's passkeys, the oldest first."""

    items: list[PasskeyRead]


class PasskeyAdd(RequestShape):
    name: Name
    credential: NewPasskeyCredential


class PasskeyAdded(ResponseShape):
    passkey: PasskeyRead
    recovery_codes: list[str] = Field(repr=False)
    """Shown this once, with the first factor; empty when there are some already."""


class PasskeyUpdate(RequestShape):
    name: Name


class PasskeyPath(RequestShape):
    passkey_id: UUID


class PasskeySignIn(RequestShape):
    credential: PasskeyAssertion


class TotpSetUp(ResponseShape):
    """For the authenticator app, shown this once; it counts when a code of it is confirmed."""

    secret: str = Field(repr=False)
    uri: str = Field(repr=False)


class TotpConfirm(RequestShape):
    code: TotpCode = Field(repr=False)


class RecoveryCodes(ResponseShape):
    """Shown this once; empty when there are some already."""

    recovery_codes: list[str] = Field(repr=False)


class SecondFactorWays(ResponseShape):
    ways: list[Way]


class SecondFactorNeeded(ResponseShape):
    """The first step is done; the second one follows within five minutes."""

    second_factor: SecondFactorWays


class SecondFactor(RequestShape):
    """One of the three."""

    code: TotpCode | None = Field(default=None, repr=False)
    recovery_code: TypedRecoveryCode | None = Field(default=None, repr=False)
    passkey: PasskeyAssertion | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if sum(each is not None for each in (self.code, self.recovery_code, self.passkey)) != 1:
            raise ValueError("give one of code, recovery_code and passkey")
        return self

    @property
    def way(self) -> Way:
        """Which of them it is."""
        if self.code is not None:
            return Way.TOTP
        return Way.PASSKEY if self.recovery_code is None else Way.RECOVERY


class TotpRead(ResponseShape):
    is_enabled: bool
    since: datetime | None


class Factors(ResponseShape):
    """By which ways one signs in."""

    has_password: bool
    totp: TotpRead
    passkeys: list[PasskeyRead]
    recovery_codes_left: int
