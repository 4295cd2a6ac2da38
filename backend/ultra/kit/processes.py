"""What child processes need from the operating system."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that this process gets when its parent ends."""


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends in any way; Linux only, else nothing.

    Call it in the child, right after it started.
    """
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # The parent may have died between the fork and the call.
    if os.getppid() != parent:
        os._exit(1)
