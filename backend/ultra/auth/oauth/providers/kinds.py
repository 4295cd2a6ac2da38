"""What all providers have in common."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Provider(StrEnum):
    GOOGLE = "google"
    GITHUB = "github"


@dataclass(frozen=True)
class Client:
    """Who we are at a provider, and where it is."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    web_url: str
    """For Google its issuer, for GitHub its website."""
    api_url: str
    """GitHub alone: where it says who somebody is."""


@dataclass(frozen=True)
class Secrets:
    """What is made for one sign-in: nobody can guess any of it."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True)
class Profile:
    """Who somebody is at a provider."""

    provider: Provider
    subject: str
    email: str | None
    """None when there is none, or one that the provider has not verified."""
    name: str


class SignIn(Protocol):
    """A module that speaks one provider's dialect."""

    def authorization_url(self, client: Client, secrets: Secrets) -> str:
        """Where the browser goes. Raises ProviderUnavailable, ProviderAnswerRefused."""

    def issuer(self, client: Client) -> str:
        """How the provider names itself in the parameter `iss` of the way back (RFC 9207)."""

    def fetch_profile(self, client: Client, code: str, secrets: Secrets) -> Profile:
        """Who came back with this code. Raises ProviderUnavailable, ProviderAnswerRefused."""
