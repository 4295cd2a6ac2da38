"""How long a start takes, cold and warm, and how much memory the idle stack needs.

`./ultra bench start` copies the repository into an empty folder, gives it an empty home, and runs
the same commands as a person. Cold includes every download; warm is `./ultra up --detach` again.
Memory is the proportional set size (PSS) of all processes, so that shared pages count once.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).resolve().parents[1]
WARM_STARTS = 3
IDLE_SECONDS = 30
LONGEST_COMMAND_SECONDS = 1800
# What npm and pip may need to reach their packages from where this runs.
KEPT = ("PATH", "LANG", "TMPDIR", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "HTTPS_PROXY", "NO_PROXY")


def copy_repository(target: Path) -> None:
    """Copy what git knows or would add, as a clone would have it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (REPOSITORY / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, target / name)


def environment(home: Path) -> dict[str, str]:
    port = random.randrange(20_000, 32_000, 2)
    known = {
        name: value for name, value in os.environ.items() if name in KEPT or name.startswith("PIP_")
    }
    return {
        **known,
        "HOME": str(home),
        "CI": "true",
        "ULTRA_GATEWAY_PORT": str(port),
        "ULTRA_WEBSITE_PORT": str(port + 1),
        "ULTRA_SANDBOX_PORT": str(port + 2),
    }


def ultra(folder: Path, variables: dict[str, str], *arguments: str) -> float:
    """Run one command of the copy; returns its seconds."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "./ultra", *arguments],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LONGEST_COMMAND_SECONDS,
        check=False,
    )
    seconds = time.monotonic() - began
    if done.returncode != 0:
        sys.exit(f"./ultra {' '.join(arguments)} failed:\n{done.stdout}")
    if arguments[0] == "up":
        sys.stderr.write(done.stdout)
    return seconds


def memory(home: Path) -> dict[str, float]:
    """Megabytes of the supervisor and of each of its children with their descendants."""
    supervisor = psutil.Process(int((home / "stack.lock").read_text()))
    names = {entry["pid"]: entry["name"] for entry in json.loads((home / "stack.json").read_text())}
    found = {"supervisor": pss(supervisor)}
    for child in supervisor.children():
        name = names.get(child.pid, "guard")
        found[name] = pss(child) + sum(map(pss, child.children(recursive=True)))
    return found


def pss(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 2**20
    except psutil.NoSuchProcess:
        return 0


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ultra-bench-") as place:
        folder, home = Path(place) / "clone", Path(place) / "home"
        folder.mkdir()
        home.mkdir()
        copy_repository(folder)
        variables = environment(home)
        try:
            cold = ultra(folder, variables, "up", "--detach")
            ultra(folder, variables, "down")
            warm = []
            for _ in range(WARM_STARTS):
                warm.append(ultra(folder, variables, "up", "--detach"))
                time.sleep(IDLE_SECONDS if len(warm) == WARM_STARTS else 0)
                used = memory(folder / "data") if len(warm) == WARM_STARTS else {}
                stopping = ultra(folder, variables, "down")
        finally:
            subprocess.run(
                [sys.executable, "./ultra", "down"], cwd=folder, env=variables, check=False
            )
    print(f"cold start            {cold:8.1f} s")
    print(f"warm start, median    {statistics.median(warm):8.1f} s   of {WARM_STARTS}")
    print(f"stop                  {stopping:8.1f} s")
    print(f"idle memory, PSS      {sum(used.values()):8.0f} MB")
    for name, megabytes in sorted(used.items(), key=lambda item: -item[1]):
        print(f"    {name:<18}{megabytes:8.0f} MB")


if __name__ == "__main__":
    main()
