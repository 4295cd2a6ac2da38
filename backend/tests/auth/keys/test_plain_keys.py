"""How keys are written: recognisable, checkable without the database, of 256 random bits."""

import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultra.auth.keys.plain_keys import is_key, new_key, public_id_of

WRITTEN = re.compile(r"ultra_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}[0-9A-Za-z]{6}")


def test_a_key_is_written_as_scanners_expect_it():
    made = [new_key() for _ in range(50)]
    assert len({each.plain for each in made}) == 50
    for each in made:
        assert WRITTEN.fullmatch(each.plain)
        assert public_id_of(each.plain) == each.public_id == each.plain[6:14]
        assert each.last_four == each.plain[-4:]
        assert each.plain not in repr(each)


def test_the_checksum_is_the_documented_one():
    """CRC-32 of everything before it, in base 62, six digits: what a scanner computes."""
    body = "ultra_AAAAAAAA_" + "0" * 43
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    number = zlib.crc32(body.encode())
    expected = "".join(digits[number // 62**place % 62] for place in range(5, -1, -1))
    assert public_id_of(body + expected) == "AAAAAAAA"


@given(st.integers(0, 63), st.characters(codec="utf-8"))
def test_any_other_letter_anywhere_is_noticed(place, letter):
    plain = new_key().plain
    changed = plain[:place] + letter + plain[place + 1 :]
    assert changed == plain or public_id_of(changed) is None


@pytest.mark.parametrize("text", ["", "ultra_", "ultra_abc", "ultra_" + "a" * 500, "ultra_\udcff"])
def test_nonsense_is_no_key(text):
    assert public_id_of(text) is None


def test_an_access_token_is_no_key():
    assert not is_key("eyJhbGciOiJFUzI1NiJ9.e30.c2ln")
