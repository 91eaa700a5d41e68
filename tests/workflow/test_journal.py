"""The journal: what is on the disk before it counts, and what a crash may leave of it."""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow import ProjectError
from workflow.errors import UnwritableError
from workflow.journal import Journal, Record, is_settled, read_journal
from workflow.versions import Version

OLD = Version(("Guten Tag.",), True, ("align 0.87 1:1 9c1e04b7a3d2",), (None, "Good day.", None))
NEW = Version(("Schönen Tag.",), False, (), (None, None, None))


def save(name: str, row: str = "a.1") -> Record:
    return Record(name, 1_800_000_000.25, "Leyla", "save", row, (row,), (OLD,), (NEW,), base="0f:TRANSLATED")


def written(path: Path, *records: Record) -> Journal:
    journal = Journal(path)
    journal.append(records)
    return journal


def test_a_journal_gives_back_what_was_appended_in_order(tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    first, second = save("1"), Record("2", 5.0, "Ömer", "comment", "a.1", ("a.1",), text="Bitte prüfen.")
    written(path, first).close()
    written(path, second).close()
    assert read_journal(path) == ([first, second], [first, second])


def test_there_is_no_journal_before_the_first_operation(tmp_path: Path) -> None:
    assert read_journal(tmp_path / "none.jsonl") == ([], [])
    assert is_settled(tmp_path / "none.jsonl")


def test_what_stands_before_the_mark_is_in_the_catalog(tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    journal = written(path, save("1"), save("2"))
    assert not is_settled(path)
    journal.mark_saved()
    assert is_settled(path)
    assert read_journal(path) == ([save("1"), save("2")], [])
    journal.append([save("3")])
    assert read_journal(path)[1] == [save("3")]


def test_a_mark_may_name_the_last_operation_that_the_catalog_has(tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    journal = written(path, save("1"), save("2"), save("3"))
    journal.mark_saved("2")
    assert not is_settled(path)
    assert read_journal(path)[1] == [save("3")]


def test_a_torn_last_line_is_left_out_and_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    written(path, save("1")).close()
    whole = path.read_bytes()
    for end in range(1, len(save("2").to_line())):
        path.write_bytes(whole + save("2").to_line()[:end])
        assert read_journal(path)[0] == [save("1")]
        Journal(path).close()
        assert path.read_bytes() == whole


def test_a_torn_line_longer_than_a_block_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    written(path, save("1")).close()
    whole = path.read_bytes()
    path.write_bytes(whole + b"x" * 200_000)
    Journal(path).close()
    assert path.read_bytes() == whole
    path.write_bytes(b"x" * 200_000)
    Journal(path).close()
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[]",
        b'"saved"',
        b"null",
        b"{}",
        b'{"kind": "save"}',
        b'{"kind": "saved", "through": "nobody"}',
        b'{"id": "1", "time": "late", "user": "u", "kind": "save", "row": "a.1"}',
        b'{"id": "1", "time": 1, "user": "u", "kind": "save", "row": "a.1", "after": [3]}',
        b"\xff\xfe",
    ],
)
def test_a_damaged_line_is_named_and_nothing_is_thrown_away(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "letter.jsonl"
    path.write_bytes(save("1").to_line() + line + b"\n" + save("2").to_line())
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=r"letter\.jsonl:2: is damaged; move the journal away"):
        read_journal(path)
    assert path.read_bytes() == before


def test_a_line_separator_in_a_text_does_not_end_the_line(tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    record = Record("1", 1.0, "u", "comment", "a.1", ("a.1",), text="one\u2028two\u0085three\x0bfour\r\nfive")
    written(path, record).close()
    assert read_journal(path)[0] == [record]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_only_its_owner_reads_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "letter.jsonl"
    Journal(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


FULL = """
import resource, signal, sys
from contextlib import suppress
from pathlib import Path
from workflow.errors import UnwritableError
from workflow.journal import Journal, Record

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing past the limit is then an error and not the end
path = Path(sys.argv[1])
record = Record("2", 1.0, "u", "comment", "a.1", ("a.1",), text="x" * 5_000)
journal = Journal(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 1_000, resource.RLIM_INFINITY))
try:
    journal.append([record])
except UnwritableError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal.append([record])
"""


@pytest.mark.skipif(os.name != "posix", reason="the limit that stands for a full disk is that of POSIX")
def test_a_full_disk_leaves_the_journal_as_it_was_and_it_goes_on_later(tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    written(path, save("1")).close()
    done = subprocess.run(
        [sys.executable, "-c", FULL, path], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "cannot be written" in done.stdout
    records, _ = read_journal(path)
    assert [record.id for record in records] == ["1", "2"]


def test_a_journal_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnwritableError, match="cannot be written"):
        Journal(tmp_path / "file" / "letter.jsonl")


texts = st.text(st.characters())  # lone surrogates among them: a broken file may hold half of a character
versions = st.builds(
    Version,
    st.lists(texts, min_size=1, max_size=3).map(tuple),
    st.booleans(),
    st.lists(texts, max_size=2).map(tuple),
    st.tuples(st.none() | texts, st.none() | texts, st.none() | texts),
)
pairs = st.lists(st.tuples(texts, versions, versions), max_size=3)


@settings(deadline=None)
@given(st.sampled_from(["save", "undo", "comment", "conflict", "settle"]), pairs, st.tuples(*[texts] * 6))
def test_every_record_comes_back_from_its_line(kind: str, stands: list, words: tuple[str, ...]) -> None:
    name, user, row, group, of, text = words
    entries, before, after = (tuple(each[place] for each in stands) for place in range(3))
    record = Record(name, 1.5, user, kind, row, entries, before, after, group, of, text, "b")
    line = record.to_line()
    assert line.count(b"\n") == 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "letter.jsonl")
        path.write_bytes(line)
        assert read_journal(path)[0] == [record]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_journal_or_damage_and_nothing_else(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "letter.jsonl")
        path.write_bytes(data)
        with suppress(ProjectError):
            read_journal(path)
