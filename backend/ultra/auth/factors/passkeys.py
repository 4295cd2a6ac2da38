"""What browsers and authenticators are told and what they answer, by WebAuthn's rules.

Keys can be found without a name being typed (discoverable), and the authenticator always checks its
person, by finger, face or PIN: a passkey alone is therefore two factors.
"""

import ipaddress
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    base64url_to_bytes,
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    options_to_json_dict,
    parse_client_data_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    CredentialDeviceType,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from ultra.auth.factors.errors import PasskeyNotUsable, PasskeyRefused
from ultra.auth.factors.models import Passkey
from ultra.auth.factors.schemas import NewPasskeyCredential, PasskeyAssertion
from ultra.auth.users.models import User
from ultra.settings import settings

NAME = "Ultrarslanoğlu"
MILLISECONDS = 300_000
"""How long the browser may wait for its person; as long as the challenge lives."""

# What the library lets through for input that is no WebAuthn at all.
_MALFORMED = (
    WebAuthnException,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)


def are_possible() -> bool:
    """Whether browsers offer passkeys at our address: over TLS or on this machine, and by name."""
    address = urlsplit(settings.website_url)
    host = address.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return address.scheme == "https" or host == "localhost" or host.endswith(".localhost")
    return False


def registration_options(user: User, known: Sequence[Passkey], challenge: bytes) -> dict[str, Any]:
    """For navigator.credentials.create()."""
    options = webauthn.generate_registration_options(
        rp_id=_site(),
        rp_name=NAME,
        user_id=user.id.bytes,
        user_name=user.email,
        user_display_name=user.name,
        challenge=challenge,
        timeout=MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(known),
    )
    return options_to_json_dict(options)


def sign_in_options(challenge: bytes, allowed: Sequence[Passkey] = ()) -> dict[str, Any]:
    """For navigator.credentials.get(); without a list the browser offers all that it has."""
    options = webauthn.generate_authentication_options(
        rp_id=_site(),
        challenge=challenge,
        timeout=MILLISECONDS,
        allow_credentials=_descriptors(allowed),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def challenge_of(credential: NewPasskeyCredential | PasskeyAssertion) -> bytes:
    """The challenge that was signed. Raises PasskeyRefused, also for an answer given in a frame."""
    try:
        said = parse_client_data_json(base64url_to_bytes(credential.response.client_data))
    except _MALFORMED as error:
        raise PasskeyRefused from error
    if said.cross_origin:
        raise PasskeyRefused
    return said.challenge


def verify_registration(credential: NewPasskeyCredential, challenge: bytes) -> VerifiedRegistration:
    """Raises PasskeyNotUsable."""
    try:
        found = webauthn.verify_registration_response(
            credential=credential.as_browsers_say(),
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=settings.website_url,
            require_user_verification=True,
        )
        # Without an attestation the library does not look at the key; a useless one is to be found
        # out now, not at the next sign-in.
        decoded_public_key_to_cryptography(
            decode_credential_public_key(found.credential_public_key)
        )
    except _MALFORMED as error:
        raise PasskeyNotUsable from error
    return found


def verify_assertion(
    credential: PasskeyAssertion, challenge: bytes, passkey: Passkey
) -> VerifiedAuthentication:
    """Raises PasskeyRefused."""
    try:
        return webauthn.verify_authentication_response(
            credential=credential.as_browsers_say(),
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=settings.website_url,
            credential_public_key=passkey.public_key,
            # Zero switches off that the library refuses a smaller count: whoever synchronises keys
            # between devices may well send one, so we look at it ourselves and only warn.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except _MALFORMED as error:
        raise PasskeyRefused from error


def id_of(credential: PasskeyAssertion) -> bytes:
    """Raises PasskeyRefused."""
    try:
        return base64url_to_bytes(credential.raw_id)
    except ValueError as error:
        raise PasskeyRefused from error


def names(credential: PasskeyAssertion, user_id: UUID, *, must: bool) -> bool:
    """Whether the authenticator says that its key is this person's.

    It need not say so when we asked for one of a person's own keys.
    """
    handle = credential.response.user_handle
    if handle is None:
        return not must
    try:
        return base64url_to_bytes(handle) == user_id.bytes
    except ValueError:
        return False


def known_transports(given: Sequence[str]) -> list[str]:
    """Those that the standard knows today, each once."""
    return sorted({each.value for each in AuthenticatorTransport}.intersection(given))


def is_backup_eligible(verified: VerifiedRegistration) -> bool:
    """Whether the key may be synchronised to other devices."""
    return verified.credential_device_type is CredentialDeviceType.MULTI_DEVICE


def _site() -> str:
    """The domain to which passkeys belong."""
    return urlsplit(settings.website_url).hostname or ""


def _descriptors(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=each.credential_id,
            transports=[AuthenticatorTransport(name) for name in each.transports],
        )
        for each in passkeys
    ]
