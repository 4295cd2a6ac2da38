"""Shapes of tests of a person's channels."""

from enum import StrEnum
from uuid import UUID

from ultra.kit.http import RequestShape, ResponseShape
from ultra.notifications.kinds import ChannelName


class PersonalChannel(StrEnum):
    IN_APP = ChannelName.IN_APP.value
    PUSH = ChannelName.PUSH.value
    EMAIL = ChannelName.EMAIL.value


class ChannelTest(RequestShape):
    channel: PersonalChannel


class TestStarted(ResponseShape):
    job_id: UUID | None
