"""Writes the first text of a post about a release: what is out, what is new, where to read more.

It takes the author's own list of changes and adds nothing to it. Pure: no session, no clock.
"""

import re
from dataclasses import dataclass
from typing import Final

from ultra.kit.errors import Language

MOST_POINTS: Final = 5
LONGEST_POINT: Final = 140
LONGEST_PARAGRAPH: Final = 280

_HEAD: Final[dict[Language, str]] = {"tr": "{name} {tag} yayında!", "en": "{name} {tag} is out!"}
_NEW: Final[dict[Language, str]] = {"tr": "Neler yeni:", "en": "What is new:"}
_MORE: Final[dict[Language, str]] = {"tr": "Ayrıntılar: {url}", "en": "Details: {url}"}

_POINT: Final = re.compile(r"^\s{0,3}[-*+]\s+(?:\[[ xX]\]\s+)?(.+)$")
_FENCE: Final = re.compile(r"^(```|~~~).*?^\1\s*$", re.DOTALL | re.MULTILINE)
_HIDDEN: Final = re.compile(r"<!--.*?-->|<[^<>]{1,500}>", re.DOTALL)
_IMAGE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_AUTHOR: Final = re.compile(r"\s+by @\S+(\s+in\s+\S+)?\s*$")
_NUMBER: Final = re.compile(r"\s*\((?:#\d+(?:,\s*)?)+\)\s*$")
_WORD: Final = re.compile(r"\w")
_MARKS: Final = re.compile(r"\*\*|__|`|~~")


@dataclass(frozen=True)
class ReleaseText:
    """What is known of a release."""

    repository: str
    """Owner and name."""
    tag: str
    title: str
    notes: str
    url: str


def write(release: ReleaseText, language: Language) -> str:
    """A text in this language around the author's words, which stay in theirs."""
    name = release.repository.partition("/")[2]
    parts = [_HEAD[language].format(name=name, tag=release.tag)]
    title = _plain(release.title)
    if title and title != release.tag:
        parts.append(title)
    notes = _HIDDEN.sub("", _FENCE.sub("", release.notes))
    points = _points(notes)
    if points:
        parts.append("\n".join([_NEW[language], *(f"• {point}" for point in points)]))
    elif paragraph := _paragraph(notes):
        parts.append(paragraph)
    parts.append(_MORE[language].format(url=release.url))
    return "\n\n".join(parts)


def _points(notes: str) -> list[str]:
    """The first entries of the notes' lists."""
    found = [_plain(match[1]) for line in notes.splitlines() if (match := _POINT.match(line))]
    return [_shorten(point, LONGEST_POINT) for point in found if point][:MOST_POINTS]


def _paragraph(notes: str) -> str:
    """The first lines of running text."""
    for block in re.split(r"\n\s*\n", notes):
        lines = [line.strip() for line in block.splitlines()]
        text = _plain(" ".join(line for line in lines if line and not line.startswith(("#", "|"))))
        if _WORD.search(text) and not text.startswith("Full Changelog"):
            return _shorten(text, LONGEST_PARAGRAPH)
    return ""


def _plain(text: str) -> str:
    """One line of Markdown without its marks."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _AUTHOR.sub("", _MARKS.sub("", text).strip())
    return _NUMBER.sub("", text).strip()


def _shorten(text: str, most: int) -> str:
    """Cut between two words."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(",.;:–- ") + "…"
