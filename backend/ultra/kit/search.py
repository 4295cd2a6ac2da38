"""Looking for a part of a text as people type it: capitals are no other letters, nor I, İ, ı and i.

The database's lower() knows no Turkish, where I and İ are the capitals of ı and i; and one keyboard
has no ı, another no i. So the four are one letter here, on both sides.
"""

import re
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal

_DOTS: Final = "Iİı\u0307"
"""The last is the dot above on its own, which other programs' small letter of İ carries."""
_PLAIN: Final = "iii"
_TABLE: Final = str.maketrans(_DOTS[:3], _PLAIN, _DOTS[3:])
_PATTERN_SIGNS: Final = re.compile(r"([/%_])")


def fold(text: str) -> str:
    """The text as it is compared, for texts that are not in the database."""
    return text.translate(_TABLE).lower()


def holds(column: Any, wanted: str) -> ColumnElement[bool]:
    """For queries: whether this column of text holds what is wanted. An index on it is no help."""
    pattern = literal(_PATTERN_SIGNS.sub(r"/\1", wanted))
    found: ColumnElement[bool] = _folded(column).contains(_folded(pattern), escape="/")
    return found


def _folded(text: Any) -> Any:
    # Both sides by the database: its small letters need not be Python's.
    return func.lower(func.translate(text, _DOTS, _PLAIN))
