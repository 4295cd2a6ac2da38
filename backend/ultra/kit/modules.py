"""Finds modules of one name in every service, so that tables and tasks are known before use.

Imported by name instead of by statement: statements would tie the bottom layer to all above.
"""

from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import ultra


def load(name: str) -> list[ModuleType]:
    """Import every `ultra.….<name>` module and give them back."""
    found = [
        module.name
        for module in walk_packages(ultra.__path__, "ultra.")
        if module.name.rpartition(".")[2] == name
    ]
    return [import_module(path) for path in sorted(found)]
