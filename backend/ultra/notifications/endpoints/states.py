"""The words for what an endpoint is and why it is switched off."""

from enum import StrEnum


class EndpointType(StrEnum):
    """Each is the name of a channel."""

    WEBHOOK = "webhook"
    SLACK = "slack"
    DISCORD = "discord"


class DisabledReason(StrEnum):
    BY_PERSON = "by_person"
    FAILING = "failing"
    """Nothing got through during the whole schedule of one message."""
    GONE = "gone"
    """The other side says that this address is no more."""
