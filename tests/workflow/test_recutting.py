"""A sentence border moved by hand: every language follows, and no work is lost."""

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from locales import State
from workflow.border_journal import border_journal_path, read_borders
from workflow.cli import main
from workflow.errors import ProjectError
from workflow.ingest import load_version, resegment
from workflow.open_alignment import Place, Result
from workflow.pairing import follow_source
from workflow.project import Project, open_project
from workflow.records import BeadRecord, read_alignment, write_alignment
from workflow.recutting import Asked, Recut, recut, recut_beads
from workflow.regroup import Request
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
    now = recut_beads(beads, "source", Recut("a", "c", joined=False))
    assert now == ([bead("ac", "x", "Anna"), bead("b", "y")], 0)


def test_a_sentence_joined_from_two_beads_joins_them() -> None:
    beads = [bead("a", "x", "Anna"), bead("", "y"), bead("b", "z"), bead("c", "")]
    joined = recut_beads([bead("d", "w"), *beads], "source", Recut("a", "b", joined=True))
    assert joined == ([bead("d", "w"), bead("a", "xyz"), bead("c", "")], 1)


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


@pytest.mark.parametrize("confirmed", [0, 1])
def test_joining_two_translations_of_which_one_is_confirmed_loses_neither(
    project: Project, confirmed: int, decide: Callable[..., object]
) -> None:
    pair = rows(project, LETTER, "de")[1:3]
    decide(project, LETTER, "de", pair[confirmed], "Von Hand.", State.TRANSLATED)
    recut(project, LETTER, "de", identity(project, "de", pair[0].target), None)
    now = rows(project, LETTER, "de")[1:3]
    assert [row.source for row in now] == [row.source for row in pair]
    assert (now[confirmed].target, now[confirmed].state) == ("Von Hand.", State.TRANSLATED)
    other = 1 - confirmed
    assert (now[other].target, now[other].state) == (pair[other].target, State.DRAFT)


def test_joining_source_sentences_joins_a_person_s_text_and_the_machine_s_draft(
    project: Project, decide: Callable[..., object]
) -> None:
    first, second = rows(project, LETTER, "de")[1:3]
    decide(project, LETTER, "de", first, "Eins.", State.TRANSLATED)
    recut(project, LETTER, "en", first.id, None)
    now = row(project, "de", TEXT)
    assert (now.target, now.state) == (f"Eins. {second.target}", State.DRAFT)


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


@pytest.mark.parametrize("side", ["en", "de"])
def test_what_a_cut_or_a_join_leaves_is_judged_and_the_rest_stays(project: Project, side: str) -> None:
    path = project.alignment_path(LETTER, "de")
    before = read_alignment(path).beads
    name = identity(project, side, TEXT if side == "en" else GERMAN)
    recut(project, LETTER, side, name, None)
    joined = [bead for bead in read_alignment(path).beads if bead not in before]
    assert [0.5 < bead.confidence < 1.0 for bead in joined] == [True]
    recut(project, LETTER, side, name, TEXT if side == "en" else GERMAN)
    assert [(len(b.source), len(b.target)) for b in read_alignment(path).beads] == [
        (len(b.source), len(b.target)) for b in before
    ]
    assert all(bead.confidence > 0.9 for bead in read_alignment(path).beads if bead not in before)


def test_a_cut_in_a_confirmed_bead_leaves_it_confirmed(project: Project) -> None:
    path = project.alignment_path(LETTER, "de")
    alignment = read_alignment(path)
    name = identity(project, "de", GERMAN)
    beads = tuple(replace(b, confirmed_by="Anna") if name in b.target else b for b in alignment.beads)
    path.write_bytes(write_alignment(replace(alignment, beads=beads)))
    recut(project, LETTER, "de", name, "Anton Brell ist")
    (own,) = [bead for bead in read_alignment(path).beads if name in bead.target]
    assert (len(own.target), own.confirmed_by) == (2, "Anna")


def test_an_open_alignment_takes_a_new_border_up(project: Project) -> None:
    with Session(project) as session:
        alignment = session.alignment(LETTER, "de")
        version, count = alignment.version, len(alignment.sentences()[0])
        session.recut(LETTER, "en", identity(project, "en", TEXT), len("Anton Brell"), "Anna", "one")
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


DOERS = st.sampled_from(["cut source", "cut target", "join source", "join target"])


def files(project: Project) -> dict[str, bytes]:
    """What a border goes through; the number of the next sentence is never given again."""
    paths = [path for folder in ("segments", "alignments", "locales") for path in (project.root / folder).rglob("*.*")]
    return {
        str(path.relative_to(project.root)): re.sub(rb'"next": \d+', b"", path.read_bytes())
        for path in paths
        if path.suffix != ".mo"
    }


def do(session: Session, doer: str, place: int, operation: str) -> None:
    """Cut or join a sentence of the German letter or its source, where that can be done."""
    kind, side = doer.split()
    language = "en" if side == "source" else "de"
    texts = load_version(session.project, LETTER, language).texts()
    name = list(texts)[place % len(texts)]
    words = texts[name].split()
    with suppress(ProjectError):  # the last sentence of its paragraph, or one of a single word
        session.recut(LETTER, language, name, None if kind == "join" else words[0], "Leyla", operation)


def undo(session: Session, operation: str, *, redo: bool = False) -> Result:
    return session.undo_beads(LETTER, "de", operation, "Leyla", redo=redo)


