"""Catalog mode: a document that is a gettext template is reviewed and compiled message by message."""

import gettext
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from locales import State, read_catalog
from workflow.cli import main
from workflow.project import Project, open_project
from workflow.rows import rows

Run = Callable[..., Result]

TEMPLATE = """\
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: kettle 1\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#: kettle.py:1
msgid "Boil"
msgstr ""

#: kettle.py:2 cup.py:7
#, python-format
msgid "%d cup"
msgid_plural "%d cups"
msgstr[0] ""
msgstr[1] ""

#: kettle.py:2
msgctxt "menu"
msgid "Boil"
msgstr ""
"""
GERMAN = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: kettle.py:1
msgid   "Boil"
msgstr "Kochen"

#: kettle.py:2 cup.py:7
#, python-format
msgid "%d cup"
msgid_plural "%d cups"
msgstr[0] "%d Tasse"
msgstr[1] "%d Tassen"

#: kettle.py:2
#, fuzzy
msgctxt "menu"
msgid "Boil"
msgstr "Aufkochen"
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a project with one template."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    Path("app.pot").write_text(TEMPLATE)
    Path("app.de.po").write_text(GERMAN)
    call("init", "--source", "en", "--target", "de,ru")
    assert call("add", "app.pot").exit_code == 0
    return call


@pytest.fixture
def project(run: Run) -> Project:
    return open_project(Path.cwd())


def states(run: Run, language: str) -> list[int]:
    (row,) = json.loads(run("status", "--lang", language, "--json").stdout)
    return list(row["states"].values())


def test_a_template_is_taken_as_it_is_and_gives_each_language_a_catalog(run: Run) -> None:
    assert Path("locales/app.pot").read_text() == TEMPLATE
    assert not Path("segments").exists()
    catalog = read_catalog("locales/ru/LC_MESSAGES/app.po")
    assert [(entry.msgctxt, entry.msgid) for entry in catalog] == [(None, "Boil"), (None, "%d cup"), ("menu", "Boil")]
    assert [len(entry.forms()) for entry in catalog] == [1, 3, 1]
    assert catalog.header["Project-Id-Version"] == "kettle 1"


def test_an_existing_catalog_stays_byte_for_byte(run: Run) -> None:
    done = run("add", "app.de.po", "--lang", "de", "--of", "app.pot")
    assert done.exit_code == 0, done.output
    assert Path("locales/de/LC_MESSAGES/app.po").read_text() == GERMAN
    assert states(run, "de") == [0, 1, 2, 0]


def test_an_existing_catalog_replaces_work_only_when_asked(run: Run) -> None:
    call = ("add", "app.de.po", "--lang", "de", "--of", "app.pot")
    run(*call)
    Path("app.de.po").write_text(GERMAN.replace("Kochen", "Sieden"))
    assert "--force" in run(*call).stderr
    assert run(*call, "--force").exit_code == 0
    assert "Sieden" in Path("locales/de/LC_MESSAGES/app.po").read_text()


def test_compile_makes_what_gettext_looks_for_and_build_passes_it_over(run: Run) -> None:
    run("add", "app.de.po", "--lang", "de", "--of", "app.pot")
    assert run("compile", "app.pot").exit_code == 0
    assert gettext.translation("app", "locales", ["de"]).ngettext("%d cup", "%d cups", 2) == "%d Tassen"
    assert "hexapla compile app.pot" in run("build").stderr
    assert not Path("out").exists()


def test_plural_forms_are_reviewed_with_example_numbers(project: Project, decide: Callable[..., object]) -> None:
    row = rows(project, "app.pot", "ru")[1]
    assert row.source == ("%d cup", "%d cups")
    assert [form.examples[:3] for form in row.forms] == [(1, 21, 31), (2, 3, 4), (0, 5, 6)]
    now = decide(project, "app.pot", "ru", row, "%d чашка", State.TRANSLATED, "%d чашки", "%d чашек")
    assert [form.text for form in now.forms] == ["%d чашка", "%d чашки", "%d чашек"]
    assert now.state is State.TRANSLATED


def test_a_plural_is_confirmed_only_with_all_its_forms(run: Run, project: Project) -> None:
    row = rows(project, "app.pot", "ru")[1]
    done = run("edit", "app.pot", row.id, "--lang", "ru", "--text", "%d чашка", "--text", "", "--text", "")
    assert "no translation to confirm" in done.stderr


def test_equal_texts_in_two_contexts_are_two_rows(project: Project, decide: Callable[..., object]) -> None:
    first, _, last = rows(project, "app.pot", "ru")
    assert first.id != last.id
    decide(project, "app.pot", "ru", last, "Кипятить ", State.TRANSLATED)
    assert [row.target for row in rows(project, "app.pot", "ru")] == ["", "", "Кипятить "]


def test_a_message_cannot_be_left_out(run: Run, project: Project) -> None:
    row = rows(project, "app.pot", "ru")[0]
    assert "cannot be left out" in run("edit", "app.pot", row.id, "--lang", "ru", "--omit").stderr


def test_update_makes_drafts_of_what_changed(run: Run) -> None:
    run("add", "app.de.po", "--lang", "de", "--of", "app.pot")
    Path("app.pot").write_text(TEMPLATE.replace("%d cups", "%d full cups"))
    assert run("update", "app.pot", "app.pot").exit_code == 0
    assert states(run, "de") == [0, 2, 1, 0]
    assert run("segment").exit_code == 0
    assert states(run, "de") == [0, 2, 1, 0]


def test_two_documents_never_share_their_catalogs(run: Run) -> None:
    Path("app.po").write_text(GERMAN)
    assert "share its catalogs with app.pot" in run("add", "app.po").stderr


def test_a_catalog_as_source_gives_its_messages_without_its_translations(run: Run) -> None:
    Path("shop.po").write_text(GERMAN)
    assert run("add", "shop.po").exit_code == 0
    assert [entry.msgstr for entry in read_catalog("locales/shop.pot")] == ["", "", ""]
