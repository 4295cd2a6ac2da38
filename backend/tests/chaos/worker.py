"""A worker that knows the chaos run's jobs: `python -m tests.chaos.worker [--ahead S] run POOL…`.

With `--ahead` its clock is that many seconds fast, for everything that asks Python for the time.
"""

import sys
import time


def shift_clock(seconds: float) -> None:
    """Let this process live in the future; must come before Celery is imported."""
    real = time.time
    time.time = lambda: real() + seconds


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[0] == "--ahead":
        shift_clock(float(arguments[1]))
        arguments = arguments[2:]

    import tests.chaos.jobs  # noqa: F401 - registers them
    from ultra.worker.__main__ import main

    sys.exit(main(arguments))
