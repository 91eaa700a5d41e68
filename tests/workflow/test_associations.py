"""The project's word pairs follow its documents, and a damaged or foreign file of them does no harm."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from locales import State
from segments.alignment import Associations, translations
from workflow.associations import associations
from workflow.cli import main
from workflow.ingest import add_document
from workflow.pairing import add_translation
from workflow.project import Project, create_project
from workflow.rows import rows

ENGLISH = "The baker sells bread.\n\nThe bread is warm.\n\nA baker sleeps.\n\nThe town is small.\n"
GERMAN = "Der Bäcker verkauft Brot.\n\nDas Brot ist warm.\n\nEin Bäcker schläft.\n\nDie Stadt ist klein.\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two documents in German, aligned; nothing of it is confirmed."""
    project = create_project(tmp_path / "town", "en", ["de"])
    for name, extra in (("a.txt", ("One more bread.", "Noch ein Brot.")), ("b.txt", ("The end.", "Das Ende."))):
        add_document(project, write(tmp_path / name, f"{ENGLISH}\n{extra[0]}\n"))
        add_translation(project, write(tmp_path / f"de-{name}", f"{GERMAN}\n{extra[1]}\n"), "de", name)
    return project


def times(known: Associations, word: str, translation: str) -> float:
    return sum(each.times for each in translations(known, word) if each.word == translation)


def files(project: Project) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in project.root.glob(".hexapla/associations/de/*")}


def test_every_document_has_its_own_word_pairs(project: Project) -> None:
    found = associations(project, "de")
    assert list(found) == ["a.txt", "b.txt"]
    assert times(found["a.txt"], "bread", "brot") > times(found["b.txt"], "bread", "brot") > 1
    assert set(files(project)) == {"a.txt.bin", "b.txt.bin"}


def test_a_document_that_is_to_be_aligned_is_left_out(project: Project) -> None:
    assert list(associations(project, "de", without={"a.txt"})) == ["b.txt"]


def test_only_the_document_that_changed_is_learned_anew_and_a_confirmed_bead_counts_more(
    project: Project, decide: Callable[..., object]
) -> None:
    before, kept = associations(project, "de"), files(project)
    row = rows(project, "a.txt", "de")[0]
    decide(project, "a.txt", "de", row, row.target, State.TRANSLATED)
    after, now = associations(project, "de"), files(project)
    assert times(after["a.txt"], "baker", "bäcke") > times(before["a.txt"], "baker", "bäcke")
    assert now["b.txt.bin"] == kept["b.txt.bin"]
    assert now["a.txt.bin"] != kept["a.txt.bin"]


def test_what_is_out_of_date_is_good_enough_where_nobody_should_wait(
    project: Project, decide: Callable[..., object]
) -> None:
    before, kept = associations(project, "de"), files(project)
    row = rows(project, "a.txt", "de")[0]
    decide(project, "a.txt", "de", row, row.target, State.TRANSLATED)
    after = associations(project, "de", stale=True)
    assert times(after["a.txt"], "baker", "bäcke") == times(before["a.txt"], "baker", "bäcke")
    assert files(project) == kept


def test_a_translation_typed_by_hand_teaches(tmp_path: Path, decide: Callable[..., object]) -> None:
    project = create_project(tmp_path / "town", "en", ["de"])
    add_document(project, write(tmp_path / "a.txt", "Bread.\n"))
    row = rows(project, "a.txt", "de")[0]
    assert times(associations(project, "de")["a.txt"], "bread", "brot") == 0
    decide(project, "a.txt", "de", row, "Brot.", State.TRANSLATED)
    assert times(associations(project, "de")["a.txt"], "bread", "brot") == pytest.approx(1)


def test_the_word_pairs_are_the_same_when_they_are_learned_anew(project: Project) -> None:
    associations(project, "de")
    before = files(project)
    for path in project.root.glob(".hexapla/associations/de/*"):
        path.unlink()
    associations(project, "de")
    assert files(project) == before


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 4000, b"PK\x03\x04" * 100])
def test_a_damaged_file_is_ignored_with_one_note_and_learned_anew(project: Project, damage: bytes) -> None:
    associations(project, "de")
    good = files(project)
    for path in project.root.glob(".hexapla/associations/de/*"):
        path.write_bytes(damage)
    notes: list[str] = []
    associations(project, "de", note=notes.append)
    (note,) = notes
    assert "a.txt, b.txt (de) were damaged" in note
    assert files(project) == good
    associations(project, "de", note=notes.append)
    assert len(notes) == 1


def test_a_link_in_place_of_a_file_is_not_followed(project: Project, tmp_path: Path) -> None:
    associations(project, "de")
    good = files(project)
    (tmp_path / "letter").write_text("Dear Ann")
    (path,) = project.root.glob(".hexapla/associations/de/a.txt.bin")
    path.unlink()
    path.symlink_to(tmp_path / "letter")
    associations(project, "de")
    assert (tmp_path / "letter").read_text() == "Dear Ann"
    assert not path.is_symlink()
    assert files(project) == good


def test_word_pairs_of_another_language_or_document_are_not_taken(project: Project) -> None:
    associations(project, "de")
    folder = project.root / ".hexapla" / "associations" / "de"
    good = files(project)
    (folder / "a.txt.bin").write_bytes(good["b.txt.bin"])
    associations(project, "de", stale=True)
    assert files(project) == good


def test_a_document_that_cannot_be_read_teaches_nothing_and_stops_nothing(project: Project) -> None:
    project.catalog_path("a.txt", "de").write_text('msgid "broken')
    assert list(associations(project, "de")) == ["b.txt"]


# --------------------------------------------------------------------------------------------------------- the command


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(project.root)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def test_lexicon_shows_translations_with_counts_and_where_they_are_from(run: Callable[..., Result]) -> None:
    done = run("lexicon", "Bread", "--lang", "de")
    assert done.exit_code == 0, done.output
    head, first = done.stdout.splitlines()[:2]
    assert head.split() == ["word", "translation", "count", "probability", "documents"]
    assert first.split()[:4] == ["bread", "en", "brot", "de"]
    assert first.index("a.txt") < first.index("b.txt")


def test_lexicon_takes_a_word_of_a_target_language(run: Callable[..., Result]) -> None:
    found = json.loads(run("lexicon", "Bäcker", "--json").stdout)
    assert (found[0]["language"], found[0]["into"]) == ("de", "en")
    assert (found[0]["word"], found[0]["translation"]) == ("bäcke", "baker")
    assert set(found[0]["documents"]) == {"a.txt", "b.txt"}
    assert 0 < found[0]["probability"] <= 1


@pytest.mark.parametrize("term", ["harbour", "", "、。", "\ud800", "a" * 10_000])
def test_lexicon_says_when_it_knows_nothing(run: Callable[..., Result], term: str) -> None:
    done = run("lexicon", term)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing is learned of it yet" in done.stderr
    assert json.loads(run("lexicon", term, "--json").stdout) == []


def test_lexicon_outside_a_project_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["lexicon", "bread"])
    assert done.exit_code == 3
    assert "hexapla init" in done.stderr
