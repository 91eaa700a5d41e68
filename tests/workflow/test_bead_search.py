"""The translations of a short document into several languages tell about each other."""

from pathlib import Path

from workflow.ingest import add_document
from workflow.pairing import add_translation, align_project
from workflow.project import Project, create_project
from workflow.records import read_alignment

ENGLISH = ["Kuzo fima lote bano giro.", "Sabi.", "Dano."]
DUTCH = ["Kamer 30 vrij, huis 1984 gebouwd.", "Tuin 77 groot."]
GERMAN = ["Zimmer 30 frei.", "Haus 1984 gebaut.", "Garten 77 groß."]


def with_translations(folder: Path, **translations: list[str]) -> Project:
    project = create_project(folder / "town", "en", list(translations))
    for language, sentences in {"en": ENGLISH, **translations}.items():
        path = folder / f"{language}.txt"
        path.write_text("".join(f"{sentence}\n\n" for sentence in sentences), encoding="utf-8")
        if language == "en":
            add_document(project, path, "note.txt")
        else:
            add_translation(project, path, language, "note.txt")
    return project


def shapes(project: Project, language: str) -> list[tuple[int, int]]:
    beads = read_alignment(project.alignment_path("note.txt", language)).beads
    return [(len(bead.source), len(bead.target)) for bead in beads]


def test_a_short_document_is_aligned_in_step_with_its_other_translation(tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    assert shapes(with_translations(tmp_path / "alone", nl=DUTCH), "nl") == [(1, 1), (2, 1)]
    both = with_translations(tmp_path, de=GERMAN, nl=DUTCH)
    assert shapes(both, "de") == [(1, 1), (1, 1), (1, 1)]
    assert shapes(both, "nl") == [(2, 1), (1, 1)]


def test_aligning_everything_again_changes_no_file(tmp_path: Path) -> None:
    project = with_translations(tmp_path, nl=DUTCH, de=GERMAN)
    align_project(project, ["note.txt"], ["nl", "de"])
    before = {path: path.stat().st_mtime_ns for path in project.root.glob("alignments/*/*")}
    align_project(project, ["note.txt"], ["nl", "de"])
    assert {path: path.stat().st_mtime_ns for path in project.root.glob("alignments/*/*")} == before


def test_a_broken_alignment_of_another_language_is_no_witness_and_no_obstacle(tmp_path: Path) -> None:
    project = with_translations(tmp_path, nl=DUTCH, de=GERMAN)
    project.alignment_path("note.txt", "nl").write_text("not an alignment\n")
    (done,) = align_project(project, ["note.txt"], ["de"])
    assert done.language == "de"
