"""The rules of preferences: defaults, what goes where, until when something has to wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit.errors import Language
from ultra.notifications.kinds import CHOOSABLE, KINDS, ChannelName, Kind
from ultra.notifications.preferences import hours, repository
from ultra.notifications.preferences.models import NotificationChoice
from ultra.notifications.preferences.schemas import (
    ChoiceRead,
    PreferencesRead,
    PreferencesUpdate,
    QuietHoursRead,
)
from ultra.notifications.preferences.states import DigestRhythm

# A browser tells its zone; until it has, the place where most readers of the language live.
DEFAULT_ZONES: dict[Language, str] = {"tr": "Europe/Istanbul", "en": "UTC"}
OF_PEOPLE = (ChannelName.IN_APP, ChannelName.PUSH, ChannelName.EMAIL)
QUIET_START, QUIET_END = time(22), time(8)
DIGEST_HOUR = 9


@dataclass(frozen=True)
class Preferences:
    """What one person wants, with the defaults filled in."""

    zone: ZoneInfo
    is_quiet: bool
    quiet_start: time
    quiet_end: time
    email_digest: DigestRhythm
    digest_hour: int
    choices: Mapping[Kind, Mapping[ChannelName, bool]]

    def wants(self, kind: Kind, channel: ChannelName) -> bool:
        """A test is always wanted: the person asked for it a moment ago."""
        return kind is Kind.TEST or self.choices[kind][channel]

    def held_until(self, now: datetime) -> datetime | None:
        """The end of the quiet hours that hold now; None when there are none."""
        if not self.is_quiet:
            return None
        return hours.quiet_until(now, self.zone, self.quiet_start, self.quiet_end)

    def next_digest(self, now: datetime) -> datetime:
        """When the digest that takes in something now is to leave; never in quiet hours."""
        due = now
        if self.email_digest is DigestRhythm.HOURLY:
            due = hours.next_hour(now, self.zone)
        elif self.email_digest is DigestRhythm.DAILY:
            due = hours.next_at(now, self.zone, time(self.digest_hour))
        return self.held_until(due) or due

    def digests(self, kind: Kind) -> bool:
        """Whether a mail of this kind waits for the digest."""
        is_at_once = kind is Kind.TEST or KINDS[kind].is_urgent
        return self.email_digest is not DigestRhythm.OFF and not is_at_once


def get(session: Session, user_id: UUID) -> Preferences:
    stored = repository.find(session, user_id)
    chosen = repository.choices(session, user_id)
    choices = {
        kind: {channel: _is_wanted(kind, channel, chosen.get(kind)) for channel in OF_PEOPLE}
        for kind in CHOOSABLE
    }
    if stored is None:
        return Preferences(
            zone=ZoneInfo(DEFAULT_ZONES[auth.get_person(session, user_id).locale]),
            is_quiet=False,
            quiet_start=QUIET_START,
            quiet_end=QUIET_END,
            email_digest=DigestRhythm.OFF,
            digest_hour=DIGEST_HOUR,
            choices=choices,
        )
    return Preferences(
        zone=ZoneInfo(stored.zone),
        is_quiet=stored.is_quiet,
        quiet_start=stored.quiet_start,
        quiet_end=stored.quiet_end,
        email_digest=stored.email_digest,
        digest_hour=stored.digest_hour,
        choices=choices,
    )


def save(session: Session, user_id: UUID, wanted: PreferencesUpdate) -> Preferences:
    """Replace the preferences; kinds that are not named stay as they are."""
    repository.save(
        session,
        user_id,
        {
            "zone": wanted.zone,
            "is_quiet": wanted.quiet_hours.is_on,
            "quiet_start": time.fromisoformat(wanted.quiet_hours.start),
            "quiet_end": time.fromisoformat(wanted.quiet_hours.end),
            "email_digest": wanted.email_digest,
            "digest_hour": wanted.digest_hour,
        },
    )
    for choice in wanted.kinds:
        values = choice.model_dump(include={"in_app", "push", "email"})
        repository.save_choice(session, user_id, choice.kind, values)
    return get(session, user_id)


def set_email(session: Session, user_id: UUID, kinds: list[Kind], *, is_wanted: bool) -> None:
    """Stop or resume the mails of these kinds and leave everything else as it is."""
    now = get(session, user_id)
    for kind in kinds:
        values = {channel.value: wanted for channel, wanted in now.choices[kind].items()}
        repository.save_choice(session, user_id, kind, {**values, "email": is_wanted})


def present(found: Preferences, language: Language, *, is_operator: bool) -> PreferencesRead:
    return PreferencesRead(
        zone=found.zone.key,
        quiet_hours=QuietHoursRead(
            is_on=found.is_quiet, start=found.quiet_start, end=found.quiet_end
        ),
        email_digest=found.email_digest,
        digest_hour=found.digest_hour,
        kinds=[
            ChoiceRead(
                kind=kind,
                title=KINDS[kind].title[language],
                description=KINDS[kind].description[language],
                is_urgent=KINDS[kind].is_urgent,
                in_app=found.wants(kind, ChannelName.IN_APP),
                push=found.wants(kind, ChannelName.PUSH),
                email=found.wants(kind, ChannelName.EMAIL),
                fixed=list(KINDS[kind].fixed),
                for_endpoints=KINDS[kind].for_endpoints,
            )
            for kind in CHOOSABLE
            if is_operator or not KINDS[kind].for_operators
        ],
    )


def _is_wanted(kind: Kind, channel: ChannelName, choice: NotificationChoice | None) -> bool:
    if choice is None or channel in KINDS[kind].fixed:
        return KINDS[kind].default(channel)
    chosen: bool = getattr(choice, channel)
    return chosen
