"""Becomes another program that dies with its supervisor, and that is not root when it must not be.

Runs as `python -I -S launch.py <parent pid> <signal> <folder or -> -- <command…>` and knows the
standard library only: it stands between the supervisor and every child, so it has to be light. A
program of its own is used instead of `preexec_fn`, which is not safe beside threads.
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
# CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: reach a folder below root's own 0700 home.
REACH_FOLDERS = (1, 2)
PARENT_IS_GONE = 75


def unprivileged_user() -> pwd.struct_passwd:
    """Someone who exists and is not root; initdb looks up the name of whoever runs it."""
    for name in ("nobody", "daemon"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return next(entry for entry in pwd.getpwall() if entry.pw_uid != 0)


def enter_user_namespace(user: pwd.struct_passwd) -> None:
    """Be called `user` inside, while files still see root: no ownership has to change."""
    group = os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{user.pw_uid} 0 1")
    (own / "gid_map").write_text(f"{user.pw_gid} {group} 1")


def has_user_namespaces(user: pwd.struct_passwd) -> bool:
    """Try it in a child: a half made namespace cannot be left again."""
    if sys.platform != "linux":
        return False
    child = os.fork()
    if child == 0:
        try:
            enter_user_namespace(user)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def set_user(user: pwd.struct_passwd) -> None:
    """Where containers forbid user namespaces: a real change of user.

    Keeps what is needed to walk through folders that only root may enter, if it is there to keep.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    if sys.platform == "linux":
        wanted = sum(1 << capability for capability in REACH_FOLDERS)
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        # Effective, permitted, inheritable; then the same for capabilities above 31.
        data = (ctypes.c_uint32 * 6)(wanted, wanted, wanted, 0, 0, 0)
        if libc.capset(header, data) == 0:
            for capability in REACH_FOLDERS:
                libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)


def give_to(uid: int, gid: int, folder: Path) -> None:
    if not folder.exists() or folder.stat().st_uid == uid:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, gid, follow_symlinks=False)


def drop_root(folder: Path) -> None:
    """PostgreSQL refuses to run as uid 0 and wants to own its data folder."""
    user = unprivileged_user()
    if has_user_namespaces(user):
        give_to(0, os.getegid(), folder)
        enter_user_namespace(user)
    else:
        give_to(user.pw_uid, user.pw_gid, folder)
        set_user(user)


def main(arguments: list[str]) -> None:
    parent, death_signal, folder, _, *command = arguments
    if folder != "-" and os.geteuid() == 0:
        drop_root(Path(folder))
    if sys.platform == "linux":
        # After the change of user, which would clear it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit(PARENT_IS_GONE)
    os.execvp(command[0], command)  # noqa: S606 - the whole purpose, and no shell


if __name__ == "__main__":
    main(sys.argv[1:])
