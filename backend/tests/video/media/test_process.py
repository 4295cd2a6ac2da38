"""Children keep their limits, reach no network and do not outlive anyone."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from ultra.settings import REPOSITORY
from ultra.video.media import process
from ultra.video.media.process import (
    Limits,
    MediaCancelled,
    MediaFailed,
    MediaTimeout,
    has_network_isolation,
    run,
)

LIMITS = Limits(wall_seconds=20, memory_bytes=512 * 1024**2)


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", code]


class TestRun:
    def test_returns_what_the_child_wrote(self, tmp_path: Path) -> None:
        done = run(
            python("import sys; print(sys.stdin.read(), end='!')"),
            LIMITS,
            folder=tmp_path,
            stdin=b"hello",
        )
        assert done.stdout == b"hello!"

    def test_hands_out_lines_as_they_come(self, tmp_path: Path) -> None:
        lines: list[str] = []
        run(python("print('one'); print('two')"), LIMITS, folder=tmp_path, on_line=lines.append)
        assert lines == ["one", "two"]

    def test_keeps_the_last_words_of_a_failure(self, tmp_path: Path) -> None:
        with pytest.raises(MediaFailed) as caught:
            run(python("raise SystemExit('no luck')"), LIMITS, folder=tmp_path)
        assert caught.value.exit_code == 1
        assert "no luck" in caught.value.stderr_tail

    def test_stands_in_its_folder(self, tmp_path: Path) -> None:
        done = run(python("import os; print(os.getcwd())"), LIMITS, folder=tmp_path)
        assert Path(done.stdout.decode().strip()) == tmp_path.resolve()

    def test_hides_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ULTRA_SECRET_KEY", "do not pass on")
        done = run(python("import os; print(dict(os.environ))"), LIMITS, folder=tmp_path)
        assert b"do not pass on" not in done.stdout


class TestLimits:
    def test_memory(self, tmp_path: Path) -> None:
        with pytest.raises(MediaFailed, match="MemoryError"):
            run(python("bytearray(1 << 30)"), LIMITS, folder=tmp_path)

    def test_file_size(self, tmp_path: Path) -> None:
        small = Limits(wall_seconds=20, file_bytes=1000)
        with pytest.raises(MediaFailed):
            run(
                python("f = open('big', 'wb', 0)\nfor _ in range(9): f.write(bytes(500))"),
                small,
                folder=tmp_path,
            )
        assert (tmp_path / "big").stat().st_size <= 1000

    def test_time_for_a_whole_family(self, tmp_path: Path) -> None:
        code = "import os, time; os.fork(); print(os.getpid(), flush=True); time.sleep(60)"
        seen: list[str] = []
        started = time.monotonic()
        with pytest.raises(MediaTimeout):
            run(python(code), Limits(wall_seconds=1), folder=tmp_path, on_line=seen.append)
        assert time.monotonic() - started < 5
        assert len(seen) == 2
        # The grandchild is not ours to wait for: the kernel takes its moment.
        _until(lambda: all(_is_gone(int(pid)) for pid in seen))

    def test_cancelling(self, tmp_path: Path) -> None:
        started = time.monotonic()
        with pytest.raises(MediaCancelled):
            run(
                python("import time; time.sleep(60)"),
                LIMITS,
                folder=tmp_path,
                cancelled=lambda: time.monotonic() - started > 0.5,
            )
        assert time.monotonic() - started < 3


def test_reaches_no_network(tmp_path: Path) -> None:
    if not has_network_isolation():
        pytest.skip("this machine allows no network namespaces")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        with pytest.raises(MediaFailed):
            run(python(code), LIMITS, folder=tmp_path)
        with pytest.raises(TimeoutError):
            server.accept()


def test_dies_with_a_killed_parent(tmp_path: Path) -> None:
    child = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)"
    code = (
        "import sys; from pathlib import Path; from ultra.video.media.process import Limits, run\n"
        f"run([sys.executable, '-c', {child!r}], Limits(wall_seconds=60),"
        f" folder=Path({str(tmp_path)!r}))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=REPOSITORY / "backend")
    note = tmp_path / "pid"
    _until(lambda: note.exists() and note.read_text())
    pid = int(note.read_text())
    assert psutil.pid_exists(pid)
    parent.kill()
    parent.wait()
    _until(lambda: _is_gone(pid))


def test_calls_our_functions(tmp_path: Path) -> None:
    answer = process.call("json:dumps", {"a": 1}, LIMITS, folder=tmp_path)
    assert answer == '{"a": 1}'


def _is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _until(happened: object, seconds: float = 10) -> None:
    assert callable(happened)
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)
