"""Beads that a person confirmed never move; what lies between two of them is aligned anew, and nothing else changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from locales import State
from workflow import ProjectError, entries
from workflow.ingest import add_document, load_version, update_document
from workflow.pairing import add_translation, align_project, realign
from workflow.project import Project, create_project
from workflow.records import Alignment, BeadRecord, read_alignment, write_alignment
from workflow.rows import rows
from workflow.store import save_files

ENGLISH = ["The mill", "It is old.", "It has 2 wheels.", "A miller lives here.", "He has 7 cats.", "He is happy."]
GERMAN = ["Die Mühle", "Sie ist alt.", "Sie hat 2 Räder.", "Ein Müller wohnt hier.", "Er hat 7 Katzen.", "Er ist froh."]


def paragraphs(sentences: list[str]) -> str:
    return "".join(f"{sentence}\n\n" for sentence in sentences)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Six sentences, aligned one to one."""
    project = create_project(tmp_path / "town", "en", ["de"])
    for name, text in (("mill.txt", paragraphs(ENGLISH)), ("muehle.txt", paragraphs(GERMAN))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    add_document(project, tmp_path / "mill.txt")
    add_translation(project, tmp_path / "muehle.txt", "de", "mill.txt")
    return project


def ids(project: Project, language: str) -> list[str]:
    return list(load_version(project, "mill.txt", language).texts())


def beads(project: Project) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    found = read_alignment(project.alignment_path("mill.txt", "de")).beads
    source, target = ids(project, "en"), ids(project, "de")
    return [
        (tuple(ENGLISH[source.index(i)] for i in bead.source), tuple(GERMAN[target.index(i)] for i in bead.target))
        for bead in found
    ]


@pytest.fixture
def confirm(decide: Callable[..., object]) -> Callable[..., list[str]]:
    """Confirms the beads of some source sentences; their ids are returned."""

    def confirmed(project: Project, *numbers: int) -> list[str]:
        names = [ids(project, "en")[number] for number in numbers]
        for row in rows(project, "mill.txt", "de"):
            if row.id in names:
                decide(project, "mill.txt", "de", row, row.target, State.TRANSLATED)
        return names

    return confirmed


def spoil(project: Project, *groups: tuple[list[int], list[int]]) -> None:
    """Write an alignment by sentence numbers, as if the aligner had found it, and offer it to the catalog."""
    path = project.alignment_path("mill.txt", "de")
    old, source, target = read_alignment(path), ids(project, "en"), ids(project, "de")
    records = [BeadRecord(tuple(source[i] for i in s), tuple(target[j] for j in t), 0.5) for s, t in groups]
    path.write_bytes(write_alignment(Alignment(old.source_digest, old.target_digest, tuple(records))))
    catalog = project.catalog("mill.txt", "de")
    texts = load_version(project, "mill.txt", "de").texts()
    entries.project_beads(catalog, ((record, " ".join(texts[i] for i in record.target)) for record in records))
    project.catalog_path("mill.txt", "de").write_bytes(catalog.to_bytes())


IN_STEP = [((one,), (other,)) for one, other in zip(ENGLISH, GERMAN, strict=True)]


def test_only_the_stretch_between_two_confirmed_beads_is_aligned_anew(
    project: Project, confirm: Callable[..., list[str]]
) -> None:
    after, before = confirm(project, 0, 3)
    spoil(project, ([0], [0]), ([1, 2], [1, 2]), ([3], [3]), ([4, 5], [4, 5]))
    realign(project, "mill.txt", "de", after, before)
    assert beads(project) == [*IN_STEP[:4], (tuple(ENGLISH[4:]), tuple(GERMAN[4:]))]
    texts = [row.target for row in rows(project, "mill.txt", "de")]
    assert texts == [*GERMAN[:4], "Er hat 7 Katzen. Er ist froh."]


def test_without_a_bead_the_stretch_goes_to_the_end_of_the_document(
    project: Project, confirm: Callable[..., list[str]]
) -> None:
    (middle,) = confirm(project, 3)
    spoil(project, ([0, 1], [0, 1]), ([2], [2]), ([3], [3]), ([4, 5], [4, 5]))
    realign(project, "mill.txt", "de", middle, None)
    assert beads(project)[-2:] == IN_STEP[4:]
    assert beads(project)[0] == (tuple(ENGLISH[:2]), tuple(GERMAN[:2]))
    realign(project, "mill.txt", "de", None, middle)
    assert beads(project) == IN_STEP


def test_confirmed_beads_within_the_stretch_stay(project: Project, confirm: Callable[..., list[str]]) -> None:
    first, _, last = confirm(project, 0, 2, 5)
    before = read_alignment(project.alignment_path("mill.txt", "de")).beads[2]
    realign(project, "mill.txt", "de", first, last)
    assert read_alignment(project.alignment_path("mill.txt", "de")).beads[2] == before
    assert [row.state for row in rows(project, "mill.txt", "de")][2] is State.TRANSLATED


def test_a_bead_that_nobody_confirmed_is_no_fixed_point(project: Project, confirm: Callable[..., list[str]]) -> None:
    (first,) = confirm(project, 0)
    unconfirmed = ids(project, "en")[3]
    with pytest.raises(ProjectError, match=f"{unconfirmed}: is in no confirmed bead of mill.txt"):
        realign(project, "mill.txt", "de", first, unconfirmed)


def test_two_beads_in_the_wrong_order_are_refused(project: Project, confirm: Callable[..., list[str]]) -> None:
    first, last = confirm(project, 1, 3)
    with pytest.raises(ProjectError, match="name the earlier one first"):
        realign(project, "mill.txt", "de", last, first)


def test_two_neighbouring_beads_have_nothing_between_them(project: Project, confirm: Callable[..., list[str]]) -> None:
    first, second = confirm(project, 1, 2)
    path = project.alignment_path("mill.txt", "de")
    before = path.read_bytes()
    realign(project, "mill.txt", "de", first, second)
    assert path.read_bytes() == before


def part(project: Project, number: int) -> None:
    """Say, as a person does, that a sentence is left out and its neighbour in the translation added."""
    path = project.alignment_path("mill.txt", "de")
    old = read_alignment(path)
    bead = old.beads[number]
    apart = BeadRecord(bead.source, (), 1.0, "ann"), BeadRecord((), bead.target, 1.0, "ann")
    beads = *old.beads[:number], *apart, *old.beads[number + 1 :]
    path.write_bytes(write_alignment(Alignment(old.source_digest, old.target_digest, beads)))


PARTED = [*IN_STEP[:2], ((ENGLISH[2],), ()), ((), (GERMAN[2],)), *IN_STEP[3:]]


def test_a_confirmed_omission_and_addition_stay_when_the_document_is_aligned_again(project: Project) -> None:
    part(project, 2)
    align_project(project, ["mill.txt"], ["de"])
    assert beads(project) == PARTED
    confirmed = [bead.confirmed_by for bead in read_alignment(project.alignment_path("mill.txt", "de")).beads]
    assert confirmed == [None, None, "ann", "ann", None, None, None]


def test_a_confirmed_omission_is_an_end_of_a_stretch(project: Project) -> None:
    part(project, 2)
    realign(project, "mill.txt", "de", ids(project, "en")[2], None)
    assert beads(project) == PARTED


def test_a_confirmed_omission_is_looked_at_anew_where_the_translation_has_another_sentence(
    project: Project, tmp_path: Path
) -> None:
    part(project, 2)
    (tmp_path / "muehle.txt").write_text(paragraphs([*GERMAN[:2], "Sie hat zwei Räder.", *GERMAN[3:]]), "utf-8")
    add_translation(project, tmp_path / "muehle.txt", "de", "mill.txt", force=True)
    found = read_alignment(project.alignment_path("mill.txt", "de")).beads
    source, target = ids(project, "en"), ids(project, "de")
    assert [bead.target for bead in found if source[2] in bead.source] == [(target[2],)]


def test_a_document_that_changed_since_is_aligned_as_a_whole_first(
    project: Project, tmp_path: Path, confirm: Callable[..., list[str]]
) -> None:
    (first,) = confirm(project, 0)
    (tmp_path / "mill.txt").write_text(paragraphs([*ENGLISH, "The end."]), encoding="utf-8")
    save_files(update_document(project, "mill.txt", tmp_path / "mill.txt").files)
    with pytest.raises(ProjectError, match=r"run `hexapla align mill\.txt` first"):
        realign(project, "mill.txt", "de", first, None)
