"""Which channel goes by which name."""

from ultra.notifications.channels.discord import Discord
from ultra.notifications.channels.email import Email
from ultra.notifications.channels.protocol import Channel, EndpointChannel
from ultra.notifications.channels.push import Push
from ultra.notifications.channels.slack import Slack
from ultra.notifications.channels.webhook import Webhook
from ultra.notifications.endpoints.states import EndpointType
from ultra.notifications.kinds import ChannelName

ENDPOINT_CHANNELS: dict[EndpointType, EndpointChannel] = {
    EndpointType.WEBHOOK: Webhook(),
    EndpointType.SLACK: Slack(),
    EndpointType.DISCORD: Discord(),
}
CHANNELS: dict[ChannelName, Channel] = {
    ChannelName.PUSH: Push(),
    ChannelName.EMAIL: Email(),
    **{ChannelName(kind): channel for kind, channel in ENDPOINT_CHANNELS.items()},
}
"""All but `in_app`: what the page shows needs no way out."""
