"""Every setting stands in .env.example: with a sentence, and with its real default."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator

from pydantic import BaseModel

from ultra.settings import REPOSITORY, SERVICES, Settings

LINES = (REPOSITORY / ".env.example").read_text().splitlines()


def names(model: type[BaseModel], prefix: str = "ULTRA_") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from names(kind, f"{prefix}{name.upper()}__")
        elif name == "service_urls":
            yield from (f"{prefix}{name.upper()}__{service.upper()}" for service in SERVICES)
        else:
            yield f"{prefix}{name.upper()}"


def test_every_setting_is_there_once_and_nothing_else() -> None:
    written = [line.partition("=")[0] for line in LINES if line and not line.startswith("#")]
    assert sorted(written) == sorted(names(Settings))


def test_every_setting_has_a_sentence() -> None:
    for above, line in itertools.pairwise(LINES):
        if line.startswith("ULTRA_"):
            assert above.startswith("# "), line
            assert len(above) > 15, line


def test_the_values_are_the_defaults() -> None:
    """A copy of the whole file as .env changes nothing."""
    given = dict(line.split("=", 1) for line in LINES if line.startswith("ULTRA_"))
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ULTRA_")}
    program = (
        "from ultra.settings import Settings; "
        "print(Settings(_env_file=None, home='/h').model_dump_json())"
    )
    with_file, without = (
        subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        ).stdout
        for environment in ({**plain, **given}, plain)
    )
    assert with_file == without
