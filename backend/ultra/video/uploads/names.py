"""What a stranger's machine calls a file and a video: text to be shown, and nothing else."""

import unicodedata
from pathlib import Path
from typing import Final

LONGEST_FILE_NAME: Final = 255
LONGEST_TITLE: Final = 200
# They turn the direction of what follows, so that "exe.4pm" can look like "mp4.exe" (Unicode
# TR 36 §2.5). Other invisible ones stay: emoji and several scripts need their joiners.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def file_name_of(text: str) -> str:
    """A file name as it may be stored, shown and given back; `video` when nothing is left."""
    return _plain(text)[:LONGEST_FILE_NAME] or "video"


def title_of(text: str) -> str | None:
    """A title as it may be stored; None when nothing is left."""
    return _plain(text)[:LONGEST_TITLE] or None


def title_from(file_name: str) -> str:
    """A readable title from a file name: `tatil_videosu-2.mp4` becomes `tatil videosu 2`."""
    stem = Path(file_name.replace("\\", "/")).stem
    return title_of(stem.replace("_", " ").replace("-", " ")) or "Video"


def _plain(text: str) -> str:
    """One line: PostgreSQL cannot hold NUL, and terminals and logs would obey the others."""
    shown = (
        " " if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") else character
        for character in text
        if character not in _TURNING
    )
    return " ".join("".join(shown).split())
