"""A sentence border moved by hand: every language follows, and no work is lost."""

from collections.abc import Callable

import pytest

from locales import State
from workflow.errors import ProjectError
from workflow.ingest import load_version, resegment
from workflow.project import Project
from workflow.records import BeadRecord, read_alignment
from workflow.recutting import Recut, recut, recut_beads
from workflow.rows import Row, rows
from workflow.session import Session

LETTER = "interview.txt"
TEXT = "Anton Brell has been a carpenter in Tarnholt for thirty-five years."
GERMAN = "Anton Brell ist seit fünfunddreißig Jahren Tischler in Tarnholt."


def identity(project: Project, language: str, text: str) -> str:
    return next(i for i, each in load_version(project, LETTER, language).texts().items() if each == text)


def row(project: Project, language: str, source: str) -> Row:
    return next(row for row in rows(project, LETTER, language) if source in row.source[0])


def bead(source: str, target: str, who: str | None = None) -> BeadRecord:
    return BeadRecord(tuple(source), tuple(target), 0.9, who)


def test_both_parts_of_a_sentence_stay_in_its_bead() -> None:
    beads = [bead("a", "x", "Anna"), bead("b", "y")]
    assert recut_beads(beads, "source", Recut("a", "c", joined=False)) == [bead("ac", "x", "Anna"), bead("b", "y")]


def test_a_sentence_joined_from_two_beads_joins_them() -> None:
    beads = [bead("a", "x", "Anna"), bead("", "y"), bead("b", "z"), bead("c", "")]
    joined = recut_beads(beads, "source", Recut("a", "b", joined=True))
    assert joined == [BeadRecord(("a",), ("x", "y", "z"), 0.0), bead("c", "")]


def test_cutting_a_translation_leaves_its_text_in_the_catalog(project: Project) -> None:
    recut(project, LETTER, "de", identity(project, "de", GERMAN), len("Anton Brell ist"))
    beads = read_alignment(project.alignment_path(LETTER, "de")).beads
    assert any(len(each.target) == 2 and len(each.source) == 1 for each in beads)
    assert row(project, "de", TEXT).target == GERMAN
    assert identity(project, "de", "Anton Brell ist")


def test_cutting_a_source_sentence_keeps_a_person_s_translation_over_both_parts_as_a_draft(
    project: Project, decide: Callable[..., object]
) -> None:
    before = row(project, "de", TEXT)
    decide(project, LETTER, "de", before, "Anton Brell tischlert.", State.TRANSLATED)
    recut(project, LETTER, "en", identity(project, "en", TEXT), len("Anton Brell"))
    now = row(project, "de", "Anton Brell")
    assert (now.source, now.target) == (("Anton Brell", TEXT.removeprefix("Anton Brell ")), "Anton Brell tischlert.")
    assert now.state is State.DRAFT
    for language in project.targets:
        other = row(project, language, "Anton Brell")
        assert len(other.source) == 2
        assert other.target


def test_joining_source_sentences_joins_what_people_translated(project: Project, decide: Callable[..., object]) -> None:
    first, second = rows(project, LETTER, "de")[1:3]
    decide(project, LETTER, "de", first, "Eins.", State.TRANSLATED)
    decide(project, LETTER, "de", second, "Zwei.", State.TRANSLATED)
    recut(project, LETTER, "en", first.id, None)
    now = row(project, "de", TEXT)
    assert (len(now.source), now.target, now.state) == (1, "Eins. Zwei.", State.DRAFT)


def test_a_border_made_by_hand_outlives_the_splitter(project: Project) -> None:
    recut(project, LETTER, "en", identity(project, "en", TEXT), len("Anton Brell"))
    resegment(project, LETTER, recut=True)
    assert identity(project, "en", "Anton Brell")


def test_a_cut_and_its_join_leave_the_machine_s_drafts_as_they_were(project: Project) -> None:
    before = {language: [(r.source, r.target) for r in rows(project, LETTER, language)] for language in project.targets}
    name = identity(project, "en", TEXT)
    recut(project, LETTER, "en", name, len("Anton Brell"))
    recut(project, LETTER, "en", name, None)
    assert before == {
        language: [(r.source, r.target) for r in rows(project, LETTER, language)] for language in project.targets
    }


def test_an_open_alignment_takes_a_new_border_up(project: Project) -> None:
    with Session(project) as session:
        alignment = session.alignment(LETTER, "de")
        version, count = alignment.version, len(alignment.sentences()[0])
        session.recut(LETTER, "en", identity(project, "en", TEXT), len("Anton Brell"))
        alignment.groups()
        assert (alignment.version != version, len(alignment.sentences()[0])) == (True, count + 1)
        assert alignment.problem == ""


def test_a_sentence_that_is_gone_is_told(project: Project) -> None:
    with pytest.raises(ProjectError, match="no such sentence"):
        recut(project, LETTER, "en", "nowhere.1", None)


@pytest.mark.parametrize("offset", [0, 999, -1])
def test_a_part_without_text_is_refused(project: Project, offset: int) -> None:
    with pytest.raises(ProjectError, match="not cut"):
        recut(project, LETTER, "en", identity(project, "en", TEXT), offset)
