"""The supervisor with toys and with the real stores: restarts, order, orphans, recovery."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import psutil
import pytest
import redis

from tests.local import toys
from ultra.local import control, environment, folders, home_lock, leftovers, postgres
from ultra.local.processes import CannotStartError
from ultra.local.stack import Stack, StartFailedError
from ultra.settings import Settings

BACKEND = Path(__file__).resolve().parents[2]


@pytest.fixture
def home() -> Iterator[Path]:
    """A short path below the folder for temporary files, ended and removed whatever happened."""
    folder = Path(mkdtemp(prefix="ultra-toys-"))
    yield folder
    settings = Settings(home=folder)
    leftovers.kill_strays(environment.mark(settings))
    shutil.rmtree(settings.run_dir, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def supervised(home: Path, *names: str) -> subprocess.Popen[str]:
    """A supervisor in a process of its own, ready."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.local.toys", str(home), *names],
        cwd=BACKEND,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def kill_nine(child: subprocess.Popen[str]) -> None:
    child.kill()
    child.communicate()


def marked(home: Path) -> list[psutil.Process]:
    """Every process that carries the mark of this stack."""
    mark = environment.mark(Settings(home=home))
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(leftovers.MARK, "").startswith(mark):
                found.append(process)
        except psutil.Error:
            continue
    return found


def own_log(home: Path) -> str:
    return (home / "logs" / "ultra.log").read_text()


class TestLife:
    def test_restarts_a_crashed_process_and_says_why(self, home: Path) -> None:
        with Stack(Settings(home=home), only={"crashing"}, table=toys.known) as stack:
            wait_until(lambda: stack.status()[0].restarts == 1)
            wait_until(lambda: stack.status()[0].state == "running")
        assert "crashing was killed by SIGKILL" in own_log(home)
        assert "these are my last words" in own_log(home)

    def test_gives_up_a_process_that_never_comes_up(self, home: Path) -> None:
        stack = Stack(Settings(home=home), only={"broken", "first"}, table=toys.known)
        with pytest.raises(StartFailedError) as failure, stack:
            pytest.fail("it must not start")
        assert failure.value.reason == "ended with exit code 7"
        assert failure.value.last_words == ["no such thing as a database"]
        assert not marked(home)

    def test_stops_whoever_needs_others_first(self, home: Path) -> None:
        names = {"first", "second", "third"}
        with Stack(Settings(home=home), only=names, table=toys.known):
            assert len(marked(home)) == 3
        assert (home / "farewell").read_text().split() == ["third", "second", "first"]

    def test_leaves_no_orphan_of_a_process_that_does_not_listen(self, home: Path) -> None:
        with Stack(Settings(home=home), only={"stubborn"}, table=toys.known):
            wait_until(lambda: len(marked(home)) == 2)
        assert not marked(home)

    def test_refuses_a_second_supervisor_for_one_home(self, home: Path) -> None:
        settings = Settings(home=home)
        with Stack(settings, only={"first"}, table=toys.known):
            assert home_lock.holder(home) == os.getpid()
            second = Stack(settings, only={"first"}, table=toys.known)
            with pytest.raises(home_lock.AlreadyRunningError), second:
                pytest.fail("it must not start")
            assert len(marked(home)) == 1
        assert home_lock.holder(home) is None

    def test_answers_and_ends_from_another_terminal(self, home: Path) -> None:
        settings = Settings(home=home)
        with Stack(settings, only={"first"}, table=toys.known) as stack:
            answer = control.ask(settings, "status")
            assert answer is not None
            assert answer["ready"]
            assert [process["state"] for process in answer["processes"]] == ["running"]
            control.ask(settings, "stop")
            assert stack.asked_to_stop.is_set()
        assert control.ask(settings, "status") is None


class TestDeathOfTheSupervisor:
    def test_takes_everything_with_it(self, home: Path) -> None:
        child = supervised(home, "stubborn", "first")
        wait_until(lambda: len(marked(home)) == 3)
        kill_nine(child)
        wait_until(lambda: not marked(home))

    def test_the_next_start_ends_what_even_the_guard_could_not(self, home: Path) -> None:
        child = supervised(home, "stubborn")
        guard = next(
            process
            for process in psutil.Process(child.pid).children()
            if leftovers.__name__ in process.cmdline()
        )
        wait_until(lambda: len(marked(home)) == 2)
        guard.kill()
        kill_nine(child)
        assert len(marked(home)) == 2
        with Stack(Settings(home=home), only={"first"}, table=toys.known):
            assert len(marked(home)) == 1
        assert "ended what an earlier run that was killed left behind: stubborn" in own_log(home)

    def test_does_not_touch_a_stranger_with_a_recorded_number(self, home: Path) -> None:
        stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        record = home / "stack.json"
        leftovers.write(record, [leftovers.Leftover("old", stranger.pid, 1.0, 15, 0.1)])
        assert leftovers.end_all(record, environment.mark(Settings(home=home))) == []
        assert stranger.poll() is None
        stranger.kill()
        stranger.wait()

    def test_the_next_start_waits_for_the_guard(self, home: Path) -> None:
        child = supervised(home, "stubborn", "first")
        child.kill()
        # At once, while the guard of the killed run still ends its processes by their mark.
        with Stack(Settings(home=home), only={"first"}, table=toys.known) as stack:
            child.communicate()
            time.sleep(2)
            assert [status.restarts for status in stack.status()] == [0]
            assert len(marked(home)) == 1

    def test_committed_rows_survive_and_the_next_start_recovers(self, home: Path) -> None:
        child = supervised(home, "postgres", "redis")
        settings = Settings(home=home)
        with postgres.connect(settings, "ultra") as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'gold' AS colour")
        kill_nine(child)
        with (
            Stack(settings, only={"postgres", "redis"}),
            postgres.connect(settings, "ultra") as connection,
        ):
            assert connection.execute("SELECT colour FROM kept").fetchone() == ("gold",)


