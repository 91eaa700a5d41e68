"""A catalog under review: decisions, conflicts, undo, checkpoints, crashes, edits from outside."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from locales import State, read_catalog
from workflow.decisions import Decision
from workflow.entries import write_bead
from workflow.errors import BusyError, ProjectError, UnwritableError
from workflow.journal import is_settled, journal_path, read_journal
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation, Outcome
from workflow.project import Project, open_project
from workflow.rows import Row, rows
from workflow.software import message_id
from workflow.store import writing

DE = ("letter.txt", "de")


class Clock:
    """Seconds since the epoch, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


@contextmanager
def opened(project: Project, document: str = "letter.txt", language: str = "de") -> Iterator[OpenCatalog]:
    catalog = OpenCatalog(project, document, language, Clock())
    try:
        yield catalog
    finally:
        catalog.close()


@pytest.fixture
def catalog(letter: Project) -> Iterator[OpenCatalog]:
    with opened(letter) as found:
        yield found


def decision(*texts: str, state: State = State.TRANSLATED, omit: bool = False) -> Decision:
    return Decision(texts, state, omit)


def operation(catalog: OpenCatalog, name: str, row: str, wanted: Decision | str, base: str | None = None) -> Operation:
    """A decision on the row as it stands, or on another base."""
    if base is None:
        now = catalog.row(row)
        base = now.base if now else ""
    return Operation(name, row, base, decision(wanted) if isinstance(wanted, str) else wanted)


def save(catalog: OpenCatalog, name: str, row: str, wanted: Decision | str, base: str | None = None) -> Outcome:
    (outcome,) = catalog.apply([operation(catalog, name, row, wanted, base)], "Leyla")
    return outcome


def row(catalog: OpenCatalog, name: str) -> Row:
    found = catalog.row(name)
    assert found is not None
    return found


def target(catalog: OpenCatalog, name: str) -> str:
    return row(catalog, name).target


def in_file(catalog: OpenCatalog, source: str) -> list[str]:
    """The translation, form by form, that the file has for a text."""
    entry = read_catalog(catalog.path).get(source)
    assert entry is not None
    return entry.forms()


def stands(catalog: OpenCatalog) -> list[tuple[str, tuple[str, ...], State]]:
    return [(row.id, row.texts, row.state) for row in catalog.rows()]


def edit_outside(catalog: OpenCatalog, old: str, new: str) -> None:
    """Change the file as another editor would."""
    data = catalog.path.read_bytes()
    assert old.encode() in data
    replacement = catalog.path.with_name("other")
    replacement.write_bytes(data.replace(old.encode(), new.encode()))
    replacement.replace(catalog.path)


def after_crash(project: Project, folder: Path) -> Project:
    """Copy the project as it lies on the disk at this moment, without its locks being held."""
    shutil.copytree(project.root, folder)
    return open_project(folder)


# --- decisions ------------------------------------------------------------------------------------------------------


def test_a_decision_is_in_memory_and_in_the_journal_and_not_yet_in_the_file(catalog: OpenCatalog) -> None:
    before = catalog.path.read_bytes()
    outcome = save(catalog, "1", "c.1", "Bis Freitag.")
    row = catalog.row("c.1")
    assert row is not None
    assert (row.target, row.state, catalog.unsaved) == ("Bis Freitag.", State.TRANSLATED, 1)
    assert (outcome.result, outcome.base, outcome.state) == ("saved", row.base, "translated")
    assert catalog.path.read_bytes() == before
    (record,) = read_journal(journal_path(catalog.project, *DE))[1]
    assert (record.id, record.user, record.texts) == ("1", "Leyla", ("Bis Freitag.",))


def test_an_operation_that_comes_again_is_answered_again_and_not_carried_out(catalog: OpenCatalog) -> None:
    wanted = operation(catalog, "1", "c.1", "Bis Freitag.")
    first, again = catalog.apply([wanted, wanted], "Leyla")
    save(catalog, "2", "c.1", "Bis zum Freitag.")
    (late,) = catalog.apply([wanted], "Leyla")
    assert first == again == late
    assert target(catalog, "c.1") == "Bis zum Freitag."
    assert len(read_journal(journal_path(catalog.project, *DE))[0]) == 2


def test_an_operation_is_known_by_its_id_after_a_crash_and_after_a_checkpoint(letter: Project, tmp_path: Path) -> None:
    with opened(letter) as catalog:
        wanted = operation(catalog, "1", "c.1", "Bis Freitag.")
        first = catalog.apply([wanted], "Leyla")
        crashed = after_crash(letter, tmp_path / "crashed")
        catalog.checkpoint()
        saved = after_crash(letter, tmp_path / "saved")
    for project in (crashed, saved):
        with opened(project) as found:
            assert found.apply([wanted], "Leyla") == first
            assert len(found.history("c.1")) == 1


