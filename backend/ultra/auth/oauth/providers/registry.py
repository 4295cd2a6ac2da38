"""Which providers this installation has, and how to speak to each."""

from typing import Final

from ultra.auth.oauth.errors import ProviderNotSetUp
from ultra.auth.oauth.providers import github, google
from ultra.auth.oauth.providers.kinds import Client, Provider, SignIn
from ultra.settings import settings

_DIALECTS: Final[dict[Provider, SignIn]] = {Provider.GOOGLE: google, Provider.GITHUB: github}
SANDBOX_CLIENT: Final = "ultra-sign-in"


def dialect(provider: Provider) -> SignIn:
    return _DIALECTS[provider]


def available() -> list[Provider]:
    """Those that a sign-in page may offer."""
    return [provider for provider in Provider if _find_client(provider)]


def get_client(provider: Provider) -> Client:
    """Raises ProviderNotSetUp."""
    found = _find_client(provider)
    if found is None:
        raise ProviderNotSetUp
    return found


def _find_client(provider: Provider) -> Client | None:
    own = settings.auth
    if provider is Provider.GOOGLE:
        client_id, secret = own.google_client_id, own.google_client_secret
        web_url, api_url = own.google_issuer, own.google_issuer
    else:
        client_id, secret = own.github_client_id, own.github_client_secret
        web_url, api_url = own.github_web_url.rstrip("/"), own.github_api_url.rstrip("/")
    # One for each provider: an answer of the one can never pass for an answer of the other.
    redirect_uri = f"{settings.website_url}/api/auth/oauth/{provider}/callback"
    if client_id and secret:
        return Client(client_id, secret.get_secret_value(), redirect_uri, web_url, api_url)
    if settings.sandbox_url:
        return Client(
            SANDBOX_CLIENT,
            f"{SANDBOX_CLIENT}-secret",
            redirect_uri,
            f"{settings.sandbox_url}/{provider}",
            f"{settings.sandbox_url}/{provider}-api",
        )
    return None
