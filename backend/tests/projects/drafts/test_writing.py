"""The text that is made of a release: the author's words, without their marks, and no more."""

import pytest

from ultra.projects.drafts.writing import LONGEST_POINT, MOST_POINTS, ReleaseText, write


def release(notes: str = "", title: str = "v1.0") -> ReleaseText:
    return ReleaseText("deniz/kamera", "v1.0", title, notes, "https://github.com/deniz/kamera")


def points(notes: str) -> list[str]:
    lines = write(release(notes), "en").splitlines()
    return [line.removeprefix("• ") for line in lines if line.startswith("• ")]


def test_a_whole_text_in_turkish() -> None:
    notes = "## Yenilikler\n\n- Titreme süzgeci ([#41](https://x.y/41))\n- **Pil** göstergesi\n"
    assert write(release(notes, title="Daha sakin görüntü"), "tr") == (
        "kamera v1.0 yayında!\n\n"
        "Daha sakin görüntü\n\n"
        "Neler yeni:\n• Titreme süzgeci\n• Pil göstergesi\n\n"
        "Ayrıntılar: https://github.com/deniz/kamera"
    )


def test_a_whole_text_in_english_without_notes() -> None:
    assert write(release(), "en") == (
        "kamera v1.0 is out!\n\nDetails: https://github.com/deniz/kamera"
    )


def test_running_text_is_taken_when_there_is_no_list() -> None:
    notes = "# Heading\n\nFaster start,\nless heat.\n\nSecond paragraph."
    assert "\n\nFaster start, less heat.\n\n" in write(release(notes), "en")


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ("* Fix start by @deniz in https://github.com/a/b/pull/3", "Fix start"),
        ("- [Docs](https://a.b) are `new`", "Docs are new"),
        ("+ ![logo](a.png) Logo", "Logo"),
        ("- [x] Done thing (#12, #13)", "Done thing"),
        ("- **Big** __change__ ~~old~~", "Big change old"),
        ("- safe <script>alert(1)</script> text", "safe alert(1) text"),
        ("- 5 * 3 = 15", "5 * 3 = 15"),
    ],
)
def test_marks_go_and_words_stay(line: str, point: str) -> None:
    assert points(line) == [point]


def test_hidden_parts_are_left_out() -> None:
    notes = "<!-- - a note to ourselves -->\n```\n- code\n```\n- visible"
    assert points(notes) == ["visible"]


def test_there_are_few_points_and_short_ones() -> None:
    found = points("\n".join(f"- {'word ' * 60}{number}" for number in range(9)))
    assert len(found) == MOST_POINTS
    assert all(len(point) <= LONGEST_POINT and point.endswith("word…") for point in found)


def test_a_long_word_is_cut_too() -> None:
    [point] = points("- " + "x" * 500)
    assert len(point) == LONGEST_POINT


@pytest.mark.parametrize("notes", ["**Full Changelog**: https://a.b/c", "\n\n", "## Only", "- "])
def test_nothing_to_say_says_nothing(notes: str) -> None:
    assert write(release(notes), "en").count("\n\n") == 1
