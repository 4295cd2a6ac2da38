"""Leaving for a provider and coming back: that it is the same browser, and the same journey."""

from ultra.auth.oauth import records
from ultra.auth.oauth.errors import ProviderAnswerRefused, SignInCancelled, SignInExpired
from ultra.auth.oauth.providers import registry
from ultra.auth.oauth.providers.kinds import Profile, Provider, Secrets
from ultra.auth.oauth.records import Departure
from ultra.auth.oauth.schemas import Returning
from ultra.auth.users.preferences import Locale
from ultra.kit.access import Actor
from ultra.kit.crypto import new_secret
from ultra.kit.log import get_logger

log = get_logger()


def depart(
    provider: Provider, *, next_path: str, language: Locale, linking: Actor | None = None
) -> str:
    """Remember the departure; where the browser goes. `linking` is who links what they bring back.

    Raises ProviderNotSetUp, ProviderUnavailable, ProviderAnswerRefused, Unavailable.
    """
    client = registry.get_client(provider)
    secrets = Secrets(state=new_secret(), nonce=new_secret(), verifier=new_secret())
    url = registry.dialect(provider).authorization_url(client, secrets)
    records.keep(
        Departure(
            provider=provider,
            state_digest=records.state_digest(secrets.state),
            nonce=secrets.nonce,
            verifier=secrets.verifier,
            next_path=next_path,
            language=language,
            user_id=linking.user_id if linking else None,
            session_id=linking.own_session_id if linking else None,
        )
    )
    return url


def identify(provider: Provider, returning: Returning, departure: Departure) -> Profile:
    """Who came back, if it is this browser that left, and for this provider.

    Waits for the provider, so no transaction may be open. Raises SignInExpired, SignInCancelled,
    ProviderUnavailable, ProviderAnswerRefused, ProviderNotSetUp.
    """
    state = returning.state or ""
    if departure.provider is not provider or not departure.is_own_state(state):
        raise SignInExpired
    client, dialect = registry.get_client(provider), registry.dialect(provider)
    if returning.iss is not None and returning.iss != dialect.issuer(client):
        log.warning("oauth.mixed_up", provider=provider)
        raise ProviderAnswerRefused
    if returning.error == "access_denied":
        raise SignInCancelled
    if returning.error or not returning.code:
        log.warning("oauth.refused", provider=provider, error=(returning.error or "")[:60])
        raise ProviderAnswerRefused
    return dialect.fetch_profile(client, returning.code, departure.secrets(state))
