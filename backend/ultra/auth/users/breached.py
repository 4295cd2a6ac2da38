"""Passwords that everybody tries first: those seen most often in leaks, and their like.

The list is zxcvbn's, 30,000 passwords from leaks. Of Turkish ones it knows few, so common words
with common endings are refused as well.
"""

from collections.abc import Iterable
from itertools import pairwise

from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST = 8
"""Shorter ones are refused anyway."""

_LEAKED = frozenset(each for each in FREQUENCY_LISTS["passwords"] if len(each) >= SHORTEST)

_WORDS = """
    sifre şifre parola gizli admin administrator yonetici yönetici kullanici kullanıcı misafir
    galatasaray cimbom cimbombom ultraslan ultrarslan ultrarslanoglu ultrarslanoğlu aslan fenerbahce
    fenerbahçe besiktas beşiktaş karakartal trabzonspor bursaspor
    istanbul ankara izmir bursa antalya adana konya trabzon turkiye türkiye ataturk atatürk
    mustafakemal seniseviyorum askim aşkım canim canım bebegim bebeğim hayatim hayatım annem babam
    allah bismillah merhaba deneme test welcome password passwort qwerty letmein iloveyou monkey
    dragon master football
    """
_EVERYBODYS = frozenset(_WORDS.split())
_DIGITS = "0123456789"
_SIGNS = ".!?*-_@#+"


def is_breached(password: str, about: Iterable[str] = ()) -> bool:
    """Whether it is among the first that somebody would try; `about` is what is known of its owner.

    A word everybody knows stays one with a few digits and signs at its end.
    """
    # The capital İ becomes an i and a dot of its own.
    plain = password.casefold().replace("\u0307", "")
    if plain in _LEAKED or _is_run(plain) or (len(plain) <= 16 and len(set(plain)) <= 2):
        return True
    stem = plain.rstrip(_SIGNS).rstrip(_DIGITS).rstrip(_SIGNS)
    if len(plain) - len(stem) > 6:
        return False
    own = {part for text in about for part in _parts_of(text)}
    return stem in _EVERYBODYS or stem in own or plain in own


def _parts_of(text: str) -> set[str]:
    """An address or a name as a whole, and what stands before the @."""
    plain = text.casefold()
    return {plain, plain.replace(" ", ""), plain.partition("@")[0]}


def _is_run(text: str) -> bool:
    """Neighbours all along: 12345678, hgfedcba."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1})
