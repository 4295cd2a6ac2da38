"""Each verdict and each warning has a sentence in both languages that says what to do."""

import pytest

from ultra.video.media.inspection import Oddity
from ultra.video.media.refusal import RefusalCode
from ultra.video.videos import sentences


@pytest.mark.parametrize("code", [*RefusalCode, "processing_failed", "processing_crashed"])
def test_every_verdict_has_its_sentences(code: str) -> None:
    turkish, english = sentences.ERRORS[str(code)]
    assert turkish != english
    # What happened, then what to do about it.
    assert len(turkish.split(". ")) >= 2
    assert len(english.split(". ")) >= 2


@pytest.mark.parametrize("code", [*Oddity, "too_quiet", "silent", "classical_detection"])
def test_every_warning_has_its_sentences(code: str) -> None:
    turkish, english = sentences.WARNINGS[str(code)]
    assert turkish != english
    assert turkish.endswith(".")
    assert english.endswith(".")


def test_there_are_no_sentences_without_a_code() -> None:
    known = {*map(str, RefusalCode), "processing_failed", "processing_crashed"}
    assert set(sentences.ERRORS) == known


def test_an_unknown_code_still_says_what_to_do() -> None:
    told = sentences.tell(sentences.ERRORS, "of_a_later_version", "en", {})
    assert told == sentences.ERRORS["processing_failed"][1]
