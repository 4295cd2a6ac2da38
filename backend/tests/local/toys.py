"""Small programs for the supervisor to run, and a supervisor of its own to kill.

`python -m tests.local.toys <home> <toy…>` supervises the named toys and says "ready".
"""

import sys
import threading
from pathlib import Path

from ultra.local.processes import Process, Unhealthy
from ultra.local.stack import Stack
from ultra.settings import Settings

# Every toy says that it is ready by touching the file that its environment names.
READY = "import os, pathlib; pathlib.Path(os.environ['TOY_READY']).touch()\n"

STUBBORN = f"""
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
# A grandchild in a session of its own, as a program has that wants to escape.
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
{READY}
time.sleep(600)
"""

POLITE = f"""
import signal, sys, time
from pathlib import Path
def leave(*_):
    with Path(sys.argv[1]).open("a") as file:
        file.write(sys.argv[2] + " ")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
{READY}
while True:
    time.sleep(0.05)
"""

# Dies by SIGKILL the first time, after saying why.
CRASHING_ONCE = f"""
import os, signal, sys, time
from pathlib import Path
{READY}
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


def toy(
    settings: Settings, name: str, program: str, *arguments: str, after: tuple[str, ...] = ()
) -> Process:
    ready = settings.home / f"{name}.ready"

    def check() -> None:
        if not ready.exists():
            raise Unhealthy("it has not said so yet")

    return Process(
        name,
        (sys.executable, "-c", program, *arguments),
        after=after,
        environment={"TOY_READY": str(ready)},
        grace_seconds=2,
        before=lambda: ready.unlink(missing_ok=True),
        check=check,
    )


def known(settings: Settings) -> list[Process]:
    farewell = str(settings.home / "farewell")
    return [
        toy(settings, "stubborn", STUBBORN),
        toy(settings, "first", POLITE, farewell, "first"),
        toy(settings, "second", POLITE, farewell, "second", after=("first",)),
        toy(settings, "third", POLITE, farewell, "third", after=("second",)),
        toy(settings, "crashing", CRASHING_ONCE, str(settings.home / "crashed")),
        toy(settings, "broken", BROKEN),
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
