"""The words for how mails are gathered."""

from enum import StrEnum


class DigestRhythm(StrEnum):
    """Whether mails that are not urgent are gathered into one."""

    OFF = "off"
    HOURLY = "hourly"
    DAILY = "daily"
