"""JSON Pointer: the examples of RFC 6901, and whatever else a document and a path may hold."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultra.jobs.hooks.pointer import LeadsNowhere, follow, is_pointer

# RFC 6901 §5.
DOCUMENT = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}

PLAIN = st.none() | st.booleans() | st.integers() | st.text()
DOCUMENTS = st.recursive(
    PLAIN,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(), parts, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DOCUMENT),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
    ],
)
def test_the_examples_of_the_standard(pointer: str, value: Any) -> None:
    assert is_pointer(pointer)
    assert follow(DOCUMENT, pointer) == value


@pytest.mark.parametrize(
    "pointer",
    ["/foo/2", "/foo/-", "/foo/01", "/foo/-1", "/foo/+0", "/foo/٠", "/nope", "/foo/0/x", "/foo/"],
)
def test_what_leads_nowhere(pointer: str) -> None:
    with pytest.raises(LeadsNowhere):
        follow(DOCUMENT, pointer)


@pytest.mark.parametrize("text", ["foo", "#/foo", "/~", "/~2", "/a~", "$.foo", " /foo"])
def test_what_is_no_pointer(text: str) -> None:
    assert not is_pointer(text)


def places(value: Any, path: str = "") -> list[tuple[str, Any]]:
    found = [(path, value)]
    parts: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = [(str(number), each) for number, each in enumerate(value)]
    for name, each in parts:
        found += places(each, f"{path}/{name.replace('~', '~0').replace('/', '~1')}")
    return found


@given(DOCUMENTS)
def test_every_place_of_every_document_is_found(document: Any) -> None:
    document = json.loads(json.dumps(document))
    for pointer, value in places(document):
        assert is_pointer(pointer)
        assert follow(document, pointer) == value


@given(DOCUMENTS, st.text())
def test_no_text_does_worse_than_leading_nowhere(document: Any, text: str) -> None:
    if not is_pointer(text):
        return
    known = dict(places(document))
    try:
        assert follow(document, text) == known[text]
    except LeadsNowhere:
        assert text not in known
