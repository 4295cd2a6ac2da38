"""Folders that exist only when they are complete.

A step writes into `<name>.part`; the name itself appears by one rename at the end. A worker that
was killed half way leaves only a `.part`, which the next one throws away.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def finished_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder that takes `target`'s name when the block ends without an error."""
    part = target.with_name(f"{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)
