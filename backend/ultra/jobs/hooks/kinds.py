"""The words for how calls are signed and what became of them; the same in table and API."""

from enum import StrEnum


class SignatureKind(StrEnum):
    """How a caller proves that it knows the secret."""

    STANDARD = "standard"
    """Standard Webhooks: id, time and body are signed."""
    GITHUB = "github"
    """X-Hub-Signature-256: the body alone is signed."""


class CallStatus(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
