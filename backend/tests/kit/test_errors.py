"""Every refusal of the code base has its sentences, and the caller's language is understood."""

import re
from string import Formatter

import pytest

from ultra.kit import modules
from ultra.kit.errors import LANGUAGES, AppError, NotFound, TooMany, choose_language
from ultra.video.media.refusal import RefusalCode
from ultra.video.uploads.errors import FileRefused, UploadHeaderInvalid

modules.load("errors")
modules.load("routes")
modules.load("access")


def all_kinds(kind: type[AppError] = AppError) -> list[type[AppError]]:
    below = [found for child in kind.__subclasses__() for found in all_kinds(child)]
    return [kind, *below]


KINDS = [kind for kind in all_kinds() if kind.__module__.startswith("ultra.")]


def facts_of(kind: type[AppError]) -> dict[str, object]:
    names = {name for _, name, _, _ in Formatter().parse(kind.tr + kind.en) if name}
    return dict.fromkeys(names, 7) | ({"reason": "not_a_video"} if kind is FileRefused else {})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
class TestEveryError:
    def test_has_a_sentence_in_each_language(self, kind: type[AppError]) -> None:
        error = kind(**facts_of(kind))
        turkish, english = (error.detail(language) for language in LANGUAGES)
        assert turkish != english
        for sentence in (turkish, english):
            assert sentence[0].isupper() or sentence[0] in "“0123456789"
            assert sentence.endswith((".", "?"))
            assert "{" not in sentence

    def test_both_sentences_state_the_same_facts(self, kind: type[AppError]) -> None:
        def names(sentence: str) -> set[str | None]:
            return {name for _, name, _, _ in Formatter().parse(sentence)} - {None}

        assert names(kind.tr) == names(kind.en)

    def test_has_a_code_and_an_error_status(self, kind: type[AppError]) -> None:
        error = kind(**facts_of(kind))
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code)
        assert 400 <= error.status < 600
        assert error.title


def test_codes_are_unique() -> None:
    names = [kind.__name__ for kind in KINDS]
    assert sorted(names) == sorted(set(names))


def test_facts_fill_the_sentence() -> None:
    assert TooMany(seconds=5).detail("en") == "Too many requests. Try again in 5 seconds."
    assert TooMany(seconds=5).headers == {"Retry-After": "5"}
    assert UploadHeaderInvalid(header="Upload-Length").detail("tr").startswith("Upload-Length ")


def test_a_refused_file_has_the_verdict_as_its_code() -> None:
    error = FileRefused(reason=RefusalCode.EMPTY_FILE.value)
    assert error.code == "empty_file"
    assert error.detail("tr").startswith("Dosya boş.")


def test_a_missing_fact_is_found_at_once() -> None:
    with pytest.raises(KeyError):
        UploadHeaderInvalid()


def test_the_code_is_the_name_in_snake_case() -> None:
    assert NotFound().code == "not_found"


class TestChooseLanguage:
    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            (None, "tr"),
            ("", "tr"),
            ("en", "en"),
            ("en-GB,en;q=0.9", "en"),
            ("tr-TR,tr;q=0.9,en;q=0.8", "tr"),
            ("de,en;q=0.5", "en"),
            ("fr", "tr"),
            ("*", "tr"),
            ("en;q=0.2,tr;q=0.9", "tr"),
            ("en;q=0", "tr"),
            ("en;q=nonsense", "tr"),
        ],
    )
    def test_takes_the_language_wanted_most(self, header: str | None, expected: str) -> None:
        assert choose_language(header) == expected
