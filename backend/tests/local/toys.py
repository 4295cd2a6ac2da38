"""Small programs for the supervisor to run, and a supervisor of its own to kill.

`python -m tests.local.toys <home> <toy…>` supervises the named toys and says "ready".
"""

import sys
import threading
from pathlib import Path

from ultra.local.processes import Process
from ultra.local.stack import Stack
from ultra.settings import Settings

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
# A grandchild in a session of its own, as a program has that wants to escape.
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
print("holding on", flush=True)
time.sleep(600)
"""

POLITE = """
import signal, sys, time
from pathlib import Path
def leave(*_):
    with Path(sys.argv[1]).open("a") as file:
        file.write(sys.argv[2] + " ")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("here", flush=True)
while True:
    time.sleep(0.05)
"""

# Dies by SIGKILL the first time, after saying why.
CRASHING_ONCE = """
import os, signal, sys, time
from pathlib import Path
mark = Path(sys.argv[1])
if not mark.exists():
    mark.touch()
    time.sleep(0.3)
    print("these are my last words", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
time.sleep(600)
"""

BROKEN = """
import sys
print("no such thing as a database", flush=True)
sys.exit(7)
"""


def toy(name: str, program: str, *arguments: str, after: tuple[str, ...] = ()) -> Process:
    command = (sys.executable, "-c", program, *arguments)
    # Long enough to have set up its handlers.
    return Process(name, command, after=after, grace_seconds=0.5, settle_seconds=0.3)


def known(settings: Settings) -> list[Process]:
    farewell = str(settings.home / "farewell")
    return [
        toy("stubborn", STUBBORN),
        toy("first", POLITE, farewell, "first"),
        toy("second", POLITE, farewell, "second", after=("first",)),
        toy("third", POLITE, farewell, "third", after=("second",)),
        toy("crashing", CRASHING_ONCE, str(settings.home / "crashed")),
        toy("broken", BROKEN),
    ]


def main() -> None:
    home, *names = sys.argv[1:]
    settings = Settings(home=Path(home))
    stores = {"postgres", "redis"} & set(names)
    table = {} if stores else {"table": known}
    with Stack(settings, only=set(names), **table):
        print("ready", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