def test_a_decision_on_another_base_is_a_conflict_with_the_row_as_it_stands(catalog: OpenCatalog) -> None:
    old = operation(catalog, "2", "c.1", "Tschüss bis Freitag.")
    save(catalog, "1", "c.1", "Bis Freitag.")
    (outcome,) = catalog.apply([old], "Ömer")
    assert outcome.result == "conflict"
    assert outcome.now is not None
    assert outcome.now.target == target(catalog, "c.1") == "Bis Freitag."
    assert catalog.unsaved == 1


def test_the_state_alone_is_another_base(catalog: OpenCatalog) -> None:
    old = operation(catalog, "2", "a.2", "Bitte gieße die Blumen.")
    save(catalog, "1", "a.2", "Bitte gieß die Blumen.")
    assert catalog.apply([old], "Ömer")[0].result == "conflict"


def test_operations_that_come_out_of_order_conflict_and_lose_nothing(catalog: OpenCatalog) -> None:
    empty = operation(catalog, "", "c.1", "").base
    with_first = save(catalog, "probe", "c.1", "eins").base
    catalog.undo("probe", "back", "Leyla")
    later = operation(catalog, "2", "c.1", "zwei", with_first)
    earlier = operation(catalog, "1", "c.1", "eins", empty)
    results = [outcome.result for outcome in catalog.apply([later, earlier, later], "Leyla")]
    assert results == ["conflict", "saved", "saved"]
    assert target(catalog, "c.1") == "zwei"


def test_a_row_that_is_gone_is_said_and_the_other_operations_count(catalog: OpenCatalog) -> None:
    gone, good = catalog.apply(
        [operation(catalog, "1", "x.9", "Nichts."), operation(catalog, "2", "c.1", "Bis Freitag.")], "Leyla"
    )
    assert (gone.result, gone.now, good.result) == ("conflict", None, "saved")
    assert "your text is kept" in gone.message


REFUSED = {
    "nothing to confirm": ("c.1", decision(""), "no translation to confirm"),
    "spaces to confirm": ("c.1", decision(" \n"), "no translation to confirm"),
    "a form too many": ("c.1", decision("eins", "zwei"), "1 forms, and 2 were given"),
    "no form": ("c.1", decision(), "1 forms, and 0 were given"),
    "NUL": ("c.1", decision("Bis\x00Freitag"), "NUL"),
    "NUL in a bead": ("b.1", decision("Bis\x00Freitag"), "NUL"),
    "half a character": ("c.1", decision("Bis \ud83d"), "cannot hold"),
    "half a character in a bead": ("b.1", decision("Bis \udc00"), "cannot hold"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_stand_is_refused_with_a_sentence_and_changes_nothing(catalog: OpenCatalog, name: str) -> None:
    row, wanted, words = REFUSED[name]
    before = stands(catalog)
    outcome = save(catalog, "1", row, wanted)
    assert outcome.result == "refused"
    assert words in outcome.message
    assert (stands(catalog), catalog.unsaved) == (before, 0)


def test_a_plural_with_fewer_forms_than_its_language_has_is_refused_whole(letter: Project) -> None:
    with opened(software(letter, CUPS.replace("nplurals=2", "nplurals=3")), "app.pot") as catalog:
        before = stands(catalog)
        row = catalog.rows()[0].id
        assert save(catalog, "1", row, decision("%d Tasse", "%d Tassen", state=State.APPROVED)).result == "refused"
        assert stands(catalog) == before


def test_an_approval_needs_a_name_without_spaces(catalog: OpenCatalog) -> None:
    wanted = operation(catalog, "1", "a.1", decision("Der Schlüssel.", state=State.APPROVED))
    assert catalog.apply([wanted], "Leyla B")[0].result == "refused"
    assert catalog.apply([wanted], "Leyla")[0].state == "approved"


def test_a_draft_may_be_empty_and_is_untranslated(catalog: OpenCatalog) -> None:
    assert save(catalog, "1", "a.1", decision("", state=State.DRAFT)).state == "untranslated"


def test_a_text_of_a_mebibyte_is_saved_and_read_again(letter: Project) -> None:
    text = "Ein Satz ohne Ende. " * 52_429
    with opened(letter) as catalog:
        assert save(catalog, "1", "c.1", text).result == "saved"
    with opened(letter) as catalog:
        assert target(catalog, "c.1") == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "ما فردا می‌رسیم.\u202eabc\u202c",
        "<b onclick=alert(1)>",
        "我们明天到。\u200b\tZeile\nzwei",
        "𝒳👩‍👧\x07\x1b[0m",
        'C:\\n "x"',
        "\ufeff",
    ],
)
def test_every_text_comes_back_as_it_was_given(letter: Project, text: str) -> None:
    with opened(letter) as catalog:
        outcome = save(catalog, "1", "c.1", text)
        if outcome.result == "refused":
            pytest.fail(outcome.message)
    with opened(letter) as catalog:
        assert target(catalog, "c.1") == text


