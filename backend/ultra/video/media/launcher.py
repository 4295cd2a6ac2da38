"""Puts limits on itself and then becomes the program that it was asked to run.

`python -I -S launcher.py <json> <program> <arguments…>`, started by `process`. It stands alone, in
plain Python without our packages, because it starts for every child and must start fast; and
because doing this in a `preexec_fn` would run Python between fork and exec of a threaded worker.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
EXIT_NO_ISOLATION = 121


def leave_network(libc: ctypes.CDLL) -> bool:
    """Move into a network of our own without interfaces, as `unshare -rn` does."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return False
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def main(instructions: str, program: list[str]) -> None:
    wanted = json.loads(instructions)
    libc = ctypes.CDLL(None, use_errno=True)
    if wanted["isolate"] and not leave_network(libc):
        sys.exit(EXIT_NO_ISOLATION)
    # After the change of namespace, which would forget it. A worker that is killed takes us along.
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != wanted["parent"]:
        sys.exit(1)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for name, value in wanted["limits"].items():
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))
    os.execv(program[0], program)  # noqa: S606 – there is no shell to be safe from


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
