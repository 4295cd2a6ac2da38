"""The gateway against a bare Flask app: requests a second, p99, and 500 idle live pages.

    ./ultra bench gateway          needs `wrk` (a package of every distribution)

Starts the embedded stack in a temporary folder. Each figure is the median of several short rounds
that take turns, so that a busy machine hurts all rows alike; what counts are the ratios.
"""

import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROUNDS, SECONDS, CONNECTIONS, LISTENERS = 5, 3, 16, 500

BARE = """
from flask import Flask
app = Flask(__name__)

@app.get("/")
def answer():
    return {"status": "alive"}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(url, timeout=2).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{url} did not answer within 30 s")


def measure(url: str, *headers: str) -> tuple[float, float]:
    """Requests a second and p99 in milliseconds of one round."""
    script = Path(tempfile.gettempdir()) / f"ultra-bench-{os.getpid()}.lua"
    script.write_text(
        "done = function(summary, latency) io.write(string.format("
        "'RESULT %d %d %f %d\\n', summary.requests, summary.duration, latency:percentile(99),"
        " summary.errors.status)) end"
    )
    words = [word for header in headers for word in ("-H", header)]
    out = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(script), *words, url],
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS + 30,
    ).stdout
    requests, micros, p99, refused = next(
        line for line in out.splitlines() if line.startswith("RESULT")
    ).split()[1:]
    if int(refused):
        raise SystemExit(f"{url}: {refused} requests were refused")
    return int(requests) / int(micros) * 1e6, float(p99) / 1000


def register(base: str) -> str:
    body = {"email": f"bench{os.getpid()}@example.com", "password": "bench bench", "name": "Bench"}
    request = urllib.request.Request(
        f"{base}/api/auth/register", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    return str(json.loads(urllib.request.urlopen(request, timeout=10).read())["token"])


async def listen(port: int, token: str, count: int) -> list[asyncio.StreamWriter]:
    """Open live streams and leave them idle."""
    writers = []
    for _ in range(count):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"GET /api/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n".encode()
        )
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        if b" 200 " not in head:
            raise SystemExit(head.decode())
        writers.append(writer)
    return writers


def report(rows: dict[str, list[tuple[float, float]]], against: str) -> None:
    base = statistics.median(rate for rate, _ in rows[against])
    print(f"{'':44} {'req/s':>8} {'ratio':>6} {'p99 ms':>7}")
    for name, rounds in rows.items():
        rate = statistics.median(rate for rate, _ in rounds)
        p99 = statistics.median(p99 for _, p99 in rounds)
        print(f"{name:44} {rate:8.0f} {rate / base:6.2f} {p99:7.1f}")


def main() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("This bench needs wrk: install your distribution's package of that name.")
    home = Path(tempfile.mkdtemp(prefix="ultra-bench-"))
    os.environ.update(
        ULTRA_HOME=str(home),
        ULTRA_GATEWAY_PORT=str(free_port()),
        ULTRA_WEBSITE_PORT=str(free_port()),
        # It measures the work, not the limit.
        ULTRA_LIMITS__API="1000000/minute",
        ULTRA_LIMITS__SESSION="1000000/minute",
    )
    from ultra.local.stack import Stack  # noqa: PLC0415 - after the environment is set
    from ultra.settings import settings  # noqa: PLC0415

    (home / "bare.py").write_text(BARE)
    (home / "bridged.py").write_text(
        "from bare import app\nfrom ultra.gateway.bridge import Bridge\napplication = Bridge(app)\n"
    )
    backend = Path(__file__).resolve().parents[1] / "backend"
    environment = {**os.environ, "PYTHONPATH": f"{backend}:{home}"}
    wsgi, bridged = free_port(), free_port()
    granian = [sys.executable, "-m", "granian", "--log-level", "error"]
    workers = ["--workers", str(settings.gateway.processes)]
    threads = ["--blocking-threads", str(settings.gateway.threads)]
    commands = [
        [*granian, "--interface", "wsgi", "--port", str(wsgi), *workers, *threads, "bare:app"],
        [*granian, "--interface", "rsgi", "--port", str(bridged), *workers, "bridged:application"],
        [sys.executable, "-m", "ultra.gateway"],
    ]
    children: list[subprocess.Popen[bytes]] = []
    try:
        with Stack(settings, only={"postgres", "redis"}):
            subprocess.run(
                [sys.executable, "-m", "ultra.kit.migrate"],
                env=environment, check=True, stdout=subprocess.DEVNULL, timeout=60,
            )  # fmt: skip
            children += [
                subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
                for command in commands
            ]
            base = f"http://127.0.0.1:{settings.gateway_port}"
            for url in (
                f"http://127.0.0.1:{wsgi}/",
                f"http://127.0.0.1:{bridged}/",
                base + "/livez",
            ):
                wait_for(url)
            token = register(base)
            bearer = f"Authorization: Bearer {token}"
            cases: dict[str, tuple[str, ...]] = {
                "bare Flask, the gateway's server": (f"http://127.0.0.1:{bridged}/",),
                "bare Flask, granian WSGI": (f"http://127.0.0.1:{wsgi}/",),
                "gateway, public route": (base + "/livez",),
                "gateway, signed in (/api/video/summary)": (base + "/api/video/summary", bearer),
            }
            rows: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
            for _ in range(ROUNDS):
                for name, call in cases.items():
                    rows[name].append(measure(*call))
            report(rows, "bare Flask, the gateway's server")
            asyncio.run(measure_beside_listeners(base, settings.gateway_port, token))
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
        shutil.rmtree(home, ignore_errors=True)


async def measure_beside_listeners(base: str, port: int, token: str) -> None:
    """The public route again, in turns without and with idle live pages."""
    rows: dict[str, list[tuple[float, float]]] = {
        "no live page": [],
        f"{LISTENERS} idle live pages": [],
    }
    for _ in range(ROUNDS):
        rows["no live page"].append(await asyncio.to_thread(measure, base + "/livez"))
        writers = await listen(port, token, LISTENERS)
        # Idle means after the first answers.
        await asyncio.sleep(2)
        rows[f"{LISTENERS} idle live pages"].append(
            await asyncio.to_thread(measure, base + "/livez")
        )
        for writer in writers:
            writer.close()
        await asyncio.sleep(0.5)
    print()
    report(rows, "no live page")


if __name__ == "__main__":
    main()
