"""`hexapla formats` and `hexapla pseudo`: what can be read, and whether a document survives."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from segments.documents import LARGEST
from workflow.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def test_formats_are_listed_with_what_they_keep(run: Run) -> None:
    rows = {row["name"]: row for row in json.loads(run("formats", "--json").stdout)}
    assert {"html", "markdown", "srt", "text", "vtt"} <= rows.keys()
    assert rows["srt"]["package"].startswith("hexapla ")
    assert ".xhtml" in run("formats").stdout


def test_a_trial_changes_every_word_and_nothing_else(run: Run) -> None:
    Path("a.html").write_text("<p>Some <b>rain</b>.</p>")
    done = run("pseudo", "a.html", "-o", "b.html", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "file": "a.html",
        "format": "html",
        "units": 1,
        "sentences": 1,
        "letters": 8,
        "reached": 8,
        "structure_kept": True,
        "identical": None,
        "aside": [],
    }
    assert Path("b.html").read_text() == "<p>Someø <b>rainø</b>.</p>"


def test_the_identity_is_put_together_and_is_the_same(run: Run) -> None:
    Path("a.md").write_bytes(
        b"---\r\ntitle: 'It''s wet'\r\n---\r\n> Some *rain*\r\n> and wind.\r\n\r\n|a \\| b|\r\n|-|\r\n"
    )
    done = run("pseudo", "--identity", "a.md", "-o", "b.md")
    assert (done.exit_code, "every byte is the same" in done.stdout) == (0, True)
    assert Path("b.md").read_bytes() == Path("a.md").read_bytes()


def test_nothing_is_overwritten_unless_it_is_asked_for(run: Run) -> None:
    Path("a.txt").write_text("Rain.")
    assert run("pseudo", "a.txt", "-o", "a.txt").exit_code == 3
    assert Path("a.txt").read_text() == "Rain."
    assert run("pseudo", "a.txt", "-o", "a.txt", "--force").exit_code == 0
    assert Path("a.txt").read_text() == "Rainø."


def test_what_is_too_large_or_no_file_is_refused_before_it_is_read(run: Run) -> None:
    with Path("big.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    done = run("pseudo", "big.txt")
    assert (done.exit_code, "100 MB is more than the 100 MB a document may have" in done.stderr) == (3, True)
    assert "is no ordinary file" in run("pseudo", "/dev/null").stderr
    assert "no such file" in run("pseudo", "none.txt").stderr
    assert "is a folder" in run("pseudo", ".").stderr
