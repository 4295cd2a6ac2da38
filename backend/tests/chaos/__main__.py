"""`./ultra chaos --jobs N --faults M --seed S`: the chaos run in a home of its own."""

# First of all: it points the settings of this process at a temporary home.
from tests.chaos.home import HOME  # isort: skip

import argparse
import random
import shutil
import sys

from tests.chaos.run import run
from ultra.kit.log import set_up_logging


def main() -> int:
    parser = argparse.ArgumentParser(prog="./ultra chaos", description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--faults", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--pace", type=float, default=2.5, help="seconds between two faults")
    parser.add_argument("--keep", action="store_true", help="keep the home with its logs")
    given = parser.parse_args()
    set_up_logging("chaos")
    sys.stdout.write(f"seed {given.seed}, home {HOME}\n")
    try:
        verdict = run(count=given.jobs, faults=given.faults, seed=given.seed, pace=given.pace)
    finally:
        if not given.keep:
            shutil.rmtree(HOME, ignore_errors=True)
    sys.stdout.write(verdict.as_text() + "\n")
    for name in ("lost", "doubled", "unsettled", "gaps"):
        for each in getattr(verdict, name)[:20]:
            sys.stdout.write(f"  {name}: {each}\n")
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
