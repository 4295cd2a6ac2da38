"""A part of a text is found as people type it, whichever keyboard they have."""

import pytest
from sqlalchemy import func, literal, select

from ultra.kit.db import read_only
from ultra.kit.search import fold, holds

FOUND = [
    ("Işıklar", "ışık"),
    ("Işıklar", "IŞIK"),
    ("Işıklar", "Işık"),
    ("Işıklar", "işik"),
    ("İstanbul", "istanbul"),
    ("İstanbul", "İSTANBUL"),
    ("istanbul", "ISTANBUL"),
    # What JavaScript and Python make of İ: an i, and its dot as a letter of its own.
    ("İstanbul", "i\u0307stanbul"),
    ("I\u0307stanbul", "İstanbul"),
    ("ÇİÇEK", "çiçek"),
    ("ğüşöç", "ĞÜŞÖÇ"),
    ("%100 doğal", "%100"),
    ("a_b/c", "_B/"),
    ("a\\b", "A\\B"),
]
NOT_FOUND = [("Işıklar", "isik"), ("100 doğal", "%doğal"), ("ab", "a_"), ("ab", "a/b"), ("", "a")]


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_is_found(stores: None, text: str, wanted: str) -> None:
    assert is_found(text, wanted)
    assert fold(wanted) in fold(text)


@pytest.mark.parametrize(("text", "wanted"), NOT_FOUND)
def test_is_not_found(stores: None, text: str, wanted: str) -> None:
    assert not is_found(text, wanted)
    assert fold(wanted) not in fold(text)


def test_no_text_holds_nothing(stores: None) -> None:
    with read_only() as session:
        assert session.scalar(select(holds(func.nullif("", ""), "a"))) is None


def is_found(text: str, wanted: str) -> bool:
    with read_only() as session:
        return session.scalars(select(holds(literal(text), wanted))).one()
