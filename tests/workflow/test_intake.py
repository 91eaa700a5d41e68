"""Documents in through a page: taken whole, or the project is as it was."""

import io
import zipfile
from pathlib import Path

import pytest

from locales import State
from segments import SegmentsError
from workflow.decisions import Decision
from workflow.errors import DoubtfulError, ProjectError
from workflow.intake import (
    Incoming,
    inside,
    likely_source,
    preview_update,
    take_document,
    take_translation,
    take_update,
    uploaded,
)
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation
from workflow.project import Project, create_project
from workflow.rows import rows
from workflow.session import Session

LETTER = b"The mill stands by the river.\n\nIt is older than the bridge.\n\nEvery Sunday it is open.\n"
BRIEF = "Die Mühle steht am Fluss.\n\nSie ist älter als die Brücke.\n\nJeden Sonntag ist sie offen.\n".encode()
BILL = (
    "14 kg Nägel\n\n3,50 €\n\nBitte zahlen Sie bis 1. Mai 2024 an Fa. Ohm & Söhne, Konto 77.\n\n7\n\n8\n\n9\n".encode()
)
LATER = LETTER.replace(b"older", b"younger")


class _BrokenOffError(Exception):
    pass


@pytest.fixture
def town(tmp_path: Path) -> Project:
    project = create_project(tmp_path / "town", "en", ["de", "fa"])
    take_document(project, Incoming("mill.txt", LETTER))
    return project


def contents(project: Project) -> dict[Path, bytes]:
    """What stands in the project, but for locks and what can be worked out anew."""
    files = (path for path in project.root.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if ".hexapla" not in path.parts}


def break_off(what: str, done: int, total: int) -> None:
    raise _BrokenOffError


def test_an_upload_is_a_document_under_its_name_or_another(tmp_path: Path) -> None:
    project = create_project(tmp_path / "town", "en", ["de"])
    take_document(project, Incoming("mill.txt", LETTER))
    take_document(project, Incoming("mill.txt", LETTER + b"\nBye.\n"), " letters/mill.txt ")
    assert project.documents() == ["letters/mill.txt", "mill.txt"]


@pytest.mark.parametrize("name", ["../../mill.txt", "C:\\letters\\mill.txt", "..mill.txt", "/etc/mill.txt"])
def test_the_name_of_an_upload_leads_nowhere(name: str) -> None:
    assert uploaded(name, b"").name == "mill.txt"


def test_a_translation_is_aligned_to_its_source(town: Project) -> None:
    paired = take_translation(town, Incoming("muehle.txt", BRIEF), "de", "mill.txt")
    assert paired.aligned is not None
    assert len(paired.aligned.beads) == 3
    assert next(row.target for row in rows(town, "mill.txt", "de")) == "Die Mühle steht am Fluss."


def test_a_pair_that_does_not_belong_together_is_written_only_when_that_is_wanted(town: Project) -> None:
    before = contents(town)
    with pytest.raises(DoubtfulError, match=r"bill\.txt and mill\.txt may not belong together"):
        take_translation(town, Incoming("bill.txt", BILL), "de", "mill.txt")
    assert contents(town) == before
    take_translation(town, Incoming("bill.txt", BILL), "de", "mill.txt", doubtful=True)
    assert town.translation_path("mill.txt", "de") is not None


def test_aligning_that_is_broken_off_leaves_nothing(town: Project) -> None:
    before = contents(town)
    with pytest.raises(_BrokenOffError):
        take_translation(town, Incoming("muehle.txt", BRIEF), "de", "mill.txt", progress=break_off)
    assert contents(town) == before


def test_an_update_that_is_broken_off_leaves_everything_as_it_was(town: Project) -> None:
    take_translation(town, Incoming("muehle.txt", BRIEF), "de", "mill.txt")
    town.catalog_path("mill.txt", "fa").unlink()
    before = contents(town)
    with pytest.raises(_BrokenOffError):
        take_update(town, Incoming("mill.txt", LATER), "mill.txt", break_off)
    assert contents(town) == before


