"""What it costs to know who is calling, and what signing in does to everybody else.

    ./ultra bench auth

Starts the embedded stack in a temporary folder, and the gateway's own server with one route that is
there twice: open, and for whoever is signed in. One client asks the two in turns over one
connection, so that what differs is the check alone. Then many people sign in at once, at the cost
of production, while that client goes on asking.
"""

import contextlib
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROUNDS, REQUESTS = 10, 200
PEOPLE, LOGIN_SECONDS = 8, 10
PASSWORD = "bench bench bench"  # noqa: S105 - of a person who lives for a minute

APPLICATION = """
from flask import Response
from ultra.gateway import openapi
from ultra.gateway.app import create_app
from ultra.gateway.bridge import Bridge
from ultra.kit.access import Scope
from ultra.kit.tasks import load_tasks

load_tasks()
app = create_app(["auth"])

def open_route():
    return Response("{}", mimetype="application/json")

def closed_route():
    return Response("{}", mimetype="application/json")

openapi.add(app, "/api/bench/open", open_route)
openapi.add(app, "/api/bench/closed", closed_route, access=Scope.ACCOUNT)
application = Bridge(app)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Caller:
    """One connection to the gateway."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(
        self, method: str, path: str, body: object = None, token: str = ""
    ) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        plain = json.dumps(body).encode() if body is not None else None
        self._connection.request(method, path, plain, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def time(self, path: str, token: str = "") -> float:
        """Milliseconds of one request."""
        began = time.perf_counter()
        status, body = self.ask("GET", path, token=token)
        if status != 200:
            raise SystemExit(f"{path}: {status} {body[:200]!r}")
        return (time.perf_counter() - began) * 1000


def wait_for(port: int) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError):
            if Caller(port).ask("GET", "/readyz")[0] == 200:
                return
        time.sleep(0.2)
    raise SystemExit("the gateway did not answer within 30 s")


def register(port: int, number: int) -> tuple[str, str]:
    """A new person: address and access token."""
    email = f"bench{number}@example.com"
    body = {"email": email, "password": PASSWORD, "name": "Bench"}
    status, answer = Caller(port).ask("POST", "/api/auth/register", body)
    if status != 201:
        raise SystemExit(f"register: {status} {answer[:300]!r}")
    return email, str(json.loads(answer)["token"])


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def row(name: str, values: list[float]) -> None:
    print(
        f"{name:44} {statistics.median(values):7.2f} {percentile(values, 0.95):7.2f} "
        f"{percentile(values, 0.99):7.2f}"
    )


def compare(port: int, token: str) -> list[float]:
    """The same route open and closed, in turns; the closed one's times."""
    caller = Caller(port)
    times: dict[str, list[float]] = {"open": [], "closed": []}
    for path in ("open", "closed"):
        for _ in range(100):
            caller.time(f"/api/bench/{path}", token if path == "closed" else "")
    for _ in range(ROUNDS):
        for path, found in times.items():
            held = token if path == "closed" else ""
            found += [caller.time(f"/api/bench/{path}", held) for _ in range(REQUESTS)]
    print(f"{'':44} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7}")
    row("open", times["open"])
    row("signed in", times["closed"])
    gap = statistics.median(times["closed"]) - statistics.median(times["open"])
    print(f"knowing who is calling: {gap:.2f} ms at the median\n")
    return times["closed"]


def sign_in_meanwhile(port: int, emails: list[str], token: str, alone: list[float]) -> None:
    """Everybody signs in again and again; one client goes on asking as before."""
    counts = {200: 0, 503: 0}
    lock, until = threading.Lock(), time.monotonic() + LOGIN_SECONDS

    def sign_in(email: str) -> None:
        caller = Caller(port)
        while time.monotonic() < until:
            body = {"email": email, "password": PASSWORD}
            status, answer = caller.ask("POST", "/api/auth/login", body)
            if status not in counts:
                raise SystemExit(f"login: {status} {answer[:300]!r}")
            with lock:
                counts[status] += 1
            if status == 503:
                # It says to come back in two seconds; a page would wait as well.
                time.sleep(0.5)

    people = [threading.Thread(target=sign_in, args=(email,)) for email in emails]
    for person in people:
        person.start()
    caller, meanwhile = Caller(port), list[float]()
    while time.monotonic() < until:
        meanwhile.append(caller.time("/api/bench/closed", token))
        time.sleep(0.005)
    for person in people:
        person.join()
    print(f"{counts[200] / LOGIN_SECONDS:.1f} sign-ins a second by {len(emails)} people at once; ")
    print(f"{counts[503]} were asked to come back because all hashing places were taken")
    print(f"{'':44} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7}")
    row("signed in, nobody else there", alone)
    row("signed in, while they sign in", meanwhile)


@contextlib.contextmanager
def gateway(home: Path) -> Iterator[int]:
    """The gateway with the bench's routes, on the embedded stack."""
    port = free_port()
    os.environ.update(
        ULTRA_HOME=str(home), ULTRA_GATEWAY_PORT=str(port), ULTRA_WEBSITE_PORT=str(free_port())
    )
    for name in ("API", "SESSION", "REGISTRATION", "LOGIN_ADDRESS"):
        os.environ[f"ULTRA_LIMITS__{name}"] = "1000000/minute"
    from ultra.local.stack import Stack  # noqa: PLC0415 - after the environment is set
    from ultra.settings import settings  # noqa: PLC0415

    (home / "bench_application.py").write_text(APPLICATION)
    backend = Path(__file__).resolve().parents[1] / "backend"
    environment = {**os.environ, "PYTHONPATH": f"{backend}:{home}", "ULTRA_LOG_LEVEL": "WARNING"}
    granian = [sys.executable, "-m", "granian", "--log-level", "error", "--interface", "rsgi"]
    granian += ["--workers", str(settings.gateway.processes), "--port", str(port)]
    with Stack(settings, only={"postgres", "redis"}):
        subprocess.run(
            [sys.executable, "-m", "ultra.kit.migrate"],
            env=environment, check=True, stdout=subprocess.DEVNULL, timeout=60,
        )  # fmt: skip
        server = subprocess.Popen(
            [*granian, "bench_application:application"], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            wait_for(port)
            print(f"bcrypt at cost {settings.auth.bcrypt_cost}, ", end="")
            print(f"{settings.gateway.processes} server processes, {os.cpu_count()} cores\n")
            yield port
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="ultra-bench-"))
    try:
        with gateway(home) as port:
            people = [register(port, number) for number in range(PEOPLE)]
            token = people[0][1]
            alone = compare(port, token)
            sign_in_meanwhile(port, [email for email, _ in people], token, alone)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
