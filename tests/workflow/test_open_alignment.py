"""An alignment under review: what is acknowledged is on the disk, and nothing a person did is lost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from locales import State
from workflow.bead_journal import Step, bead_journal_path, replay_steps
from workflow.decisions import Decision
from workflow.entries import beads as rows_of
from workflow.errors import OutdatedError
from workflow.ingest import update_document
from workflow.open_alignment import OpenAlignment, Place, Result
from workflow.operations import Operation
from workflow.pairing import add_translation, align_project
from workflow.project import Project
from workflow.proposals import proposal
from workflow.records import BeadRecord, read_alignment
from workflow.regroup import Request
from workflow.rows import rows
from workflow.session import Session, recover
from workflow.store import save_files

LETTER = "interview.txt"


@pytest.fixture
def session(project: Project) -> Iterator[Session]:
    with Session(project, idle=60, busy=60) as session:
        yield session


def apply(alignment: OpenAlignment, at: int, name: str, operation: str = "one", user: str = "Leyla") -> Result:
    request = Request(name, "target")
    place = Place(*alignment.place(at))
    return alignment.apply(operation, name, place, lambda groups, n: request.plan(groups, n, user), user)


def shapes(alignment: OpenAlignment, count: int = 4) -> str:
    return " ".join(f"{group.source}:{group.target}" for group in alignment.groups()[1][:count])


def test_an_operation_is_in_the_journal_before_it_is_acknowledged(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    assert apply(alignment, 0, "merge").result == "saved"
    line = bead_journal_path(session.project, LETTER, "de").read_text().splitlines()[-1]
    assert json.loads(line)["id"] == "one"


def test_an_operation_is_carried_out_once(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    apply(alignment, 0, "merge")
    assert apply(alignment, 0, "merge").result == "saved"
    assert shapes(alignment, 2) == "2:2 1:1"


def test_what_another_changed_meanwhile_is_a_conflict_and_stays(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    seen = alignment.groups()[1][:2]
    apply(alignment, 0, "merge", "one", "Anna")
    request = Request("merge")
    late = alignment.apply("two", "merge", Place(0, 0), lambda g, n: request.plan(g, n, "Leyla"), "Leyla", seen)
    gone = alignment.apply("three", "merge", Place(1, 1), lambda g, n: request.plan(g, n, "Leyla"), "Leyla")
    assert (late.result, gone.result) == ("conflict", "conflict")
    assert shapes(alignment, 2) == "2:2 1:1"


def test_the_files_follow_and_the_catalog_takes_the_beads_up(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    apply(alignment, 0, "merge")
    alignment.checkpoint()
    first = read_alignment(alignment.path).beads[0]
    assert (len(first.source), len(first.target), first.confirmed_by) == (2, 2, "Leyla")
    assert len(rows(session.project, LETTER, "de")[0].source) == 2


def test_undo_and_redo_go_on_after_a_restart(project: Project) -> None:
    with Session(project) as session:
        alignment = session.alignment(LETTER, "de")
        before = alignment.groups()[1]
        apply(alignment, 0, "merge", "one")
        apply(alignment, 3, "down", "two")
        after = alignment.groups()[1]
    with Session(project) as session:
        alignment = session.alignment(LETTER, "de")
        assert [alignment.undo(name, "Leyla").result for name in ("u1", "u2", "u3")] == ["saved", "saved", "refused"]
        assert alignment.groups()[1] == before
    with Session(project) as session:
        alignment = session.alignment(LETTER, "de")
        assert [alignment.undo(n, "Leyla", redo=True).result for n in ("r1", "r2", "r3")] == [
            "saved",
            "saved",
            "refused",
        ]
        assert alignment.groups()[1] == after


def test_everybody_takes_back_their_own_work(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    apply(alignment, 0, "merge", "one", "Anna")
    apply(alignment, 3, "down", "two", "Leyla")
    assert alignment.undo("u", "Anna").result == "saved"
    assert shapes(alignment, 2) == "1:1 1:1"
    assert alignment.undo("v", "Anna").message == "there is nothing to undo"


def test_a_crash_loses_nothing_and_the_next_command_brings_the_file_up(project: Project) -> None:
    session = Session(project, idle=60, busy=60)
    alignment = session.alignment(LETTER, "de")
    apply(alignment, 0, "merge")
    journal = bead_journal_path(project, LETTER, "de").read_bytes()
    file = alignment.path.read_bytes()
    session.close()
    alignment.path.write_bytes(file)  # as if the server had died before it wrote anything
    bead_journal_path(project, LETTER, "de").write_bytes(journal)
    assert recover(project) == 1
    assert len(read_alignment(alignment.path).beads[0].source) == 2
    assert recover(project) == 0


def test_an_edit_of_the_file_from_outside_is_taken_up_under_what_is_not_saved_yet(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    apply(alignment, 0, "merge")
    lines = alignment.path.read_text().splitlines(keepends=True)
    lines[10] = lines[10].replace('"confirmed_by": null', '"confirmed_by": "Anna"')
    alignment.path.write_text("".join(lines))
    now = alignment.groups()[1]
    assert (now[0].source, now[8].confirmed_by) == (2, "Anna")
    assert alignment.changes(0) is None


def test_a_step_without_a_place_in_the_file_is_said_and_kept(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    apply(alignment, 0, "merge")
    lines = alignment.path.read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace('"confirmed_by": null', '"confirmed_by": "Anna"')
    alignment.path.write_text("".join(lines))
    assert alignment.groups()[1][0].confirmed_by == "Anna"
    assert "found no place" in alignment.problem


def test_an_alignment_of_another_version_is_refused_with_what_to_do(project: Project, tmp_path: Path) -> None:
    newer = tmp_path / LETTER
    newer.write_text(project.document_path(LETTER).read_text(encoding="utf-8") + "\nHe waved.\n", encoding="utf-8")
    save_files(update_document(project, LETTER, newer).files)
    with Session(project) as session, pytest.raises(OutdatedError, match="hexapla align"):
        session.alignment(LETTER, "de")


def test_an_older_alignment_beside_a_newer_translation_is_refused_and_left_alone(
    project: Project, tmp_path: Path
) -> None:
    path = project.alignment_path(LETTER, "de")
    old = path.read_bytes()
    home = project.translation_path(LETTER, "de")
    assert home is not None
    (tmp_path / "neu.txt").write_text(home.read_text(encoding="utf-8") + "\nEr winkte.\n", encoding="utf-8")
    add_translation(project, tmp_path / "neu.txt", "de", LETTER, force=True)
    assert path.read_bytes() != old
    path.write_bytes(old)
    with Session(project) as session, pytest.raises(OutdatedError, match="hexapla align"):
        session.alignment(LETTER, "de")
    assert path.read_bytes() == old


def test_a_file_that_cannot_be_read_is_left_alone_until_it_can(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    apply(alignment, 0, "merge")
    good = alignment.path.read_bytes()
    alignment.path.write_bytes(b"<<<<<<< ours\n" + good)
    with pytest.raises(OutdatedError):
        alignment.checkpoint()
    assert apply(alignment, 3, "merge", "two").result == "refused"
    assert alignment.path.read_bytes() == b"<<<<<<< ours\n" + good
    alignment.path.write_bytes(good)
    assert apply(alignment, 3, "merge", "two").result == "saved"
    assert shapes(alignment, 1) == "2:2"


def test_a_person_s_translation_stays_and_the_aligned_one_stands_beside_it(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    row = alignment.catalog.rows(0, 1)[0]
    decision = Decision(("Eine Treppe, viele Bücher",), State.TRANSLATED)
    assert alignment.catalog.apply([Operation("own", row.id, row.base, decision)], "Leyla")[0].result == "saved"
    found = proposal(alignment, 0)
    assert found is not None
    assert found.differs
    assert [text for _, text in found.aligned] == ["Eine Treppe und sechstausend Bücher"]
    apply(alignment, 0, "merge")
    alignment.checkpoint()
    assert rows(session.project, LETTER, "de")[0].target == "Eine Treppe, viele Bücher"


def test_taking_the_aligned_translation_is_a_decision_that_can_be_taken_back(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    row = alignment.catalog.rows(0, 1)[0]
    decision = Decision(("Eine Treppe, viele Bücher",), State.TRANSLATED)
    assert alignment.catalog.apply([Operation("own", row.id, row.base, decision)], "Leyla")[0].result == "saved"
    apply(alignment, 0, "merge")
    alignment.checkpoint()
    found = proposal(alignment, 0)
    assert found is not None
    bases = [each.base for each in found.rows]
    assert alignment.catalog.take(found.aligned, bases, "t", "Leyla").result == "saved"
    assert len(alignment.catalog.rows(0, 1)[0].entries) == 2
    assert alignment.catalog.undo("t", "u", "Leyla")[0].result == "saved"
    assert alignment.catalog.rows(0, 1)[0].target == "Eine Treppe, viele Bücher"
    assert all(bead.valid for bead in rows_of(alignment.catalog.catalog()))


def test_aligning_anew_keeps_what_is_confirmed_and_changes_only_what_lies_between(session: Session) -> None:
    alignment = session.alignment(LETTER, "de")
    start = alignment.groups()[1]
    apply(alignment, 5, "confirm", "a")
    apply(alignment, 15, "confirm", "b")
    apply(alignment, 8, "push", "c")
    before = alignment.groups()[1]
    assert before != start
    assert alignment.realign("r", Place(*alignment.place(9)), "Leyla").result == "saved"
    now = alignment.groups()[1]
    assert [(g.source, g.target) for g in now] == [(g.source, g.target) for g in start]
    assert now[:6] == before[:6]


def test_aligning_the_project_again_keeps_beads_made_by_hand(project: Project) -> None:
    with Session(project) as session:
        apply(session.alignment(LETTER, "de"), 0, "merge")
    align_project(project, [LETTER], ["de"])
    first = read_alignment(project.alignment_path(LETTER, "de")).beads[0]
    assert (len(first.source), first.confirmed_by) == (2, "Leyla")


def bead(source: str, target: str) -> BeadRecord:
    return BeadRecord(tuple(source), tuple(target), 1.0)


STEPS = [
    Step("1", 0, "Leyla", "merge", (bead("a", "x"), bead("b", "y")), (bead("ab", "xy"),)),
    Step("2", 0, "Leyla", "down", (bead("ab", "xy"), bead("c", "z")), (bead("ab", "x"), bead("c", "yz"))),
]
STATES = [
    [bead("a", "x"), bead("b", "y"), bead("c", "z")],
    [bead("ab", "xy"), bead("c", "z")],
    [bead("ab", "x"), bead("c", "yz")],
]


@pytest.mark.parametrize("held", [0, 1, 2])
def test_replay_is_the_same_however_much_the_file_holds(held: int) -> None:
    assert replay_steps(STATES[held], STEPS) == (STATES[2], [])


def test_replay_tells_the_step_that_has_no_place() -> None:
    now = [bead("a", "xy"), bead("b", ""), bead("c", "z")]
    assert replay_steps(now, STEPS) == (now, STEPS)


def test_a_step_is_read_as_it_was_written() -> None:
    assert Step.from_json(json.loads(STEPS[0].to_line())) == STEPS[0]
