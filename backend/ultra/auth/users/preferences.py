"""How a person likes to see the product."""

from enum import StrEnum


class Locale(StrEnum):
    TURKISH = "tr"
    ENGLISH = "en"


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
