"""The counts at the end of ./ultra test."""

from ultra.cli.quality import Counts


def test_the_last_line_reads_as_scripts_expect() -> None:
    assert str(Counts(12, 0)) == "12 passed, 0 failed"
    assert str(Counts(12, 1, 3)) == "12 passed, 1 failed, 3 skipped"


def test_counts_add_up() -> None:
    counts = Counts(1, 2, 3)
    counts.add(Counts(10, 20, 30))
    assert counts == Counts(11, 22, 33)
