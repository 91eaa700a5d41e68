"""The overview: how every document stands, and what is to be done next, the most doubtful first."""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from subprocess import run

import pytest
from click.testing import CliRunner

from locales import State
from workflow import progress_history as past
from workflow.cli import main
from workflow.decisions import Decision
from workflow.journal import journal_path
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation
from workflow.overview import Standing, Task, next_steps, overview
from workflow.progress_history import progress_history
from workflow.project import Project
from workflow.records import Alignment, BeadRecord, write_alignment
from workflow.store import save_files

DE = ("letter.txt", "de")
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "a@example.org"}


def align(project: Project, *beads: BeadRecord) -> None:
    save_files({project.alignment_path(*DE): write_alignment(Alignment("", "", beads))})


def german(project: Project) -> Standing:
    return overview(project)[0]


def commit(project: Project, day: str) -> None:
    when = f"{day}T12:00:00"
    names = GIT | {"GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_COMMITTER_DATE": when}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Work", "--date", when]):
        run(["git", "-C", str(project.root), *command], check=True, env=os.environ | names)


def confirm(project: Project, row: str, day: date) -> None:
    """Confirm a row under review, on this day."""
    noon = (day - date(1970, 1, 1)).days * 86_400.0 + 43_200
    catalog = OpenCatalog(project, *DE, lambda: noon)
    now = catalog.row(row)
    assert now is not None
    catalog.apply([Operation(f"{row} {day}", row, now.base, Decision(now.texts, State.TRANSLATED))], "Leyla")
    catalog.close()


def counts(states: Mapping[State, int]) -> list[int]:
    return [states.get(state, 0) for state in State]


def test_every_document_stands_in_every_language(letter: Project) -> None:
    found = overview(letter)
    assert [(each.document, each.language) for each in found] == [("letter.txt", "de"), ("letter.txt", "fa")]
    assert found[0].status is not None
    assert counts(found[0].status.states) == [1, 1, 3, 0]


def test_what_waits_is_named_with_the_row_to_begin_with(letter: Project) -> None:
    assert [(step.task, step.count, step.row, step.text) for step in german(letter).steps] == [
        (Task.DRAFT, 1, "a.2", "Please water the plants."),
        (Task.UNTRANSLATED, 1, "c.1", "See you on Friday."),
    ]


def test_a_doubtful_bead_waits_until_somebody_confirms_it_or_its_translation(letter: Project) -> None:
    doubtful = BeadRecord(("a.2",), ("x.2",), 0.7)
    align(letter, BeadRecord(("a.1",), ("x.1",), 0.65), doubtful)
    (step, *_) = next_steps([german(letter)])
    assert (step.task, step.count, step.row, step.confidence) == (Task.DOUBTFUL, 2, "a.2", 0.7)
    align(letter, BeadRecord(("a.1",), ("x.1",), 0.65), BeadRecord(("a.2",), ("x.2",), 0.7, "Leyla"))
    assert Task.DOUBTFUL not in [step.task for step in german(letter).steps]


def test_texts_that_hardly_belong_together_come_first(letter: Project) -> None:
    align(letter, BeadRecord(("a.1",), ("x.1",), 0.3), BeadRecord(("a.2",), ("x.2",), 0.2))
    assert next_steps(overview(letter))[0].task is Task.UNLIKELY


def test_a_broken_bead_comes_before_drafts(letter: Project) -> None:
    path = letter.catalog_path(*DE)
    path.write_text(path.read_text(encoding="utf-8").replace("im Frühling und blieb", "im Herbst"), encoding="utf-8")
    assert [step.task for step in next_steps([german(letter)])][:2] == [Task.BROKEN, Task.DRAFT]


def test_a_file_that_changed_is_read_again(letter: Project) -> None:
    before = german(letter)
    assert german(letter) is before
    confirm(letter, "a.2", date(2026, 3, 2))
    assert [step.task for step in german(letter).steps] == [Task.UNTRANSLATED]


def test_a_broken_catalog_keeps_no_other_from_being_shown(letter: Project) -> None:
    letter.catalog_path(*DE).write_text('msgid "', encoding="utf-8")
    broken, sound = overview(letter)
    assert broken.status is None
    assert "letter.txt.po" in broken.problem
    assert sound.status is not None
    letter.catalog_path(*DE).unlink()
    assert "run `hexapla segment letter.txt`" in german(letter).problem


