"""Proving a password, with a bound on how often it may be guessed.

A device on which the account's owner signed in before has a count of its own. So whoever guesses
from elsewhere can make strange devices wait, and never the owner's.
"""

from ultra.auth.sessions import known_devices
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.service import Device
from ultra.auth.users import service as users
from ultra.auth.users.errors import WrongCredentials, WrongPassword
from ultra.auth.users.models import User
from ultra.auth.users.service import Proof
from ultra.kit import limits
from ultra.kit.access import Actor
from ultra.settings import Registration, settings


def prove(email: str, password: str, device: Device) -> Proof:
    """Raises WrongCredentials, TooMany.

    Each try counts before the password is looked at: many at once get no more tries than one after
    the other. A right one gives the counts back.
    """
    sought, account = users.seek(email), users.key_of(email)
    if sought.user_id and known_devices.is_known(device.mark, sought.user_id):
        counts: list[tuple[str, tuple[str, ...]]] = [
            ("login_device", (account, known_devices.id_of(device.mark) or ""))
        ]
    else:
        network = limits.network_of(device.ip)
        limits.check("login_address", network)
        counts = [("login_pair", (network, account)), ("login_account", (account,))]
    for bucket, parts in counts:
        limits.check(bucket, *parts)
    try:
        proof = users.prove(sought, password)
    except WrongCredentials:
        # The address is not written down, for people type passwords there.
        sessions.note_refusal(sought.user_id, "password")
        raise
    for bucket, parts in counts:
        limits.forget(bucket, *parts)
    return proof


def prove_again(actor: Actor, password: str) -> Proof:
    """For somebody who is signed in. Raises WrongPassword, TooMany."""
    parts = (str(actor.user_id), str(actor.own_session_id))
    limits.check("login_device", *parts)
    with sessions.noting_failed_proof("password", WrongPassword):
        proof = users.prove_again(actor.user_id, password)
    limits.forget("login_device", *parts)
    return proof


def waits_for_address(user: User) -> bool:
    """Whether this person has to show first that they read the mail of their address."""
    return settings.registration is Registration.VERIFIED and not user.is_email_verified


def let_in_again(email: str) -> None:
    """The owner came from the mail: wrong passwords that others tried hold them up no more."""
    limits.forget("login_account", users.key_of(email))
