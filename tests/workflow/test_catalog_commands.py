"""What the catalog commands refuse, so that no work is lost and no program breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from locales import read_catalog
from workflow.cli import main

Run = Callable[..., Result]

HEADER = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PLURALS = HEADER + '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
ENTRY = '\nmsgid "Open"\nmsgstr "Offen"\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def test_flags_come_from_the_template_when_a_catalog_is_added(run: Run, tmp_path: Path) -> None:
    (tmp_path / "app.pot").write_text(HEADER + '\n#, c-format\nmsgid "%d files"\nmsgstr ""\n')
    (tmp_path / "app.de.po").write_text(HEADER + '\nmsgid "%d files"\nmsgstr "%s Dateien"\n')
    assert run("init", "-s", "en", "-t", "de").exit_code == 0
    assert run("add", "app.pot").exit_code == 0
    assert run("add", "app.de.po", "--lang", "de", "--of", "app.pot").exit_code == 0
    assert run("compile").exit_code == 1
    assert not list(tmp_path.rglob("*.mo"))


@pytest.mark.parametrize(
    "command", [["update", "a.po", "empty.pot", "--in-place"], ["merge", "a.po", "empty.pot", "a.po"]]
)
def test_an_empty_file_never_empties_a_catalog(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.po").write_text(HEADER + ENTRY)
    (tmp_path / "empty.pot").write_text("")
    done = run(*command)
    assert done.exit_code == 3, done.output
    assert "empty.pot" in done.stderr
    assert (tmp_path / "a.po").read_text() == HEADER + ENTRY


def test_several_files_are_repaired_together_or_not_at_all(run: Run, tmp_path: Path) -> None:
    conflict = HEADER + '\nmsgid "a"\n<<<<<<< x\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> y\n'
    (tmp_path / "a.po").write_text(conflict)
    (tmp_path / "b.po").write_bytes(HEADER.encode() + b'\nmsgid "a"\nmsgstr "\xff"\n')
    assert run("check", "--repair", "a.po", "b.po").exit_code == 3
    assert (tmp_path / "a.po").read_text() == conflict


def test_a_charset_nobody_knows_is_wrong_use(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(HEADER + ENTRY)
    assert run("check", "--repair", "--charset", "foo", "a.po").exit_code == 2


def test_a_named_output_is_written_even_where_nothing_changes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(HEADER + ENTRY)
    assert run("check", "--repair", "a.po", "-o", "b.po").exit_code == 0
    assert (tmp_path / "b.po").read_text() == HEADER + ENTRY


def test_a_header_is_added_where_the_language_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(ENTRY.lstrip())
    assert run("check", "--repair", "--lang", "de", "a.po").exit_code == 0
    assert read_catalog(tmp_path / "a.po").header["Language"] == "de"


def test_a_plural_that_is_given_empty_forms_becomes_a_draft(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(PLURALS + '\nmsgid "%d a"\nmsgid_plural "%d b"\nmsgstr[0] "%d c"\n')
    run("check", "--repair", "a.po")
    (entry,) = read_catalog(tmp_path / "a.po")
    assert "fuzzy" in entry.flags


@pytest.mark.parametrize("command", [["update", "a.po", "no.pot"], ["diff", "a.po", "no.po"]])
def test_a_missing_file_is_named_in_words(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.po").write_text(HEADER + ENTRY)
    done = run(*command)
    assert done.exit_code == 3
    assert "no such file" in done.stderr
