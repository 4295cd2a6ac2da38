"""The filled table of OWASP ASVS names proofs that exist, and counts what it holds.

docs/security/asvs.md is written by hand while tests are renamed and limits change: what a reader
could follow into nothing fails here.
"""

import ast
import re
from collections import Counter
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from ultra.settings import REPOSITORY, Limits

PAGE = REPOSITORY / "docs/security/asvs.md"
POLICY = REPOSITORY / "docs/security/README.md"
STATUSES = ("met", "partly", "later", "does not apply")
IN_THE_STANDARD = {1: 70, 2: 183}
"""How many requirements version 5.0.0 has at the two levels that the table holds completely."""


class Row(NamedTuple):
    id: str
    level: str
    meaning: str
    status: str
    proof: str

    @property
    def proofs(self) -> list[str]:
        return re.findall(r"`([^`]+)`", self.proof)


def read_cells(page: Path) -> list[list[str]]:
    """Every line of every table, as its cells."""
    lines = [line for line in page.read_text().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]


def read_rows() -> list[Row]:
    return [Row(*cells) for cells in read_cells(PAGE) if re.match(r"\d+\.\d+\.\d+$", cells[0])]


ROWS = read_rows()


def test_every_requirement_stands_there_once() -> None:
    assert [each for each, times in Counter(row.id for row in ROWS).items() if times > 1] == []
    numbers = [tuple(map(int, row.id.split("."))) for row in ROWS]
    assert numbers == sorted(numbers)
    levels = Counter(int(row.level) for row in ROWS)
    assert set(levels) == {1, 2, 3}
    assert {level: levels[level] for level in IN_THE_STANDARD} == IN_THE_STANDARD


def test_every_row_says_what_it_is_and_why() -> None:
    for row in ROWS:
        assert row.meaning, row.id
        assert row.status in STATUSES, row.id
        if row.status in ("met", "partly"):
            assert row.proofs, row.id
        # What is not met says what is missing; of what comes later there is nothing to show.
        if row.status == "partly":
            assert re.sub(r"`[^`]+`|[,;.\s]", "", row.proof), row.id
        if row.status in ("later", "does not apply"):
            assert row.proof, row.id
            assert not row.proofs, row.id


def test_every_proof_exists() -> None:
    missing = [(row.id, proof) for row in ROWS for proof in row.proofs if not exists(proof)]
    assert missing == []


def test_the_summary_counts_the_table() -> None:
    counted = Counter((row.status, row.level) for row in ROWS)
    expected = [
        [status, *(str(number) for number in (*levels, sum(levels)))]
        for status in STATUSES
        for levels in [[counted[status, level] for level in "123"]]
    ]
    columns = [sum(int(line[place]) for line in expected) for place in (1, 2, 3, 4)]
    expected.append(["all", *map(str, columns)])
    cells = read_cells(PAGE)
    assert cells[0] == ["status", "level 1", "level 2", "level 3", "all"]
    assert list(takewhile(lambda line: line[0] != "id", cells[2:])) == expected


def test_the_policy_names_every_limit_with_its_default() -> None:
    cells = read_cells(POLICY)
    begin = cells.index(["bucket", "rate", "counts"]) + 2
    written = takewhile(lambda line: line[0].startswith("`"), cells[begin:])
    assert {bucket.strip("`"): rate for bucket, rate, _ in written} == {
        name: field.default for name, field in Limits.model_fields.items()
    }


def exists(proof: str) -> bool:
    """Whether there is such a file, and such a test in it."""
    path, _, test = proof.partition("::")
    file = REPOSITORY / ("backend" if path.startswith("tests/") else "") / path
    if not test:
        return file.is_file()
    return file.is_file() and test in read_tests(file)


@cache
def read_tests(file: Path) -> frozenset[str]:
    """The tests of a file, with their classes, as pytest names them."""
    return frozenset(names_in(ast.parse(file.read_text()).body, ""))


def names_in(body: list[ast.stmt], prefix: str) -> list[str]:
    found = []
    for each in body:
        if isinstance(each, ast.ClassDef):
            found += names_in(each.body, f"{prefix}{each.name}::")
        elif isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(prefix + each.name)
    return found
