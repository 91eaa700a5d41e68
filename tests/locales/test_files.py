import os
import stat
from pathlib import Path
from typing import Any

import pytest

from locales import sweep, write_atomically


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_by_new_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    write_atomically(path, b"new\0\xff")
    assert path.read_bytes() == b"new\0\xff"
    assert names(tmp_path) == ["a.po"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual, path = tmp_path / "usual", tmp_path / "a.po"
    usual.touch()
    write_atomically(path, b"")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


def test_the_permissions_of_the_old_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.touch()
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.po").write_bytes(b"old")
    link = tmp_path / "link.po"
    link.symlink_to("real.po")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.po").read_bytes() == b"new"


def test_a_long_name_is_written_too(tmp_path: Path) -> None:
    path = tmp_path / ("й" * 120 + ".po")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_the_bytes_are_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def spy(name: str) -> None:
        original = getattr(os, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            is_folder = name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode)
            calls.append("fsync folder" if is_folder else name)
            return original(*args, **kwargs)

        monkeypatch.setattr(os, name, wrapped)

    for name in ("write", "fsync", "replace"):
        spy(name)
    write_atomically(tmp_path / "a.po", b"new")
    assert calls == ["write", "fsync", "replace", "fsync folder"]


def test_a_write_that_takes_only_a_part_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:3]))
    write_atomically(tmp_path / "a.po", b"0123456789")
    assert (tmp_path / "a.po").read_bytes() == b"0123456789"


@pytest.mark.parametrize("name", ["write", "fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.po"]


def test_a_missing_folder_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"a\.po"):
        write_atomically(tmp_path / "none" / "a.po", b"new")


def test_what_a_killed_writer_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.po").write_bytes(b"kept")
    (tmp_path / ".a.po.tmp").write_bytes(b"somebody else's")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.po", b"new")
    monkeypatch.undo()
    assert len(names(tmp_path)) == 3
    swept = sweep(tmp_path)
    assert [path.name[:9] for path in swept] == [".a.po.hx-"]
    assert names(tmp_path) == [".a.po.tmp", "a.po"]
    assert sweep(tmp_path) == []


def test_a_last_look_that_objects_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"old")

    def object_to(temporary: Path) -> None:
        assert temporary.read_bytes() == b"new"
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_atomically(path, b"new", last_look=object_to)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])
