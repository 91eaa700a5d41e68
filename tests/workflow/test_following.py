"""A new version of a source: what each sentence keeps in the catalogs and alignments, by whichever door it comes."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from locales import State
from workflow.carrying import carry
from workflow.cli import main
from workflow.entries import project_beads
from workflow.ingest import add_document
from workflow.open_alignment import Place
from workflow.overview import Task, next_steps, overview
from workflow.pairing import add_translation, align_project, follow_source, realign
from workflow.project import Project, create_project, open_project
from workflow.records import BeadRecord, read_alignment, write_alignment
from workflow.regroup import Request
from workflow.rows import Row, rows
from workflow.session import Session, recover

DOC = "mill.txt"
ENGLISH = [
    "The mill stands by the river.",
    "It is older than the bridge. Nobody knows who built it.",
    "On Sundays 20 children fish there.",
    "The miller sells flour and eggs.",
]
GERMAN = [
    "Die Mühle steht am Fluss.",
    "Sie ist älter als die Brücke. Niemand weiß, wer sie gebaut hat.",
    "Sonntags angeln dort 20 Kinder.",
    "Der Müller verkauft Mehl und Eier.",
]
NEW = "In winter the wheel is frozen."
OLDER, YOUNGER = "It is older than the bridge.", "It is younger than the bridge."


def paragraphs(*texts: str) -> bytes:
    return "\n\n".join(texts).encode()


@pytest.fixture
def town(tmp_path: Path) -> Project:
    project = create_project(tmp_path / "town", "en", ["de"], "town")
    (tmp_path / DOC).write_bytes(paragraphs(*ENGLISH))
    add_document(project, tmp_path / DOC)
    (tmp_path / DOC).write_bytes(paragraphs(*GERMAN))
    add_translation(project, tmp_path / DOC, "de", DOC)
    return project


def by_update(project: Project, *texts: str) -> None:
    newer = project.root.parent / DOC
    newer.write_bytes(paragraphs(*texts))
    follow_source(project, DOC, newer)


def by_segment(project: Project, *texts: str) -> None:
    project.document_path(DOC).write_bytes(paragraphs(*texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.root)
        assert CliRunner().invoke(main, ["segment"]).exit_code == 0


DOORS = pytest.mark.parametrize("follow", [by_update, by_segment])
Follow = Callable[..., None]


def found(project: Project) -> dict[str, Row]:
    return {row.source[0]: row for row in rows(project, DOC, "de")}


@pytest.fixture
def confirm(decide: Callable[..., object]) -> Callable[..., None]:
    """Confirms what stands at a sentence, as it is."""

    def confirmed(project: Project, source: str) -> None:
        row = found(project)[source]
        decide(project, DOC, "de", row, row.target, State.TRANSLATED)

    return confirmed


@DOORS
@pytest.mark.parametrize("place", range(5))
def test_a_new_sentence_is_untranslated_and_the_others_keep_all(
    town: Project, follow: Follow, place: int, confirm: Callable[..., None]
) -> None:
    confirm(town, ENGLISH[0])
    before = found(town)
    follow(town, *ENGLISH[:place], NEW, *ENGLISH[place:])
    now = found(town)
    assert (now[NEW].target, now[NEW].omitted, now[NEW].state) == ("", False, State.UNTRANSLATED)
    del now[NEW]
    assert now == before


@DOORS
def test_a_new_sentence_inside_of_a_paragraph_is_untranslated(town: Project, follow: Follow) -> None:
    before = found(town)
    text = ENGLISH[1].replace(OLDER, f"{OLDER} {NEW}")
    follow(town, ENGLISH[0], text, *ENGLISH[2:])
    now = found(town)
    assert now.pop(NEW).state is State.UNTRANSLATED
    assert now == before


@DOORS
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_changed_sentence_keeps_its_text_as_a_draft_beside_the_previous(
    town: Project, follow: Follow, confirmed: bool, confirm: Callable[..., None]
) -> None:
    if confirmed:
        confirm(town, OLDER)
    follow(town, *(text.replace(OLDER, YOUNGER) for text in ENGLISH))
    row = found(town)[YOUNGER]
    assert (row.target, row.state, row.previous) == ("Sie ist älter als die Brücke.", State.DRAFT, OLDER)
    assert row.confidence is None


def test_what_came_later_stays_untranslated_whatever_is_aligned_then(town: Project) -> None:
    by_update(town, *ENGLISH[:2], NEW, *ENGLISH[2:])
    align_project(town, [DOC], ["de"])
    assert found(town)[NEW].state is State.UNTRANSLATED
    with Session(town) as session:
        alignment = session.alignment(DOC, "de")
        merge = Request("merge")
        alignment.apply("one", "merge", Place(0, 0), lambda groups, at: merge.plan(groups, at, "Anna"), "Anna")
        alignment.checkpoint()
    assert found(town)[NEW].state is State.UNTRANSLATED
    with Session(town) as session:
        session.recut(DOC, "en", found(town)[NEW].id, "In winter", "Anna", "two")
    assert {text: row.state for text, row in found(town).items() if text in NEW} == {
        "In winter": State.UNTRANSLATED,
        "the wheel is frozen.": State.UNTRANSLATED,
    }


def test_what_came_later_stays_untranslated_when_a_stretch_elsewhere_is_aligned_anew(town: Project) -> None:
    by_update(town, NEW, *ENGLISH, "The end.")
    alignment = read_alignment(town.alignment_path(DOC, "de"))
    beads = tuple(replace(b, confirmed_by="Anna") if n in (1, 3) else b for n, b in enumerate(alignment.beads))
    town.alignment_path(DOC, "de").write_bytes(write_alignment(replace(alignment, beads=beads)))
    realign(town, DOC, "de", *(beads[n].source[0] for n in (1, 3)))
    assert {text: row.state for text, row in found(town).items() if text in (NEW, "The end.")} == {
        NEW: State.UNTRANSLATED,
        "The end.": State.UNTRANSLATED,
    }


def test_a_translation_that_knows_more_is_aligned_beside_one_that_knows_less(tmp_path: Path) -> None:
    project = create_project(tmp_path / "town", "en", ["de", "tr"], "town")
    (tmp_path / DOC).write_bytes(paragraphs(*ENGLISH))
    add_document(project, tmp_path / DOC)
    (tmp_path / DOC).write_bytes(paragraphs(*GERMAN))
    add_translation(project, tmp_path / DOC, "de", DOC)
    by_update(project, *ENGLISH[:2], NEW, *ENGLISH[2:])
    turkish = [
        "Değirmen nehrin kıyısındadır.",
        "Köprüden daha eskidir. Onu kimin yaptığını kimse bilmiyor.",
        "Kışın çark donmuştur.",
        "Pazar günleri orada 20 çocuk balık tutar.",
        "Değirmenci un ve yumurta satar.",
    ]
    (tmp_path / DOC).write_bytes(paragraphs(*turkish))
    add_translation(project, tmp_path / DOC, "tr", DOC)
    align_project(project, [DOC], ["de", "tr"])
    assert next(row.target for row in rows(project, DOC, "tr") if row.source == (NEW,)) == turkish[2]
    assert found(project)[NEW].state is State.UNTRANSLATED


def test_what_came_later_is_later_again_when_a_join_is_taken_back(town: Project) -> None:
    by_update(town, ENGLISH[0], ENGLISH[1].replace(OLDER, f"{OLDER} {NEW}"), *ENGLISH[2:])
    before = contents(town)
    with Session(town) as session:
        session.recut(DOC, "en", found(town)[OLDER].id, None, "Anna", "one")
        assert found(town)[f"{OLDER} {NEW}"].state is State.DRAFT
        session.undo_beads(DOC, "de", "two", "Anna")
    assert contents(town) == before
    assert found(town)[NEW].state is State.UNTRANSLATED


def test_what_came_later_is_left_out_once_a_person_says_so(town: Project) -> None:
    by_update(town, *ENGLISH[:2], NEW, *ENGLISH[2:])
    with Session(town) as session:
        alignment = session.alignment(DOC, "de")
        at = alignment.place_of(found(town)[NEW].id)
        assert at is not None
        place, settle = Place(*alignment.place(at)), Request("confirm")
        alignment.apply("one", "confirm", place, lambda groups, n: settle.plan(groups, n, "Anna"), "Anna")
        alignment.checkpoint()
    assert found(town)[NEW].omitted
    assert read_alignment(town.alignment_path(DOC, "de")).unanswered() == frozenset()


def test_a_newer_translation_may_have_what_came_later(town: Project, tmp_path: Path) -> None:
    by_update(town, *ENGLISH[:2], NEW, *ENGLISH[2:])
    (tmp_path / DOC).write_bytes(paragraphs(*GERMAN[:2], "Im Winter ist das Rad gefroren.", *GERMAN[2:]))
    add_translation(town, tmp_path / DOC, "de", DOC, force=True)
    assert found(town)[NEW].target == "Im Winter ist das Rad gefroren."


@DOORS
@pytest.mark.parametrize("order", ["3012", "1230", "3210"])
def test_a_paragraph_that_moved_takes_its_translation_along(town: Project, follow: Follow, order: str) -> None:
    before = found(town)
    follow(town, *(ENGLISH[int(place)] for place in order))
    assert found(town) == before


def test_a_sentence_that_is_gone_leaves_its_work_as_obsolete_and_its_translation_unlinked(
    town: Project, confirm: Callable[..., None]
) -> None:
    confirm(town, ENGLISH[2])
    by_update(town, *ENGLISH[:2], ENGLISH[3])
    (gone,) = [entry for entry in town.catalog(DOC, "de") if entry.obsolete]
    assert (gone.msgid, gone.msgstr) == (ENGLISH[2], GERMAN[2])
    assert [bead.target for bead in read_alignment(town.alignment_path(DOC, "de")).beads if not bead.source]
    before = found(town)
    by_update(town, *ENGLISH)
    assert found(town)[ENGLISH[2]].target == GERMAN[2]
    assert before.items() <= found(town).items()


def test_an_update_to_the_same_text_changes_no_byte(town: Project, confirm: Callable[..., None]) -> None:
    confirm(town, ENGLISH[0])
    before = {path: path.read_bytes() for path in town.root.rglob("*.*") if path.is_file()}
    by_update(town, *ENGLISH)
    assert {path: path.read_bytes() for path in before} == before


def test_a_bead_of_two_of_which_one_changed_stays_whole_as_a_draft(town: Project) -> None:
    with Session(town) as session:
        alignment = session.alignment(DOC, "de")
        merge = Request("merge")
        alignment.apply("one", "merge", Place(1, 1), lambda groups, at: merge.plan(groups, at, "Anna"), "Anna")
        alignment.checkpoint()
    assert len(found(town)[OLDER].source) == 2
    by_update(town, *(text.replace("built it", "has built it") for text in ENGLISH))
    row = found(town)[OLDER]
    assert (row.source[1], row.target, row.state) == ("Nobody knows who has built it.", GERMAN[1], State.DRAFT)


def test_what_came_later_waits_for_a_translator_and_is_no_doubtful_bead(
    town: Project, confirm: Callable[..., None]
) -> None:
    for text in found(town):
        confirm(town, text)
    by_update(town, *ENGLISH[:2], NEW, *ENGLISH[2:])
    steps = {step.task: step.row for step in next_steps(overview(town))}
    assert steps[Task.UNTRANSLATED] == found(town)[NEW].id
    assert Task.DOUBTFUL not in steps


@DOORS
def test_a_draft_over_two_paragraphs_of_which_one_changed_stays(town: Project, follow: Follow) -> None:
    alignment = read_alignment(town.alignment_path(DOC, "de"))
    *rest, one, other = alignment.beads
    over = BeadRecord(one.source + other.source, one.target + other.target, 0.9)
    town.alignment_path(DOC, "de").write_bytes(write_alignment(replace(alignment, beads=(*rest, over))))
    catalog = town.catalog(DOC, "de")
    project_beads(catalog, [(over, " ".join(GERMAN[2:]))])
    town.catalog_path(DOC, "de").write_bytes(catalog.to_bytes())
    follow(town, *ENGLISH[:3], ENGLISH[3].replace("eggs", "nuts"))
    row = found(town)[ENGLISH[2]]
    assert (len(row.source), row.target, row.state) == (2, " ".join(GERMAN[2:]), State.DRAFT)


def test_an_open_page_takes_an_update_up(town: Project) -> None:
    with Session(town) as session:
        alignment = session.alignment(DOC, "de")
        by_update(town, *ENGLISH[:2], NEW, *ENGLISH[2:])
        _, groups = alignment.groups()
        assert [(g.source, g.target) for g in groups].count((1, 0)) == 1
        catalog = session.open(DOC, "de")
        catalog.refresh()
        row = catalog.row(found(town)[NEW].id)
        assert row is not None
        assert row.state is State.UNTRANSLATED


def contents(project: Project) -> dict[str, bytes]:
    folders = ("sources", "segments", "alignments", "locales")
    paths = [path for each in folders for path in (project.root / each).rglob("[!.]*.*")]
    return {str(path.relative_to(project.root)): path.read_bytes() for path in paths}


def update_until_killed(project: Project, replaced: int) -> bool:
    """Update in a process that is killed once it has replaced so many files; tell whether it was."""
    child = os.fork()
    if child == 0:
        replace, places = os.replace, iter(range(replaced))

        def counted(*paths: Path) -> None:
            if next(places, None) is None:
                os._exit(9)
            replace(*paths)

        os.replace = counted  # type: ignore[assignment]
        by_update(project, *ENGLISH[:2], NEW, *ENGLISH[2:])
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_update_that_is_killed_at_any_write_is_finished_by_the_next_command_or_never_was(
    town: Project, confirm: Callable[..., None]
) -> None:
    confirm(town, OLDER)
    found_then: list[dict[str, bytes]] = []
    killed = True
    while killed:
        copy = open_project(Path(shutil.copytree(town.root, town.root.with_name(f"town {len(found_then)}"))))
        killed = update_until_killed(copy, len(found_then))
        recover(copy)
        found_then.append(contents(copy))
        with Session(copy) as session:
            assert session.alignment(DOC, "de").problem == ""
    assert found_then[0] == contents(town)
    assert [each in (found_then[0], found_then[-1]) for each in found_then] == [True] * len(found_then)
    assert found_then.count(found_then[-1]) >= 5


def bead(source: str, target: str, who: str | None = None) -> BeadRecord:
    return BeadRecord(tuple(source), tuple(target), 0.9, who)


def test_a_bead_that_was_parted_stays_with_its_first_sentences() -> None:
    carried = carry([bead("abc", "x", "Anna"), bead("d", "y", "Anna")], "abncd")
    assert carried.beads == (
        bead("ab", "x"),
        BeadRecord(("n",), (), 0.0),
        BeadRecord(("c",), (), 0.0),
        *carried.beads[3:],
    )
    assert carried.beads[3:] == (bead("d", "y", "Anna"),)
    assert carried.touched == (0,)
    assert carried.later == frozenset("nc")


@given(st.permutations("abcdefgh"), st.lists(st.integers(0, 3), min_size=1, max_size=8), st.integers(0, 8), st.data())
def test_carried_beads_hold_every_sentence_once_and_in_order(
    now: list[str], sizes: list[int], lost: int, data: st.DataObject
) -> None:
    old, target, beads = iter("abcdefgh"), iter("ABCDEFGHIJKLMNOPQRSTUVWX"), []
    for size in sizes:
        count = data.draw(st.integers(0, 3))
        beads.append(bead("".join(islice(old, size)), "".join(islice(target, count))))
    beads = [each for each in beads if each.source or each.target]
    source = [*now[lost:], "new"]
    carried = carry(beads, source, now[-1:])
    assert [i for each in carried.beads for i in each.source] == source
    assert [i for each in carried.beads for i in each.target] == [i for each in beads for i in each.target]
    assert all(each.source or each.target for each in carried.beads)
    assert all(carried.beads[place].source for place in carried.touched)
    assert carried.later <= set(source)
