"""Starts one: `python -m ultra.worker run video api …` or `python -m ultra.worker dispatch`."""

import sys

from ultra.kit.log import set_up_logging
from ultra.kit.tasks import Queue, load_tasks
from ultra.worker import dispatcher, pool

USAGE = "usage: python -m ultra.worker dispatch | run POOL…   with POOL one of " + ", ".join(Queue)


def main(arguments: list[str]) -> int:
    """0 after a clean stop, 2 for a wrong call."""
    match arguments:
        case ["dispatch"]:
            set_up_logging("dispatcher")
            load_tasks()
            dispatcher.serve()
        case ["run", *names] if names and set(names) <= set(Queue):
            set_up_logging("worker-" + "-".join(names))
            load_tasks()
            pool.serve([Queue(name) for name in names])
        case _:
            sys.stderr.write(USAGE + "\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
