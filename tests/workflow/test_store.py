"""Files are written all or none, and by one writer at a time."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from workflow import ProjectError, store
from workflow.store import finish_broken_off, read_text, save_files, save_together, writing


def test_only_files_that_differ_are_written(tmp_path: Path) -> None:
    (tmp_path / "same").write_bytes(b"1")
    before = (tmp_path / "same").stat().st_mtime_ns
    assert save_files({tmp_path / "same": b"1", tmp_path / "new" / "file": b"2"}) == [tmp_path / "new" / "file"]
    assert (tmp_path / "same").stat().st_mtime_ns == before


def test_a_disk_that_fills_up_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(b"old")
    sync = os.fsync
    calls = iter([sync])

    def full(descriptor: int) -> None:
        next(calls, _no_space)(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ProjectError, match="No space left"):
        save_files({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}


def _no_space(descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def kill_at(place: int, deed: Callable[[], object]) -> bool:
    """Do something in a process that is killed before a write; tell whether it was."""
    child = os.fork()
    if child == 0:
        steps = iter(range(place + 1))
        for name in ("open", "fsync", "replace", "unlink"):
            real = getattr(os, name)

            def counted(*args: Any, real: Callable[..., Any] = real, **named: Any) -> Any:
                if next(steps, None) is None:
                    os._exit(9)
                return real(*args, **named)

            setattr(os, name, counted)
        with suppress(BaseException):
            deed()
            os._exit(0)
        os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    return status == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_files_that_go_together_are_all_old_or_all_new_wherever_their_writer_is_killed(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "folder" / "b", tmp_path / "c"]
    (tmp_path / ".hexapla").mkdir()

    def put(data: bytes) -> None:
        with writing(tmp_path):
            save_together(tmp_path, dict.fromkeys(paths, data))

    put(b"old")
    outcomes = []
    while kill_at(len(outcomes), lambda: put(b"new")):
        finish_broken_off(tmp_path)
        (outcome,) = {path.read_bytes() for path in paths}
        outcomes.append(outcome)
        put(b"old")
        assert not [path for path in tmp_path.rglob("*") if path.suffix == ".tmp" or path.name == "unfinished.json"]
    assert outcomes == sorted(outcomes, reverse=True)
    assert set(outcomes) == {b"old", b"new"}


@pytest.mark.parametrize(
    ("log", "message"),
    [
        (b"[[1]]", "damaged"),
        (b'[["../.a.hx-0123abcd.tmp", "../../b"]]', "would not write"),
        (b'[["../.a.hx-0123abcd.tmp", "../folder/b"]]', "would not write"),
        (b'[["../mine", "../b"]]', "would not write"),
    ],
)
def test_a_list_of_unfinished_files_that_is_not_ours_is_refused(tmp_path: Path, log: bytes, message: str) -> None:
    for name in ("project/.hexapla", "project/folder"):
        (tmp_path / name).mkdir(parents=True)
    for name in (".a.hx-0123abcd.tmp", "mine"):
        (tmp_path / "project" / name).write_bytes(b"new")
    (tmp_path / "project/.hexapla/unfinished.json").write_bytes(log)
    with pytest.raises(ProjectError, match=message), writing(tmp_path / "project"):
        pass
    assert not list(tmp_path.rglob("b"))


def test_files_outside_of_the_project_are_written_without_a_list(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "linked").symlink_to(tmp_path, target_is_directory=True)
    save_together(tmp_path / "town", {tmp_path / "town" / "linked" / "a": b"1", tmp_path / "town" / "b": b"2"})
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "town" / "b").read_bytes()) == (b"1", b"2")


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LOCK_SECONDS", 0.0)
    program = (
        "import sys; from pathlib import Path; from workflow.store import writing\n"
        f"with writing(Path({str(tmp_path)!r})): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(ProjectError, match="another hexapla"), writing(tmp_path):
            pass
        other.kill()
    with writing(tmp_path):
        pass


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / ".a.po.hx-0123abcd.tmp").write_bytes(b"half")
    (tmp_path / "locales" / ".mine.tmp").write_bytes(b"a person's")
    with writing(tmp_path):
        assert [p.name for p in (tmp_path / "locales").iterdir()] == [".mine.tmp"]


def test_text_is_read_without_its_mark_and_with_plain_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfOne\r\nTwo\n")
    assert read_text(tmp_path / "a") == "One\nTwo\n"
    (tmp_path / "b").write_bytes(b"caf\xe9")
    with pytest.raises(ProjectError, match="byte 3 is not UTF-8"):
        read_text(tmp_path / "b")
