"""`hexapla check`: findings with file and line, repair and conversion only when asked for."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from locales import read_catalog
from workflow.cli import main

Run = Callable[..., Result]

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
BROKEN = HEADER + 'msgid "tea\nmsgstr "Tee"\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def test_a_sound_catalog_has_notes_and_no_findings(run: Run) -> None:
    Path("de.po").write_text(HEADER + 'msgid "tea"\nmsgstr "Tee"\n')
    done = run("check", "de.po")
    assert done.exit_code == 0
    assert "de.po:1: note: the header field Language is missing" in done.stdout


def test_a_broken_catalog_is_named_with_its_line_and_stays(run: Run) -> None:
    Path("de.po").write_text(BROKEN)
    done = run("check", "de.po", "--json")
    assert done.exit_code == 1
    assert [finding["line"] for finding in json.loads(done.stdout)[0]["findings"]] == [5]
    assert Path("de.po").read_text() == BROKEN


def test_repair_lists_its_changes_and_keeps_the_original_beside(run: Run) -> None:
    Path("de.po").write_text(BROKEN)
    done = run("check", "de.po", "--repair")
    assert done.exit_code == 0
    assert "de.po:5: changed: the string of msgid is closed" in done.stdout
    assert [entry.msgstr for entry in read_catalog("de.po")] == ["Tee"]
    assert Path("de.po.bak").read_text() == BROKEN


def test_an_older_original_is_never_replaced_unasked(run: Run) -> None:
    Path("de.po").write_text(BROKEN)
    Path("de.po.bak").write_text("older")
    assert "--force" in run("check", "de.po", "--repair").stderr
    assert (Path("de.po").read_text(), Path("de.po.bak").read_text()) == (BROKEN, "older")


def test_conversion_keeps_the_texts_and_names_the_new_charset(run: Run) -> None:
    text = HEADER.replace("UTF-8", "ISO-8859-1") + 'msgid "coffee"\nmsgstr "café \\351"\n'
    Path("fr.po").write_text(text, encoding="latin-1")
    assert run("check", "fr.po", "--to-utf8", "-o", "new.po").exit_code == 0
    catalog = read_catalog("new.po")
    assert catalog.header["Content-Type"] == "text/plain; charset=UTF-8"
    assert [entry.msgstr for entry in catalog] == ["café é"]
    assert Path("fr.po").read_text(encoding="latin-1") == text


@pytest.mark.parametrize("arguments", [[], ["a.po", "-o", "b.po"], ["a.po", "--charset", "cp1252"]])
def test_wrong_use_ends_with_two(run: Run, arguments: list[str]) -> None:
    assert run("check", *arguments).exit_code == 2
