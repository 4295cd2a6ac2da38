"""The embedded PostgreSQL: created once, run in the foreground, reached by a socket of our own."""

import shutil
import subprocess
from pathlib import Path

import psutil
import psycopg

from ultra.local import binaries
from ultra.local.processes import CannotStartError, Process, Unhealthy, launched
from ultra.settings import Settings

DATABASE = "ultra"
SERVER_SETTINGS = {
    # One laptop: the sockets' folder is the only door, and it is private.
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "150",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_min_duration_statement": "2000",
    "log_checkpoints": "off",
    "idle_in_transaction_session_timeout": "10min",
}


def process(settings: Settings) -> Process:
    folder = data_folder(settings)
    options = {**SERVER_SETTINGS, "unix_socket_directories": str(settings.run_dir)}
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

    def check() -> None:
        try:
            with connect(settings, "postgres") as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError as error:
            raise Unhealthy(str(error)) from error

    return Process(
        name="postgres",
        command=(binaries.postgres("postgres"), "-D", str(folder), *arguments),
        # SIGINT is PostgreSQL's fast shutdown: sessions end, everything committed is on disk.
        stop_signal="SIGINT",
        grace_seconds=60,
        never_root=folder,
        before=lambda: prepare(settings),
        check=check,
        once_healthy=lambda: create_database(settings),
    )


def data_folder(settings: Settings) -> Path:
    return settings.home / "postgres"


def connect(settings: Settings, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(settings.run_dir),
        user="postgres",
        dbname=database,
        autocommit=True,
        connect_timeout=5,
    )


def prepare(settings: Settings) -> None:
    folder = data_folder(settings)
    if not folder.exists():
        initialise(folder)
    found = (folder / "PG_VERSION").read_text().strip()
    if int(found) != binaries.POSTGRES_MAJOR:
        raise CannotStartError(
            f"{folder} was made by PostgreSQL {found}, this version brings "
            f"{binaries.POSTGRES_MAJOR}. Dump it with the old version and load it with this one."
        )
    remove_stale_lock(folder)


def initialise(folder: Path) -> None:
    """Make the cluster beside its place and move it there, so that half of one is never used."""
    draft = folder.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    command = launched(
        (
            binaries.postgres("initdb"),
            f"--pgdata={draft}",
            "--username=postgres",
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
            # The same order and the same letters on every machine, whatever locales it has.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
        ),
        never_root=draft,
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise CannotStartError(f"PostgreSQL could not create {draft}:\n{done.stderr.strip()}")
    draft.rename(folder)


def remove_stale_lock(folder: Path) -> None:
    """A lock file of a crashed server stops the next one when its pid was given to another program.

    A server that is really alive in this folder is nobody's but a lost stack's: it is ended.
    """
    lock = folder / "postmaster.pid"
    try:
        pid = int(lock.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        lock.unlink(missing_ok=True)
        return
    try:
        server = psutil.Process(pid)
        if server.name() == "postgres" and Path(server.cwd()) == folder.resolve():
            server.send_signal(2)
            server.wait(60)
            return
    except psutil.NoSuchProcess:
        pass
    except psutil.AccessDenied as error:
        raise CannotStartError(
            f"Another user's process {pid} seems to run PostgreSQL in {folder}."
        ) from error
    except psutil.TimeoutExpired as error:
        raise CannotStartError(
            f"An earlier PostgreSQL (process {pid}) in {folder} does not end. Stop it by hand."
        ) from error
    lock.unlink(missing_ok=True)


def create_database(settings: Settings) -> None:
    with connect(settings, "postgres") as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