def test_progress_is_read_from_git_day_by_day(letter: Project) -> None:
    commit(letter, "2026-03-01")
    confirm(letter, "a.2", date(2026, 3, 2))
    commit(letter, "2026-03-03")
    now = {State.UNTRANSLATED: 5, State.TRANSLATED: 5}
    history = progress_history(letter, now, date(2026, 3, 9))
    assert history.committed
    assert history.whole
    assert [(each.day.day, counts(each.states), each.origin) for each in history.days] == [
        (1, [6, 1, 3, 0], "git"),
        (3, [6, 0, 4, 0], "git"),
        (9, [5, 0, 5, 0], "now"),
    ]


def test_without_git_the_journal_tells(letter: Project) -> None:
    confirm(letter, "a.2", date(2026, 3, 2))
    history = progress_history(letter, {State.UNTRANSLATED: 6, State.TRANSLATED: 4}, date(2026, 3, 9))
    assert not history.committed
    assert [(each.day.day, counts(each.states), each.origin) for each in history.days] == [
        (2, [6, 0, 4, 0], "journal"),
        (9, [6, 0, 4, 0], "now"),
    ]


def test_the_journal_tells_of_the_days_after_the_last_commit(letter: Project) -> None:
    commit(letter, "2026-03-01")
    confirm(letter, "a.2", date(2026, 3, 4))
    history = progress_history(letter, {State.UNTRANSLATED: 6, State.TRANSLATED: 4}, date(2026, 3, 9))
    assert [(each.day.day, each.origin) for each in history.days] == [(1, "git"), (4, "journal"), (9, "now")]


def test_a_long_history_is_read_from_its_end_part_by_part(letter: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2, 3):
        for language in letter.targets:
            path = letter.catalog_path("letter.txt", language)
            path.write_bytes(path.read_bytes() + f'\n#~ msgid "{number} {language}"\n#~ msgstr ""\n'.encode())
        commit(letter, f"2026-03-0{number}")
    monkeypatch.setattr(past, "BYTES", 1)
    answers = [progress_history(letter, {}, date(2026, 3, 9)) for _ in range(6)]
    days = [[each.day.day for each in answer.days] for answer in answers]
    assert days == [[9], [3, 9], [3, 9], [2, 3, 9], [2, 3, 9], [1, 2, 3, 9]]
    assert [answer.whole for answer in answers] == [False] * 5 + [True]
    assert all(answer.committed for answer in answers)


def test_a_day_on_which_a_catalog_was_broken_is_left_out(letter: Project) -> None:
    path = letter.catalog_path(*DE)
    sound = path.read_bytes()
    path.write_text('msgid "', encoding="utf-8")
    commit(letter, "2026-03-01")
    path.write_bytes(sound)
    commit(letter, "2026-03-02")
    assert [each.day.day for each in progress_history(letter, {}, date(2026, 3, 9)).days] == [2, 9]


@pytest.mark.parametrize("repository", ["none", "empty", "damaged"])
def test_a_repository_without_a_commit_says_nothing(letter: Project, repository: str) -> None:
    if repository == "empty":
        run(["git", "-C", str(letter.root), "init", "-q"], check=True)
    if repository == "damaged":
        (letter.root / ".git").mkdir()
    today = date(2026, 3, 9)
    assert [each.origin for each in progress_history(letter, {State.DRAFT: 2}, today).days] == ["now"]
    assert not journal_path(letter, *DE).exists()


def test_settings_of_git_run_no_program(letter: Project, tmp_path: Path) -> None:
    commit(letter, "2026-03-01")
    trace = tmp_path / "ran"
    for key in ("gpg.program", "core.pager", "core.fsmonitor"):
        run(["git", "-C", str(letter.root), "config", key, f"touch {trace}"], check=True)
    run(["git", "-C", str(letter.root), "config", "log.showSignature", "true"], check=True)
    progress_history(letter, {}, date(2026, 3, 9))
    assert not trace.exists()


def test_the_command_lists_what_comes_next(letter: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(letter.root)
    found = CliRunner().invoke(main, ["status", "--next", "--lang", "de"])
    assert found.exit_code == 0
    assert [line.split() for line in found.output.splitlines()][1:] == [
        ["draft", "letter.txt", "de", "1", "a.2", "0.87"],
        ["untranslated", "letter.txt", "de", "1", "c.1"],
    ]
    steps = json.loads(CliRunner().invoke(main, ["status", "--next", "--lang", "fa", "--json"]).output)
    assert [(step["task"], step["count"], step["text"]) for step in steps] == [
        ("untranslated", 5, "The key is under the mat.")
    ]
    letter.catalog_path(*DE).write_text('msgid "', encoding="utf-8")
    assert CliRunner().invoke(main, ["status", "--next"]).exit_code == 3
