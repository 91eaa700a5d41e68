"""Files are written all or none, and by one writer at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workflow import ProjectError, store
from workflow.store import read_text, save_files, writing


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
