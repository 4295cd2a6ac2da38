"""Shapes of preferences in requests and responses."""

from datetime import time
from typing import Annotated, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, PlainSerializer, model_validator

from ultra.kit.http import RequestShape, ResponseShape
from ultra.notifications.kinds import CHOOSABLE, KINDS, ChannelName, Kind
from ultra.notifications.preferences.states import DigestRhythm


def _check_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("not a time zone, such as Europe/Istanbul")
    return name


Zone = Annotated[str, Field(max_length=64), AfterValidator(_check_zone)]
WallTimeText = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["22:00"])]
WallTime = Annotated[time, PlainSerializer(lambda at: at.strftime("%H:%M"), return_type=str)]


class QuietHoursUpdate(RequestShape):
    is_on: bool
    start: WallTimeText
    end: WallTimeText

    @model_validator(mode="after")
    def _check_length(self) -> Self:
        if self.start == self.end:
            raise ValueError("quiet hours must not begin and end at the same time")
        return self


class ChoiceUpdate(RequestShape):
    kind: Kind
    in_app: bool
    push: bool
    email: bool

    @model_validator(mode="after")
    def _check_fixed(self) -> Self:
        known = KINDS[self.kind]
        if any(getattr(self, name) != known.default(name) for name in known.fixed):
            raise ValueError("a channel that cannot be switched for this kind")
        return self


class PreferencesUpdate(RequestShape):
    zone: Zone
    quiet_hours: QuietHoursUpdate
    email_digest: DigestRhythm
    digest_hour: int = Field(ge=0, le=23)
    kinds: list[ChoiceUpdate] = Field(max_length=len(CHOOSABLE))

    @model_validator(mode="after")
    def _check_kinds(self) -> Self:
        named = [choice.kind for choice in self.kinds]
        if len(set(named)) < len(named) or not set(named) <= set(CHOOSABLE):
            raise ValueError("each kind at most once, and none that cannot be chosen")
        return self


class QuietHoursRead(ResponseShape):
    is_on: bool
    start: WallTime
    end: WallTime


class ChoiceRead(ResponseShape):
    kind: Kind
    title: str
    description: str
    is_urgent: bool
    in_app: bool
    push: bool
    email: bool
    fixed: list[ChannelName] = Field(description="Channels that cannot be switched")
    for_endpoints: bool = Field(description="Whether webhooks and chats can be told of it")


class PreferencesRead(ResponseShape):
    zone: str
    quiet_hours: QuietHoursRead
    email_digest: DigestRhythm
    digest_hour: int
    kinds: list[ChoiceRead]


class UnsubscribePath(RequestShape):
    token: str = Field(max_length=600)


class SubscriptionRead(ResponseShape):
    """What an unsubscribe link stands for."""

    email: str = Field(description="Masked")
    kind: str = Field(description="A kind, or `digest` for a link of a digest")
    title: str
    is_subscribed: bool


class SubscriptionState(ResponseShape):
    is_subscribed: bool
