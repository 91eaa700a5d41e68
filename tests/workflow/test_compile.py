"""`hexapla compile` on any gettext tree and in a project: what is written, refused and passed over."""

import gettext
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.support import Translations
from click.testing import CliRunner, Result

from workflow.cli import main

Run = Callable[..., Result]

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
TEA = HEADER + '\nmsgid "tea"\nmsgstr "Tee"\n\n#, fuzzy\nmsgid "milk"\nmsgstr "Milch"\n\nmsgid "salt"\nmsgstr ""\n'
WRONG = HEADER + '\n#, python-format\nmsgid "%d cups"\nmsgstr "Tassen"\n\nmsgid "tea\\n"\nmsgstr "Tee"\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder of its own, with a cache of its own."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def put(language: str, text: str, name: str = "app") -> Path:
    path = Path("locale", language, "LC_MESSAGES", f"{name}.po")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.with_suffix(".mo")


def outcomes(result: Result) -> dict[str, str]:
    return {row["path"]: row["outcome"] for row in json.loads(result.stdout)["catalogs"]}


def test_a_tree_is_compiled_beside_its_catalogs_without_a_project(run: Run) -> None:
    put("de", TEA)
    put("pt_BR", TEA.replace("Tee", "Chá"))
    done = run("compile", "locale")
    assert done.exit_code == 0, done.output
    assert gettext.translation("app", "locale", ["pt_BR"]).gettext("tea") == "Chá"
    assert Translations.load("locale", ["de"], "app").gettext("tea") == "Tee"
    assert not list(Path.cwd().glob(".*"))


def test_the_table_counts_entries_by_language(run: Run) -> None:
    put("de", TEA)
    put("de", TEA, "shop")
    (row,) = json.loads(run("compile", "--json").stdout)["languages"]
    assert row == {
        "language": "de", "catalogs": 2, "translated": 2, "drafts": 2, "untranslated": 2, "broken": 0,
        "written": 2, "pending": 0, "unchanged": 0, "refused": 0,
    }  # fmt: skip


def test_drafts_are_compiled_when_asked_for_and_left_out_again(run: Run) -> None:
    mo = put("de", TEA)
    assert run("compile", "--drafts").exit_code == 0
    assert b"Milch" in mo.read_bytes()
    assert "1 drafts were left out" in run("compile").stderr
    assert b"Milch" not in mo.read_bytes()


def test_only_what_changed_is_written(run: Run) -> None:
    put("de", TEA)
    mo = put("fr", TEA.replace("Tee", "Thé"))
    assert set(outcomes(run("compile", "--json")).values()) == {"written"}
    assert set(outcomes(run("compile", "--json")).values()) == {"unchanged"}
    put("fr", TEA.replace("Tee", "thé"))
    assert outcomes(run("compile", "--json")) == {
        "locale/de/LC_MESSAGES/app.po": "unchanged",
        "locale/fr/LC_MESSAGES/app.po": "written",
    }
    assert "thé".encode() in mo.read_bytes()


@pytest.mark.parametrize("damage", ["gone", "other bytes", "no ledger"])
def test_an_mo_file_that_is_not_ours_is_made_again(run: Run, tmp_path: Path, damage: str) -> None:
    mo = put("de", TEA)
    run("compile")
    data = mo.read_bytes()
    if damage == "gone":
        mo.unlink()
    elif damage == "other bytes":
        mo.write_bytes(b"other")
    else:
        (ledger,) = (tmp_path / "cache").rglob("*.json")
        ledger.write_text("{broken")
    assert run("compile").exit_code == 0
    assert mo.read_bytes() == data


def test_every_finding_is_named_and_nothing_is_written(run: Run) -> None:
    sound, refused = put("de", TEA), put("fr", WRONG)
    done = run("compile")
    assert done.exit_code == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("hexapla: ")]
    assert [line.split(": ")[1] for line in lines] == [
        "locale/fr/LC_MESSAGES/app.po:6",
        "locale/fr/LC_MESSAGES/app.po:9",
    ]
    assert not sound.exists()
    assert not refused.exists()


def test_sound_catalogs_are_compiled_when_asked_to_go_on(run: Run) -> None:
    sound, refused = put("de", TEA), put("fr", WRONG)
    refused.write_bytes(b"the one before")
    assert run("compile", "--keep-going").exit_code == 1
    assert sound.exists()
    assert refused.read_bytes() == b"the one before"


def test_a_catalog_that_cannot_be_read_is_named_with_its_line(run: Run) -> None:
    put("de", HEADER + '\nmsgid "tea\nmsgstr "Tee"\n')
    done = run("compile")
    assert done.exit_code == 3
    assert "locale/de/LC_MESSAGES/app.po:5: the string has no closing quotation mark" in done.stderr
    assert run("compile", "--check").exit_code == 1


def test_check_writes_nothing(run: Run, tmp_path: Path) -> None:
    put("de", TEA)
    before = sorted(tmp_path.rglob("*"))
    assert outcomes(run("compile", "--check", "--json")) == {"locale/de/LC_MESSAGES/app.po": "pending"}
    assert sorted(tmp_path.rglob("*")) == before
    put("de", WRONG)
    assert run("compile", "--check").exit_code == 1


def test_accelerators_are_compared_only_when_asked_for(run: Run) -> None:
    put("de", HEADER + '\nmsgid "&Open"\nmsgstr "Öffnen"\n')
    assert run("compile").exit_code == 0
    assert "0 keyboard accelerator marks '&'" in run("compile", "--check-accelerators", "&").stderr


def test_a_byte_order_mark_is_accepted_with_a_note(run: Run) -> None:
    mo = put("de", "\ufeff" + TEA)
    for _ in range(2):
        done = run("compile")
        assert done.exit_code == 0
        assert "byte order mark" in done.stderr
    assert mo.exists()


def test_formats_nobody_can_check_are_listed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put("de", HEADER + '\n#, qt-format\nmsgid "%1 cups"\nmsgstr "%2 Tassen"\n')
    monkeypatch.setenv("PATH", "")
    done = run("compile")
    assert done.exit_code == 0
    assert "qt-format is not checked in 1 entries: msgfmt is not installed" in done.stderr


def test_one_language_of_a_tree_can_be_compiled(run: Run) -> None:
    german, french = put("de", TEA), put("fr", TEA)
    assert run("compile", "--lang", "fr").exit_code == 0
    assert (german.exists(), french.exists()) == (False, True)
    assert "has no *.po files in ru" in run("compile", "--lang", "ru").stderr


def test_a_folder_without_catalogs_is_refused(run: Run) -> None:
    assert "has no *.po files below it" in run("compile").stderr
    assert "no such folder" in run("compile", "nothing").stderr


def test_in_a_project_a_name_is_a_document_and_a_path_is_a_folder(run: Run) -> None:
    run("init", "--source", "en", "--target", "de")
    Path("tea").mkdir()
    Path("tea/de.po").write_text(TEA)
    Path("letter.txt").write_text("Tea is ready.\n")
    run("add", "letter.txt", "--as", "tea.txt")
    assert list(outcomes(run("compile", "tea.txt", "--json"))) == ["locales/de/LC_MESSAGES/tea.txt.po"]
    assert list(outcomes(run("compile", "--json"))) == ["locales/de/LC_MESSAGES/tea.txt.po"]
    assert outcomes(run("compile", "tea", "--json")) == {"tea/de.po": "written"}
    assert Path(".hexapla/compiled.json").exists()
    assert "no such document" in run("compile", "coffee").stderr
