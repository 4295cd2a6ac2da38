"""The shapes of accounts in requests and responses."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from ultra.auth.factors.schemas import PasskeyAssertion, TotpCode
from ultra.auth.users.schemas import Email, NewPassword, TypedPassword
from ultra.kit.http import RequestShape, ResponseShape
from ultra.settings import Registration

LinkToken = Annotated[str, StringConstraints(min_length=1, max_length=200), Field(repr=False)]


class PasswordRules(ResponseShape):
    min: int
    max: int


class SignInSettings(ResponseShape):
    """What the sign-in pages have to know before anybody is signed in."""

    registration: Registration
    providers: list[str]
    passkeys: bool
    password: PasswordRules


class RegistrationTaken(ResponseShape):
    """The same for everybody: what comes next stands in the mail to this address."""

    email: str


class ForgottenPassword(RequestShape):
    email: Annotated[str, StringConstraints(max_length=254)]
    """Not checked: an address that cannot exist is simply unknown."""


class LinkUse(RequestShape):
    token: LinkToken


class PasswordReset(RequestShape):
    token: LinkToken
    new_password: NewPassword


class FirstPassword(RequestShape):
    new_password: NewPassword


class EmailChange(RequestShape):
    new_email: Email


class StepUp(RequestShape):
    """One of the three."""

    password: TypedPassword | None = Field(default=None, repr=False)
    totp: TotpCode | None = Field(default=None, repr=False)
    passkey: PasskeyAssertion | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if sum(each is not None for each in (self.password, self.totp, self.passkey)) != 1:
            raise ValueError("give one of password, totp and passkey")
        return self