# --- plurals and beads ----------------------------------------------------------------------------------------------

CUPS = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "%d cup"
msgid_plural "%d cups"
msgstr[0] ""
msgstr[1] ""

msgid "Boil"
msgstr ""
"""


def software(project: Project, text: str, encoding: str = "utf-8") -> Project:
    for path in (project.document_path("app.pot"), project.catalog_path("app.pot", "de")):
        path.write_bytes(text.encode(encoding))
    return project


def test_a_plural_is_saved_with_all_its_forms_and_undone(letter: Project) -> None:
    with opened(software(letter, CUPS), "app.pot") as catalog:
        row = catalog.rows()[0]
        assert save(catalog, "1", row.id, decision("%d Tasse")).result == "refused"
        assert save(catalog, "2", row.id, decision("%d Tasse", "")).result == "refused"
        assert save(catalog, "3", row.id, decision("%d Tasse", "%d Tassen")).result == "saved"
        catalog.checkpoint()
        assert in_file(catalog, "%d cup") == ["%d Tasse", "%d Tassen"]
        catalog.undo("3", "4", "Leyla")
    assert catalog.path.read_text() == CUPS


def test_a_message_keeps_the_space_around_it_and_cannot_be_left_out(letter: Project) -> None:
    with opened(software(letter, CUPS), "app.pot") as catalog:
        boil = catalog.rows()[1].id
        save(catalog, "1", boil, " Kochen ")
        assert target(catalog, boil) == " Kochen "
        assert save(catalog, "2", boil, decision("", omit=True)).result == "refused"


def test_emptying_a_bead_gives_back_its_sentences_and_undo_joins_them(catalog: OpenCatalog) -> None:
    before = catalog.path.read_bytes()
    outcome = save(catalog, "1", "b.1", decision("", state=State.DRAFT))
    assert outcome.replaces == ["b.1"]
    assert [row.id for row in outcome.rows] == ["b.1", "b.2"]
    assert [row.id for row in catalog.rows()] == ["a.1", "a.2", "b.1", "b.2", "c.1"]
    catalog.checkpoint()
    (back,) = catalog.undo("1", "2", "Leyla")
    assert (back.result, back.replaces, [row.id for row in back.rows]) == ("saved", ["b.1", "b.2"], ["b.1"])
    catalog.checkpoint()
    assert catalog.path.read_bytes() == before


def test_a_bead_is_not_joined_again_over_what_was_written_into_one_sentence(catalog: OpenCatalog) -> None:
    save(catalog, "1", "b.1", decision("", state=State.DRAFT))
    save(catalog, "2", "b.2", "Ich ging nie.")
    (back,) = catalog.undo("1", "3", "Leyla")
    assert back.result == "conflict"
    assert target(catalog, "b.2") == "Ich ging nie."


def test_an_omission_is_said_and_taken_back(catalog: OpenCatalog) -> None:
    before = catalog.path.read_bytes()
    save(catalog, "1", "c.1", decision("", omit=True))
    row = catalog.row("c.1")
    assert row is not None
    assert (row.omitted, row.state, row.target) == (True, State.TRANSLATED, "")
    catalog.undo("1", "2", "Leyla")
    catalog.checkpoint()
    assert catalog.path.read_bytes() == before


LATIN = CUPS.replace("UTF-8", "ISO-8859-1").replace('msgid "Boil"', '# für später\nmsgid "Boil"')


@pytest.fixture
def latin(letter: Project) -> Iterator[OpenCatalog]:
    """A catalog in a charset that has few letters."""
    with opened(software(letter, LATIN, "latin-1"), "app.pot") as catalog:
        yield catalog


def test_a_charset_that_lacks_a_character_is_told_with_the_way_out(latin: OpenCatalog) -> None:
    boil = latin.rows()[1].id
    outcome = save(latin, "1", boil, "Kochen – jetzt")
    assert outcome.result == "refused"
    assert "cannot hold '–'" in outcome.message
    assert "--to-utf8" in outcome.message
    assert save(latin, "2", boil, "Köcheln").result == "saved"
    latin.checkpoint()
    assert "Köcheln" in latin.path.read_text("latin-1")


def test_a_comment_that_the_charset_cannot_hold_is_refused(latin: OpenCatalog) -> None:
    boil = latin.rows()[1].id
    assert latin.comment(boil, "siehe Nərgiz", "1", "Leyla").result == "refused"
    assert latin.comment(boil, "siehe Jörg", "2", "Leyla").result == "saved"
    latin.checkpoint()
    assert latin.unsaved == 0


def test_an_approval_by_a_name_that_the_charset_cannot_hold_is_refused(latin: OpenCatalog) -> None:
    wanted = operation(latin, "1", latin.rows()[1].id, decision("Kochen", state=State.APPROVED))
    assert latin.apply([wanted], "Nərgiz")[0].result == "refused"
    assert row(latin, wanted.row).target == ""
    assert latin.apply([wanted], "Jörg")[0].result == "saved"
    latin.checkpoint()
    assert latin.unsaved == 0


# --- undo -----------------------------------------------------------------------------------------------------------


def test_undo_gives_the_file_back_byte_for_byte_and_redo_the_edit(catalog: OpenCatalog) -> None:
    before = catalog.path.read_bytes()
    save(catalog, "1", "a.2", "Bitte gieß die Pflanzen.")
    catalog.checkpoint()
    edited = catalog.path.read_bytes()
    catalog.undo("1", "2", "Leyla")
    catalog.checkpoint()
    assert catalog.path.read_bytes() == before
    catalog.undo("2", "3", "Leyla")
    catalog.checkpoint()
    assert catalog.path.read_bytes() == edited


def test_undo_brings_back_the_approval_and_the_previous_source(letter: Project) -> None:
    path = letter.catalog_path(*DE)
    old = 'msgid "Please water the plants."'
    path.write_text(path.read_text().replace(old, f'#| msgid "Water the plants."\n{old}'))
    with opened(letter) as catalog:
        before = path.read_bytes()
        assert row(catalog, "a.2").previous == "Water the plants."
        save(catalog, "1", "a.2", decision("Bitte gießen.", state=State.APPROVED))
        assert row(catalog, "a.2").previous == ""
        catalog.undo("1", "2", "Leyla")
        assert row(catalog, "a.2").previous == "Water the plants."
    assert path.read_bytes() == before


def test_undo_of_what_was_changed_since_is_a_conflict(catalog: OpenCatalog) -> None:
    save(catalog, "1", "c.1", "eins")
    save(catalog, "2", "c.1", "zwei")
    (outcome,) = catalog.undo("1", "3", "Leyla")
    assert (outcome.result, target(catalog, "c.1")) == ("conflict", "zwei")


def test_an_undo_that_comes_again_is_not_a_redo(catalog: OpenCatalog) -> None:
    save(catalog, "1", "c.1", "eins")
    first = catalog.undo("1", "2", "Leyla")
    assert catalog.undo("1", "2", "Leyla") == first
    assert target(catalog, "c.1") == ""


def test_a_group_is_taken_back_and_done_again_as_one_but_for_what_changed_since(catalog: OpenCatalog) -> None:
    names = ("a.1", "a.2", "c.1")
    wanted = [operation(catalog, f"g.{row}", row, f"neu {row}") for row in names]
    catalog.apply([Operation(o.id, o.row, o.base, o.decision, "g") for o in wanted], "Leyla")
    save(catalog, "own", "a.1", "von Hand")
    back = catalog.undo("g", "h", "Leyla")
    assert {o.row: o.result for o in back} == {"a.1": "conflict", "a.2": "saved", "c.1": "saved"}
    assert [target(catalog, row) for row in names] == ["von Hand", "Bitte gieß die Blumen.", ""]
    assert {outcome.result for outcome in catalog.undo("h", "i", "Leyla")} == {"saved"}
    assert [target(catalog, row) for row in names] == ["von Hand", "neu a.2", "neu c.1"]


def test_undo_of_the_unknown_is_an_error(catalog: OpenCatalog) -> None:
    catalog.comment("c.1", "Bitte prüfen.", "1", "Leyla")
    for name in ("nothing", "", "1"):
        with pytest.raises(ProjectError, match="no decision that can be taken back"):
            catalog.undo(name, "2", "Leyla")


def test_undo_works_after_a_restart(letter: Project) -> None:
    with opened(letter) as catalog:
        before = catalog.path.read_bytes()
        save(catalog, "1", "b.1", decision("", state=State.DRAFT))
    with opened(letter) as catalog:
        assert catalog.undo("1", "2", "Ömer")[0].result == "saved"
    assert catalog.path.read_bytes() == before


def test_history_has_the_latest_first_and_who_it_was(letter: Project) -> None:
    with opened(letter) as catalog:
        save(catalog, "1", "c.1", "eins")
        catalog.comment("c.1", "Bitte prüfen.", "2", "Ömer")
    with opened(letter) as catalog:
        catalog.undo("1", "3", "Leyla")
        found = [(record.id, record.user, record.kind) for record in catalog.history("c.1")]
        assert found == [("3", "Leyla", "undo"), ("2", "Ömer", "comment"), ("1", "Leyla", "save")]


# --- comments -------------------------------------------------------------------------------------------------------


def test_a_comment_is_added_once_though_it_is_sent_twice(letter: Project) -> None:
    with opened(letter) as catalog:
        first = catalog.comment("b.1", "Welcher Frühling?\nBitte fragen.", "1", "Leyla")
        assert catalog.comment("b.1", "Welcher Frühling?\nBitte fragen.", "1", "Leyla") == first
    with opened(letter) as catalog:
        assert row(catalog, "b.1").comments == ("Welcher Frühling?", "Bitte fragen.")


@pytest.mark.parametrize("text", ["hx: approved Leyla 000000000000", "hx: cont 9c1e04b7a3d2", "a\x00b", "\ud800"])
def test_a_comment_that_would_state_a_fact_or_cannot_be_written_is_refused(catalog: OpenCatalog, text: str) -> None:
    before = stands(catalog)
    outcome = catalog.comment("c.1", text, "1", "Leyla")
    assert outcome.result == "refused"
    assert outcome.message
    assert (stands(catalog), catalog.unsaved) == (before, 0)
    catalog.checkpoint()


def test_the_same_comment_by_another_person_stands_in_memory_as_after_a_crash(letter: Project, tmp_path: Path) -> None:
    with opened(letter) as catalog:
        catalog.comment("c.1", "Bitte prüfen.", "1", "Leyla")
        catalog.comment("c.1", "Bitte prüfen.", "2", "Ömer")
        with opened(after_crash(letter, tmp_path / "crashed")) as found:
            assert found.row("c.1") == catalog.row("c.1")


# --- checkpoints and crashes ----------------------------------------------------------------------------------------


def test_a_checkpoint_writes_the_file_once_and_settles_the_journal(catalog: OpenCatalog) -> None:
    save(catalog, "1", "c.1", "Bis Freitag.")
    catalog.checkpoint()
    first = catalog.path.stat().st_ino
    catalog.checkpoint()
    assert catalog.path.stat().st_ino == first
    assert (catalog.unsaved, is_settled(journal_path(catalog.project, *DE))) == (0, True)
    assert in_file(catalog, "See you on Friday.") == ["Bis Freitag."]


def test_what_is_saved_while_a_checkpoint_writes_stays_unsaved_and_is_not_lost(
    catalog: OpenCatalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(catalog, "1", "c.1", "eins")
    replace = os.replace

    def meanwhile(*arguments: object) -> None:
        save(catalog, "2", "c.1", "zwei")
        replace(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", meanwhile)
    catalog.checkpoint()
    monkeypatch.undo()
    assert (target(catalog, "c.1"), catalog.unsaved) == ("zwei", 1)
    assert 'msgstr "eins"' in catalog.path.read_text()
    with opened(after_crash(catalog.project, tmp_path / "crashed")) as found:
        assert target(found, "c.1") == "zwei"
        assert not found.conflicts()


def test_an_edit_from_outside_while_a_checkpoint_writes_is_not_overwritten(
    catalog: OpenCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(catalog, "1", "c.1", "Bis Freitag.")
    fsync = os.fsync

    def meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        edit_outside(catalog, "unter der Matte", "unterm Blumentopf")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", meanwhile)
        catalog.checkpoint()
    assert "unterm Blumentopf" in catalog.path.read_text()
    assert [path.name for path in catalog.path.parent.iterdir()] == [catalog.path.name]
    assert catalog.unsaved == 1
    catalog.checkpoint()
    assert (catalog.unsaved, catalog.problem) == (0, "")
    assert target(catalog, "a.1") == "Der Schlüssel liegt unterm Blumentopf."
    assert "Bis Freitag." in catalog.path.read_text()


def test_a_save_while_the_file_is_replaced_does_not_read_it_again(
    catalog: OpenCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading a large catalog takes seconds; who saves must not wait for it because of our own checkpoint."""
    save(catalog, "1", "c.1", "eins")
    replace, read = os.replace, []

    def meanwhile(*arguments: object) -> None:
        replace(*arguments)  # type: ignore[arg-type]
        monkeypatch.setattr(Path, "read_bytes", read.append)
        save(catalog, "2", "a.1", "zwei")

    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", meanwhile)
            catalog.checkpoint()
    assert read == []


