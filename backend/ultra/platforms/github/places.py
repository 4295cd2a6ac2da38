"""Where GitHub is, and who we are there: the real one, or the sandbox while no keys are given."""

from dataclasses import dataclass

from pydantic import SecretStr

from ultra.settings import settings

SANDBOX_CLIENT = "sandbox-github-app"
SANDBOX_SECRET = "sandbox-github-secret"  # noqa: S105 - opens nothing but the sandbox


@dataclass(frozen=True)
class Place:
    web_url: str
    api_url: str
    client_id: str
    client_secret: SecretStr


def place() -> Place | None:
    """None in production without keys: there connecting is off."""
    ours = settings.github
    if ours.client_id and ours.client_secret:
        return Place(
            ours.web_url.rstrip("/"), ours.api_url.rstrip("/"), ours.client_id, ours.client_secret
        )
    sandbox = settings.sandbox_url
    if sandbox is None:
        return None
    return Place(
        f"{sandbox}/github-app",
        f"{sandbox}/github-app/api",
        SANDBOX_CLIENT,
        SecretStr(SANDBOX_SECRET),
    )


def is_available() -> bool:
    """Whether a workspace of this installation can be connected to GitHub."""
    return place() is not None


def known_place() -> Place:
    """Raises RuntimeError where connecting is off; no caller comes this far then."""
    found = place()
    if found is None:
        raise RuntimeError("GitHub is not set up: ULTRA_GITHUB__CLIENT_ID, …CLIENT_SECRET")
    return found