@settings(max_examples=12)
@given(steps=st.lists(st.tuples(DOERS, st.integers(0, 30)), min_size=1, max_size=4), worked=st.integers(0, 20))
def test_undo_puts_everything_back_and_redo_does_it_again(
    sample: Path,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, int]],
    worked: int,
    decide: Callable[..., object],
) -> None:
    project = open_project(Path(shutil.copytree(sample, tmp_path_factory.mktemp("town") / "town")))
    row = rows(project, LETTER, "de")[worked]
    decide(project, LETTER, "de", row, "Von Hand.", State.TRANSLATED)
    with Session(project, idle=60, busy=60) as session:
        stages = [files(project)]
        for number, (doer, place) in enumerate(steps):
            do(session, doer, place, f"do {number}")
            if files(project) != stages[-1]:
                stages.append(files(project))
        for number, stage in enumerate(reversed(stages[:-1])):
            assert undo(session, f"undo {number}").result == "saved"
            assert files(project) == stage
        for number, stage in enumerate(stages[1:]):
            assert undo(session, f"redo {number}", redo=True).result == "saved"
            assert files(project) == stage


@pytest.mark.parametrize("side", ["en", "de"])
def test_a_join_reverses_a_cut_and_a_cut_a_join(project: Project, side: str, decide: Callable[..., object]) -> None:
    text = TEXT if side == "en" else GERMAN
    decide(project, LETTER, "de", row(project, "de", TEXT), GERMAN, State.TRANSLATED)
    name, before = identity(project, side, text), files(project)
    recut(project, LETTER, side, name, "Anton Brell")
    assert files(project) != before
    recut(project, LETTER, side, name, None)
    assert files(project) == before
    recut(project, LETTER, side, name, None)
    recut(project, LETTER, side, name, text)
    assert files(project) == before


def test_what_somebody_did_since_stays_when_a_border_is_taken_back(
    project: Project, decide: Callable[..., object]
) -> None:
    name = identity(project, "en", TEXT)
    with Session(project, idle=60, busy=60) as session:
        session.recut(LETTER, "en", name, "Anton Brell", "Leyla", "one")
    decide(project, LETTER, "de", row(project, "de", "Anton Brell"), "Anton Brell tischlert.", State.TRANSLATED)
    with Session(project, idle=60, busy=60) as session:
        assert undo(session, "two").result == "saved"
    now = row(project, "de", TEXT)
    assert (now.target, now.state) == ("Anton Brell tischlert.", State.DRAFT)
    assert row(project, "fa", TEXT).state is State.DRAFT


def test_a_border_whose_text_changed_since_is_a_conflict(project: Project, tmp_path: Path) -> None:
    with Session(project, idle=60, busy=60) as session:
        session.recut(LETTER, "en", identity(project, "en", TEXT), "Anton Brell", "Leyla", "one")
        newer = tmp_path / LETTER
        newer.write_bytes(project.document_path(LETTER).read_bytes().replace(b"thirty-five", b"thirty-six"))
        follow_source(project, LETTER, newer)
        before = files(project)
        assert undo(session, "two").result == "conflict"
        assert files(project) == before


def test_borders_and_beads_are_taken_back_in_the_order_in_which_they_were_done(project: Project) -> None:
    before = files(project)
    with Session(project, idle=60, busy=60) as session:
        session.recut(LETTER, "de", identity(project, "de", GERMAN), "Anton Brell", "Leyla", "one")
        alignment = session.alignment(LETTER, "de")
        merge = Request("merge")
        alignment.apply("two", "merge", Place(0, 0), lambda groups, at: merge.plan(groups, at, "Leyla"), "Leyla")
        undone = undo(session, "three")
        assert undone.edit is not None
        alignment.checkpoint()
        assert undo(session, "four").edit is None
        assert undo(session, "four").result == "saved"
        assert undo(session, "five").result == "refused"
    assert files(project) == before


def test_the_same_operation_moves_a_border_once(project: Project) -> None:
    name = identity(project, "de", GERMAN)
    asked = Asked("Leyla", "one", 1.0)
    assert recut(project, LETTER, "de", name, "Anton", asked) == recut(project, LETTER, "de", name, "Anton", asked)
    assert identity(project, "de", "Anton")


def test_undo_in_the_terminal_takes_a_border_back(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    name, before = identity(project, "en", TEXT), files(project)
    run = CliRunner()
    done = run.invoke(main, ["segment", LETTER, "--cut", name, "Anton Brell"])
    assert (done.exit_code, "beads undo" in done.stderr) == (0, True)
    after = files(project)
    assert run.invoke(main, ["beads", "undo", LETTER, "--lang", "az"]).exit_code == 0
    assert files(project) == before
    assert run.invoke(main, ["beads", "undo", LETTER, "--lang", "az", "--redo"]).exit_code == 0
    assert files(project) == after


def test_a_journal_whose_last_line_has_no_end_takes_the_next_border(project: Project) -> None:
    name = identity(project, "de", GERMAN)
    recut(project, LETTER, "de", name, "Anton", Asked("Leyla", "one", 1.0))
    with border_journal_path(project, LETTER).open("ab") as journal:
        journal.write(b'{"id": "two", "ti')
    recut(project, LETTER, "de", name, None, Asked("Leyla", "three", 3.0))
    assert [step.id for step in read_borders(project, LETTER)] == ["one", "three"]