def test_a_crash_at_any_step_of_saving_and_of_a_checkpoint_loses_nothing(
    letter: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[tuple[Project, int]] = []  # the files, and how many operations were acknowledged
    after = []  # what stands there after so many operations

    def watch(call: Callable[..., object]) -> Callable[..., object]:
        def watched(*arguments: object) -> object:
            crashes.append((after_crash(letter, tmp_path / f"before-{len(crashes)}"), len(after) - 1))
            result = call(*arguments)
            crashes.append((after_crash(letter, tmp_path / f"after-{len(crashes)}"), len(after) - 1))
            return result

        return watched

    with opened(letter) as catalog:
        after.append(stands(catalog))
        for name in ("write", "fsync", "fdatasync", "replace"):
            monkeypatch.setattr(os, name, watch(getattr(os, name)))
        for number, (row, text) in enumerate([("c.1", "eins"), ("b.1", ""), ("c.1", "zwei")]):
            save(catalog, str(number), row, decision(text, state=State.DRAFT))
            after.append(stands(catalog))
            if number != 1:
                catalog.checkpoint()
        monkeypatch.undo()
    assert len(crashes) > 20
    for project, acknowledged in crashes:
        with opened(project) as found:
            known = sum(found.record(name) is not None for name in "012")
            assert known in (acknowledged, acknowledged + 1)  # one may be on the disk and not yet acknowledged
            assert stands(found) == after[known]
            assert not found.conflicts()
        assert [(row.id, row.texts, row.state) for row in rows(project, *DE)] == after[known]


def test_a_half_written_temporary_file_is_swept_by_the_next_checkpoint(letter: Project) -> None:
    left = letter.catalog_path(*DE).with_name(".letter.txt.po.hx-0123abcd.tmp")
    left.write_bytes(b"half")
    with opened(letter) as catalog:
        save(catalog, "1", "c.1", "Bis Freitag.")
    assert not left.exists()


def test_a_catalog_that_nobody_edits_is_never_written(letter: Project) -> None:
    path = letter.catalog_path(*DE)
    before = path.stat()
    with opened(letter) as catalog:
        catalog.checkpoint()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


# --- a full disk ----------------------------------------------------------------------------------------------------


def full(*_: object) -> int:
    raise OSError(28, "No space left on device")


def test_a_full_disk_while_saving_changes_nothing_and_the_same_operation_works_later(
    catalog: OpenCatalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(catalog, "1", "a.1", "eins")
    before, revision = stands(catalog), catalog.revision
    wanted = [operation(catalog, "2", "a.1", "zwei"), operation(catalog, "3", "b.1", decision("", state=State.DRAFT))]
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(UnwritableError, match="free space"):
            catalog.apply(wanted, "Leyla")
        with pytest.raises(UnwritableError):
            catalog.undo("1", "4", "Leyla")
        with pytest.raises(UnwritableError):
            catalog.comment("a.1", "Bitte prüfen.", "5", "Leyla")
        assert stands(catalog) == before
        assert row(catalog, "a.1").comments == ()
    assert catalog.revision >= revision
    assert [outcome.result for outcome in catalog.apply(wanted, "Leyla")] == ["saved", "saved"]
    with opened(after_crash(catalog.project, tmp_path / "crashed")) as found:
        assert stands(found) == stands(catalog)


def test_a_full_disk_while_a_checkpoint_writes_is_said_and_the_journal_has_everything(
    catalog: OpenCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = catalog.path.read_bytes()
    save(catalog, "1", "c.1", "Bis Freitag.")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(UnwritableError):
            catalog.checkpoint()
        assert "free space" in catalog.problem
    assert catalog.path.read_bytes() == before
    assert [path.name for path in catalog.path.parent.iterdir()] == [catalog.path.name]
    catalog.checkpoint()
    assert (catalog.problem, catalog.unsaved) == ("", 0)


# --- edits from outside ---------------------------------------------------------------------------------------------


def test_an_edit_of_another_row_is_taken_up_and_nothing_of_ours_is_lost(catalog: OpenCatalog) -> None:
    revision = catalog.revision
    save(catalog, "1", "c.1", "Bis Freitag.")
    edit_outside(catalog, "unter der Matte", "unterm Blumentopf")
    found = catalog.changes(revision)
    assert (set(found.rows), found.reload, found.problem) == ({"a.1", "c.1"}, False, "")
    assert not catalog.conflicts()
    catalog.checkpoint()
    text = catalog.path.read_text()
    assert "unterm Blumentopf" in text
    assert "Bis Freitag." in text


def test_a_new_draft_of_the_aligner_never_displaces_what_a_person_saved(catalog: OpenCatalog) -> None:
    save(catalog, "1", "a.2", "Gieß bitte die Blumen.")
    written = read_catalog(catalog.path)
    write_bead(written, [list(written)[1]], "Die Blumen.", State.DRAFT, ("align", "0.55", "1:1"))
    catalog.path.write_bytes(written.to_bytes())
    catalog.changes(catalog.revision)
    assert (target(catalog, "a.2"), catalog.conflicts()) == ("Gieß bitte die Blumen.", {})
    catalog.checkpoint()
    assert "Gieß bitte die Blumen." in catalog.path.read_text()


def test_what_another_writes_is_taken_up_when_all_of_it_is_there(catalog: OpenCatalog) -> None:
    save(catalog, "1", "a.1", "Der Schlüssel liegt vor der Tür.")
    before = catalog.path.read_bytes()
    with writing(catalog.project.root):
        edit_outside(catalog, "unter der Matte", "unterm Blumentopf")
        catalog.changes(catalog.revision)
        catalog.path.write_bytes(before)  # it was broken off, and all is as it was
    catalog.changes(catalog.revision)
    assert (target(catalog, "a.1"), catalog.conflicts()) == ("Der Schlüssel liegt vor der Tür.", {})


def test_an_edit_of_the_same_row_keeps_both_texts_until_a_person_decides(letter: Project) -> None:
    with opened(letter) as catalog:
        save(catalog, "1", "a.1", "Der Schlüssel liegt vor der Tür.")
        edit_outside(catalog, "unter der Matte", "unterm Blumentopf")
        assert "a.1" in catalog.changes(catalog.revision - 1).rows
        assert target(catalog, "a.1") == "Der Schlüssel liegt unterm Blumentopf."
        assert catalog.conflicts()["a.1"].texts == ("Der Schlüssel liegt vor der Tür.",)
    for _ in range(2):
        with opened(letter) as catalog:
            conflict = catalog.conflicts()["a.1"]
            assert (conflict.user, conflict.texts) == ("Leyla", ("Der Schlüssel liegt vor der Tür.",))
    with opened(letter) as catalog:
        assert catalog.settle("a.1", "2", "Leyla").result == "saved"
        assert not catalog.conflicts()
    with opened(letter) as catalog:
        assert not catalog.conflicts()


def test_a_conflict_that_was_settled_stays_settled_after_a_crash(letter: Project, tmp_path: Path) -> None:
    with opened(letter) as catalog:
        save(catalog, "0", "a.1", "Der Schlüssel liegt im Flur.")
        save(catalog, "1", "a.1", "Der Schlüssel liegt vor der Tür.")
        edit_outside(catalog, "unter der Matte", "unterm Blumentopf")
        catalog.changes(0)
        catalog.settle("a.1", "2", "Leyla")
        with opened(after_crash(letter, tmp_path / "crashed")) as found:
            assert not found.conflicts()


def test_work_on_top_of_an_edit_from_outside_survives_a_crash(letter: Project, tmp_path: Path) -> None:
    with opened(letter) as catalog:
        save(catalog, "1", "a.1", "Der Schlüssel liegt vor der Tür.")
        edit_outside(catalog, "unter der Matte", "unterm Blumentopf")
        catalog.changes(0)
        assert save(catalog, "2", "a.1", "Der Schlüssel liegt unter dem Topf.").result == "saved"
        with opened(after_crash(letter, tmp_path / "crashed")) as found:
            assert stands(found) == stands(catalog)
            assert found.conflicts() == catalog.conflicts()


def test_a_second_edit_from_outside_shows_the_latest_text_and_forgets_neither(letter: Project) -> None:
    with opened(letter) as catalog:
        for number, place in enumerate(("vor der Tür", "im Flur")):
            save(catalog, str(number), "a.1", f"Der Schlüssel liegt {place}.")
            old = "unter der Matte" if number == 0 else "draußen 0"
            edit_outside(catalog, old, f"draußen {number}")
            catalog.changes(0)
        assert catalog.conflicts()["a.1"].texts == ("Der Schlüssel liegt im Flur.",)
        catalog.settle("a.1", "s", "Leyla")
        assert catalog.conflicts()["a.1"].texts == ("Der Schlüssel liegt vor der Tür.",)
        catalog.settle("a.1", "t", "Leyla")
        assert not catalog.conflicts()


def test_our_own_edit_in_the_file_is_no_edit_from_outside(catalog: OpenCatalog) -> None:
    """A command of ours may bring the file up to the journal while the server runs."""
    save(catalog, "1", "a.1", "Der Schlüssel liegt vor der Tür.")
    save(catalog, "2", "a.1", "Der Schlüssel liegt im Flur.")
    edit_outside(catalog, "liegt unter der Matte", "liegt vor der Tür")
    catalog.changes(0)
    assert not catalog.conflicts()
    assert target(catalog, "a.1") == "Der Schlüssel liegt im Flur."


def test_a_file_that_another_program_gave_a_smaller_charset_keeps_our_text_as_a_conflict(catalog: OpenCatalog) -> None:
    save(catalog, "1", "c.1", "Bis Freitag – 10 Uhr.")
    catalog.comment("a.1", "siehe Nərgiz", "2", "Leyla")
    save(catalog, "3", "a.1", "Der Schlüssel.")
    text = catalog.path.read_text().replace("charset=UTF-8", "charset=ISO-8859-1")
    catalog.path.write_bytes(text.replace("\u2060", "?").encode("latin-1"))
    catalog.changes(0)
    assert target(catalog, "c.1") == ""
    assert catalog.conflicts()["c.1"].texts == ("Bis Freitag – 10 Uhr.",)
    catalog.checkpoint()
    assert (catalog.unsaved, catalog.problem) == (0, "")
    assert "Der Schlüssel." in catalog.path.read_text("latin-1")


def test_a_file_that_cannot_be_read_is_said_and_never_overwritten(catalog: OpenCatalog) -> None:
    good = catalog.path.read_bytes()
    save(catalog, "1", "c.1", "Bis Freitag.")
    for broken in (b'msgid "no end', b"", b'msgid "x"\nmsgstr "y"\n'):
        catalog.path.write_bytes(broken)
        assert "what you save is kept" in catalog.changes(0).problem
        assert save(catalog, f"2 {broken!r}", "c.1", "Bis morgen.").result == "saved"
        catalog.checkpoint()
        assert catalog.path.read_bytes() == broken
        catalog.path.write_bytes(good)
        assert catalog.changes(0).problem == ""
    catalog.checkpoint()
    assert "Bis morgen." in catalog.path.read_text()


def test_a_file_that_is_away_for_a_while_is_said_and_not_made_anew(catalog: OpenCatalog) -> None:
    save(catalog, "1", "c.1", "Bis Freitag.")
    folder = catalog.path.parent
    away = folder.rename(folder.with_name("away"))
    assert "what you save is kept" in catalog.changes(0).problem
    catalog.checkpoint()
    assert not folder.exists()
    folder.write_text("another branch has a file here")
    assert "what you save is kept" in catalog.changes(0).problem
    catalog.checkpoint()
    folder.unlink()
    away.rename(folder)
    catalog.checkpoint()
    assert "Bis Freitag." in catalog.path.read_text()


def test_a_file_that_lost_the_sentence_keeps_its_text_as_a_conflict(catalog: OpenCatalog) -> None:
    save(catalog, "1", "c.1", "Bis Freitag.")
    text = catalog.path.read_text()
    catalog.path.write_text(text[: text.index("#. para\n#: letter.txt#c.1")])
    found = catalog.changes(catalog.revision)
    assert found.reload
    assert catalog.row("c.1") is None
    assert [record.texts for record in catalog.conflicts().values()] == [("Bis Freitag.",)]
    (homeless,) = catalog.changes(catalog.revision).homeless
    assert (homeless.row, homeless.texts) == ("c.1", ("Bis Freitag.",))
    assert catalog.settle("c.1", "2", "Leyla").result == "saved"
    assert catalog.changes(catalog.revision).homeless == []


def test_clients_load_anew_when_sentences_change_or_they_know_another_run(letter: Project) -> None:
    with opened(letter) as catalog:
        revision = catalog.revision
        assert not catalog.changes(revision).reload
        assert catalog.changes(revision - 1).reload
        assert catalog.changes(revision + 1).reload
        text = catalog.path.read_text()
        catalog.path.write_text(text[: text.index("#. para\n#: letter.txt#c.1")])
        assert catalog.changes(revision).reload
        assert not catalog.changes(catalog.revision).reload


def test_who_is_at_work_is_told_to_the_others_for_a_while(letter: Project) -> None:
    clock = Clock()
    catalog = OpenCatalog(letter, *DE, clock)
    catalog.changes(0, "tab-1", "Leyla", "a.1")
    (other,) = catalog.changes(0, "tab-2", "Ömer", "c.1").present
    assert (other.user, other.row) == ("Leyla", "a.1")
    clock.seconds += 16
    assert catalog.changes(0, "tab-2", "Ömer", "c.1").present == []
    catalog.close()


def test_an_entry_without_a_name_is_still_reviewed_and_its_journal_read_again(letter: Project) -> None:
    path = letter.catalog_path(*DE)
    path.write_text(path.read_text().replace("#: letter.txt#c.1\n", ""))
    with opened(letter) as catalog:
        save(catalog, "1", "", "Bis Freitag.")
    with opened(letter) as catalog:
        assert target(catalog, "") == "Bis Freitag."


# --- one writer -----------------------------------------------------------------------------------------------------

HOLD = """
import sys, time
from pathlib import Path
from workflow.open_catalog import OpenCatalog
from workflow.project import open_project
catalog = OpenCatalog(open_project(Path(sys.argv[1])), "letter.txt", "de", time.time)
print("open", flush=True)
sys.stdin.read()
"""


def test_a_catalog_has_one_writer_and_a_killed_one_leaves_no_lock(letter: Project) -> None:
    command = [sys.executable, "-c", HOLD, str(letter.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(BusyError, match="is open in another"):
            OpenCatalog(letter, *DE, Clock())
        with opened(letter, language="fa"):
            pass
        other.kill()
        other.wait()
        with opened(letter) as catalog:
            assert len(catalog) == 4


def test_a_catalog_that_cannot_be_opened_is_not_held(letter: Project) -> None:
    path = letter.catalog_path(*DE)
    good = path.read_bytes()
    path.write_bytes(b"broken")
    for _ in range(2):
        with pytest.raises(Exception, match=r"letter\.txt\.po"):
            OpenCatalog(letter, *DE, Clock())
    path.write_bytes(good)
    journal = journal_path(letter, *DE)
    journal.write_bytes(b"damage\n")
    with pytest.raises(ProjectError, match="is damaged"):
        OpenCatalog(letter, *DE, Clock())
    journal.unlink()
    with opened(letter) as catalog:
        assert len(catalog) == 4


def test_a_message_is_named_by_its_text_wherever_it_stands(letter: Project) -> None:
    with opened(software(letter, CUPS), "app.pot") as catalog:
        entry = catalog.entry(catalog.rows()[1].id)
        assert entry is not None
        assert message_id(entry) == catalog.rows()[1].id