def test_an_update_is_shown_before_it_is_taken(town: Project) -> None:
    before = contents(town)
    change = preview_update(town, Incoming("mill.txt", LATER), "mill.txt")
    assert contents(town) == before
    assert change.changed_texts == (("It is older than the bridge.", "It is younger than the bridge."),)
    assert take_update(town, Incoming("mill.txt", LATER), "mill.txt").changed_texts == change.changed_texts


def test_an_update_keeps_what_is_under_review_and_not_yet_in_the_file(town: Project) -> None:
    take_translation(town, Incoming("muehle.txt", BRIEF), "de", "mill.txt")
    catalog = OpenCatalog(town, "mill.txt", "de", lambda: 0.0)
    first = catalog.rows()[0]
    wanted = Decision(("Am Fluss steht die Mühle.",), State.TRANSLATED)
    catalog.apply([Operation("one", first.id, first.base, wanted)], "Leyla")
    take_update(town, Incoming("mill.txt", LATER), "mill.txt")
    catalog.close()
    assert next((row.target, row.state) for row in rows(town, "mill.txt", "de")) == (
        "Am Fluss steht die Mühle.",
        State.TRANSLATED,
    )


def test_an_update_that_follows_an_edit_at_once_is_in_no_conflict_with_it(town: Project) -> None:
    take_translation(town, Incoming("muehle.txt", BRIEF), "de", "mill.txt")
    with Session(town, idle=60, busy=60) as session:
        catalog = session.open("mill.txt", "de")
        older = next(row for row in catalog.rows() if "older" in row.source[0])
        wanted = Decision(("Sie ist älter als jede Brücke.",), State.TRANSLATED)
        catalog.apply([Operation("one", older.id, older.base, wanted)], "Leyla")
        take_update(town, Incoming("mill.txt", LATER), "mill.txt")
        again = catalog.changes(0)
        row = catalog.row(older.id)
        assert row is not None
        assert (row.target, row.state, row.previous) == (wanted.texts[0], State.DRAFT, older.source[0])
        assert (catalog.conflicts(), again.homeless, again.unsaved) == ({}, [], 0)
        later = Decision(("Sie ist jünger als jede Brücke.",), State.TRANSLATED)
        catalog.apply([Operation("two", row.id, row.base, later)], "Leyla")
    assert next(each.target for each in rows(town, "mill.txt", "de") if each.id == older.id) == later.texts[0]


def test_a_file_of_the_folder_is_taken_by_its_path(town: Project) -> None:
    (town.root / "drafts").mkdir()
    (town.root / "drafts" / "note.txt").write_bytes(LETTER)
    assert inside(town, " drafts/note.txt ") == Incoming("note.txt", LETTER)


def test_a_name_that_promises_another_kind_of_file_is_refused(town: Project) -> None:
    with pytest.raises(ProjectError, match="end like it"):
        take_document(town, Incoming("letter.md", LETTER), "letter.docx")


@pytest.mark.parametrize(
    "path", ["../secret.txt", "/etc/hostname", ".hexapla/key", "link.txt", ".", "none.txt", "a" * 300, "a\0b"]
)
def test_a_path_that_leads_elsewhere_or_nowhere_is_refused(town: Project, path: str) -> None:
    (town.root.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (town.root / "link.txt").symlink_to(town.root.parent / "secret.txt")
    with pytest.raises(ProjectError):
        inside(town, path)


def test_an_archive_bomb_is_refused_without_a_word_of_temporary_folders(town: Project) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(200 << 20))
    before = contents(town)
    with pytest.raises(SegmentsError) as refusal:
        take_document(town, Incoming("bomb.docx", data.getvalue()))
    assert str(refusal.value).startswith("bomb.docx: ")
    assert contents(town) == before


def test_the_source_of_a_translation_is_guessed_by_its_name(town: Project) -> None:
    take_document(town, Incoming("bridge.txt", b"The bridge is new.\n"))
    assert likely_source(town, "mill.txt", "de") == "mill.txt"
    assert likely_source(town, "bruecke.txt", "de") == "bridge.txt"