class TestStores:
    def test_a_stop_loses_nothing(self, home: Path) -> None:
        settings = Settings(home=home)
        with Stack(settings, only={"postgres", "redis"}):
            with postgres.connect(settings, "ultra") as connection:
                connection.execute("CREATE TABLE kept AS SELECT n FROM generate_series(1, 1000) n")
            with redis.Redis.from_url(settings.redis_address) as client:
                client.rpush("kept", *range(1000))
        with Stack(settings, only={"postgres", "redis"}):
            with postgres.connect(settings, "ultra") as connection:
                assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
            with redis.Redis.from_url(settings.redis_address) as client:
                assert client.llen("kept") == 1000

    def test_two_instances_run_side_by_side(self, home: Path) -> None:
        one, two = Settings(home=home / "one"), Settings(home=home / "two")
        with Stack(one, only={"postgres", "redis"}), Stack(two, only={"postgres", "redis"}):
            for name, settings in (("one", one), ("two", two)):
                with redis.Redis.from_url(settings.redis_address) as client:
                    assert client.set("name", name, nx=True)
                with postgres.connect(settings, "ultra") as connection:
                    connection.execute("CREATE TABLE only_here ()")

    def test_brings_a_killed_server_back(self, home: Path) -> None:
        settings = Settings(home=home)
        with Stack(settings, only={"postgres"}) as stack:
            with postgres.connect(settings, "ultra") as connection:
                connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
            pid = stack.status()[0].pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: stack.status()[0].restarts == 1)
            wait_until(lambda: stack.status()[0].state == "running")
            with postgres.connect(settings, "ultra") as connection:
                assert connection.execute("SELECT n FROM kept").fetchone() == (1,)

    def test_a_lock_file_with_a_strangers_number_does_not_stop_it(self, home: Path) -> None:
        settings = Settings(home=home)
        with Stack(settings, only={"postgres"}):
            pass
        (home / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{home}\n")
        with Stack(settings, only={"postgres"}) as stack:
            assert stack.status()[0].state == "running"

    def test_settings_are_those_that_jobs_rest_on(self, home: Path) -> None:
        settings = Settings(home=home)
        with (
            Stack(settings, only={"redis", "postgres"}),
            redis.Redis.from_url(settings.redis_address, decode_responses=True) as client,
        ):
            wanted = {"appendonly": "yes", "appendfsync": "everysec", "port": "0"}
            wanted["maxmemory-policy"] = "noeviction"
            assert {name: client.config_get(name)[name] for name in wanted} == wanted
            with postgres.connect(settings, "ultra") as connection:
                connection.execute("CREATE EXTENSION vector")
                assert connection.execute("SHOW fsync").fetchone() == ("on",)
                assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


class TestFolders:
    def test_the_folder_of_sockets_is_private(self, tmp_path: Path) -> None:
        folders.make_private(tmp_path / "run")
        assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700

    def test_refuses_a_link_that_someone_laid_there(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(folders.UnsafeFolderError):
            folders.make_private(tmp_path / "run")

    @pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
    def test_refuses_a_folder_of_someone_else(self, tmp_path: Path) -> None:
        (tmp_path / "run").mkdir()
        os.chown(tmp_path / "run", 12345, 12345)
        with pytest.raises(folders.UnsafeFolderError):
            folders.make_private(tmp_path / "run")

    def test_makes_one_secret_that_only_the_owner_reads(self, tmp_path: Path) -> None:
        settings = Settings(home=tmp_path)
        folders.make_secret_key(settings)
        first = settings.secret_key_file.read_text()
        folders.make_secret_key(settings)
        assert settings.secret_key_file.read_text() == first
        assert settings.secret == first.strip()
        assert len(settings.secret) >= 32
        assert settings.secret_key_file.stat().st_mode & 0o777 == 0o600

    def test_refuses_data_of_another_major_version(self, tmp_path: Path) -> None:
        (tmp_path / "postgres").mkdir()
        (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
        with pytest.raises(CannotStartError, match="PostgreSQL 16"):
            postgres.prepare(Settings(home=tmp_path))
