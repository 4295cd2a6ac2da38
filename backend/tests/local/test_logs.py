"""Log files: their end, their growth, their rotation."""

from pathlib import Path

from ultra.local import logs


def test_last_lines_are_those_of_this_run(tmp_path: Path) -> None:
    path = tmp_path / "toy.log"
    path.write_text("earlier\n")
    start = path.stat().st_size
    with path.open("a") as file:
        file.write("one\ntwo\nthree\n")
    assert logs.last_lines(path, since=start) == ["one", "two", "three"]
    assert logs.last_lines(path, 1) == ["three"]
    assert logs.last_lines(tmp_path / "absent.log") == []


def test_follower_joins_halves_and_sees_new_files(tmp_path: Path) -> None:
    path = tmp_path / "toy.log"
    path.write_text("before\n")
    follower = logs.Follower(tmp_path)
    with path.open("a") as file:
        file.write("whole\nha")
        file.flush()
        assert list(follower.new_lines()) == [("toy", "whole")]
        file.write("lf\n")
        file.flush()
        (tmp_path / "other.log").write_text("born later\n")
        assert sorted(follower.new_lines()) == [("other", "born later"), ("toy", "half")]


def test_rotation_empties_the_file_under_its_writer(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(logs, "LIMIT_BYTES", 100)
    path = tmp_path / "toy.log"
    with path.open("a") as writer:
        for number in range(logs.KEPT + 2):
            writer.write(f"{number} " + "x" * 200 + "\n")
            writer.flush()
            logs.rotate(tmp_path)
        writer.write("after\n")
    assert path.read_text() == "after\n"
    kept = sorted(other.name for other in tmp_path.glob("toy.log.*"))
    assert kept == ["toy.log.1", "toy.log.2", "toy.log.3"]
    assert (tmp_path / "toy.log.1").read_text().startswith("4 ")
