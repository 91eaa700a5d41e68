"""What the pages say: every message is in the template, and every catalog says it whole."""

import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from locales import State, read_catalog
from locales.checks import check_catalog
from ui import messages
from ui.extraction import extract_table, make_template, problems
from ui.figures import day, listing
from ui.messages import CATALOGS, LANGUAGES, _, n_, number, use_language, words
from workflow.queries import HELP

UI = CATALOGS.parent
TRANSLATED = LANGUAGES[1:]
PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.fixture(autouse=True)
def _english_afterwards():
    yield
    use_language("en")


def catalog_of(tag: str):
    return read_catalog(CATALOGS / tag / "LC_MESSAGES" / "hexapla.po")


def test_the_template_on_the_disk_is_the_one_of_the_code() -> None:
    assert (CATALOGS / "hexapla.pot").read_bytes() == make_template().to_bytes()


def test_every_key_of_the_table_is_in_the_template() -> None:
    table = (UI / "assets" / "editor" / "strings.js").read_text("utf-8")
    keys = re.findall(r'^  "([\w.]+)":', table, re.MULTILINE)
    assert len(keys) > 300
    assert [entry.msgctxt for entry in make_template() if entry.msgctxt is not None] == keys


def test_every_message_of_the_pages_is_in_the_template() -> None:
    said = re.compile(r'(?<![\w.])n?_\(\s*"((?:[^"\\]|\\.)+)"')
    pages = [path for path in UI.glob("*.py") if path.name != "messages.py"]
    found = {text for path in pages for text in said.findall(path.read_text("utf-8"))}
    assert found
    assert found <= {entry.msgid for entry in make_template()}


@pytest.mark.parametrize(
    ("tag", "listed", "said"),
    [
        ("en", "A, B, and C", "March 1, 2026"),
        ("de", "A, B und C", "1. März 2026"),
        ("az", "A, B və C", "1 mart 2026"),
        ("fa", "A،\u200f B، و C", "۱ مارس ۲۰۲۶ م."),
    ],
)
def test_lists_and_days_are_written_as_the_language_does(tag: str, listed: str, said: str) -> None:
    use_language(tag)
    assert listing(["A", "B", "C"]) == listed
    assert day(date(2026, 3, 1)) == said


def test_what_can_be_searched_for_is_all_listed() -> None:
    listed = " ".join(entry.msgid for entry in make_template() if (entry.msgctxt or "").startswith("query."))
    tests = re.findall(r"\b(?:is:\w+|sort:\w+|\w+:(?=x|<|\d|NAME))", HELP)
    assert len(tests) > 10
    assert [test for test in tests if test not in listed] == []


def test_every_key_that_javascript_says_is_in_the_table() -> None:
    keys = {entry.msgctxt for entry in make_template()}
    scripts = [path.read_text("utf-8") for path in (UI / "assets").rglob("*.js")]
    said = {key for script in scripts for key in re.findall(r'\bt\(\s*"([\w.]+)"', script)}
    assert said
    assert said <= keys


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_catalog_says_everything_and_nothing_in_doubt(tag: str) -> None:
    catalog = catalog_of(tag)
    assert [entry.msgid for entry in catalog if not entry.obsolete and entry.state < State.TRANSLATED] == []
    assert check_catalog(catalog) == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_catalog_has_a_form_for_each_plural_of_its_language(tag: str) -> None:
    category = Locale(tag).plural_form
    wanted = {category(n) for n in range(200)}
    plurals = [entry for entry in catalog_of(tag) if entry.msgid_plural is not None]
    assert plurals
    assert {len(entry.msgstr_plural) for entry in plurals} == {len(wanted)}
    assert all(set(words(tag)[entry.msgctxt]) == wanted for entry in plurals if entry.msgctxt)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_words_of_the_editor_keep_the_names_of_their_values(tag: str) -> None:
    english = {entry.msgctxt: (entry.msgid, entry.msgid_plural or entry.msgid) for entry in make_template()}
    for key, said in words(tag).items():
        for text in said.values() if isinstance(said, dict) else [said]:
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(english[key][1])), (key, text)


def test_a_plural_form_is_chosen_by_the_rule_of_the_language() -> None:
    comments = words("ru")["row.comments"]
    assert comments == {"one": "{n} комментарий", "few": "{n} комментария", "many": "{n} комментариев"}


def test_a_message_is_said_in_the_language_chosen() -> None:
    use_language("ru")
    assert _("Align") == "Выравнивание"
    use_language("xx")
    assert _("Align") == "Align"


def test_numbers_are_written_in_the_digits_of_the_language() -> None:
    use_language("fa")
    assert _("{n} of {total}", n=3, total=1234.5) == "۳ of ۱٬۲۳۴٫۵"
    use_language("de")
    assert (number(1234.5), n_("{n} word", "{n} words", 2000)) == ("1.234,5", "2.000 words")


def test_who_chose_no_language_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(messages, "_asked", [lambda: (asked.append("asked"), "tr")[1]])
    messages._chosen.set(None)
    assert (messages.language(), messages.language(), asked) == ("tr", "tr", ["asked"])


@pytest.mark.parametrize(
    "table",
    ["const OTHER = {};", "const ENGLISH = [];", 'const ENGLISH = { "a": 1 };', 'const ENGLISH = { "a", "b" };'],
)
def test_a_table_that_cannot_be_read_is_refused(table: str) -> None:
    file = io.BytesIO(table.encode())
    file.name = "strings.js"
    with pytest.raises(ValueError, match=r"ENGLISH|has no text"):
        list(extract_table(file, (), (), {}))


def test_a_stale_and_an_unfinished_catalog_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = make_template()
    for tag in TRANSLATED:
        path = tmp_path / tag / "LC_MESSAGES" / "hexapla.po"
        path.parent.mkdir(parents=True)
        path.write_bytes((CATALOGS / tag / "LC_MESSAGES" / "hexapla.po").read_bytes())
    (tmp_path / "hexapla.pot").write_bytes(template.to_bytes())
    monkeypatch.setattr("ui.extraction.CATALOGS", tmp_path)
    monkeypatch.setattr("ui.extraction.TEMPLATE", tmp_path / "hexapla.pot")
    assert list(problems(template)) == []
    path = tmp_path / "de" / "LC_MESSAGES" / "hexapla.po"
    catalog = read_catalog(path)
    catalog.translate(next(iter(catalog)), "Vielleicht", state=State.DRAFT)
    catalog.save()
    (tmp_path / "hexapla.pot").write_bytes(b"")
    found = "\n".join(problems(template))
    assert "hexapla.pot: is older than the code" in found
    assert f"{path}:" in found
    assert found.count("is to be translated") == 1


def test_the_check_of_the_catalogs_passes_as_a_command() -> None:
    done = subprocess.run([sys.executable, "-m", "ui.extraction", "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_words_can_be_sent_as_json(tag: str) -> None:
    assert json.loads(json.dumps(words(tag))) == words(tag)
