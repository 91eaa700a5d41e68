"""The open catalogs of a project: the writer behind them, and the commands that find a server's work."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner

from locales import LocalesError, State
from workflow.cli import main
from workflow.decisions import Decision
from workflow.errors import BusyError, ProjectError
from workflow.journal import is_settled, journal_path
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation
from workflow.project import Project
from workflow.rows import rows
from workflow.session import Session, recover

DE = ("letter.txt", "de")


def save(catalog: OpenCatalog, row: str, text: str) -> None:
    now = catalog.row(row)
    assert now is not None
    wanted = Operation(f"{row} {text}", row, now.base, Decision((text,), State.TRANSLATED))
    assert [outcome.result for outcome in catalog.apply([wanted], "Leyla")] == ["saved"]


def target(project: Project, row: str) -> str:
    """What the file has."""
    return next(each.target for each in rows(project, *DE) if each.id == row)


class Written(Event):
    """Set as soon as a catalog file is replaced."""

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> "Written":
        checkpoint = OpenCatalog.checkpoint

        def watched(catalog: OpenCatalog) -> None:
            checkpoint(catalog)
            self.set()

        monkeypatch.setattr(OpenCatalog, "checkpoint", watched)
        return self


def test_a_catalog_is_opened_once(letter: Project) -> None:
    with Session(letter) as session:
        assert session.open(*DE) is session.open(*DE)
        assert session.open("letter.txt", "fa") is not session.open(*DE)


@pytest.mark.parametrize(
    ("document", "language"), [("none.txt", "de"), ("letter.txt", "ru"), ("../letter.txt", "de"), ("", "")]
)
def test_what_is_not_in_the_project_is_not_opened(letter: Project, document: str, language: str) -> None:
    with Session(letter) as session, pytest.raises((ProjectError, LocalesError)):
        session.open(document, language)


def test_the_file_is_written_behind_who_saves(letter: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Written().watch(monkeypatch)
    with Session(letter, idle=0.02, busy=0.02) as session:
        save(session.open(*DE), "c.1", "Bis Freitag.")
        assert written.wait(30)
        assert target(letter, "c.1") == "Bis Freitag."


def test_a_file_waits_until_people_pause_but_not_forever(letter: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(1_000))
    written = Written().watch(monkeypatch)
    with Session(letter, lambda: float(next(seconds)), idle=0.02, busy=5.0) as session:
        catalog = session.open(*DE)
        for number in range(200):
            save(catalog, "c.1", f"Bis Freitag {number}.")
            if written.wait(0.01):
                break
        assert written.is_set()


def test_closing_brings_every_file_up_to_its_journal(letter: Project) -> None:
    with Session(letter, idle=60, busy=60) as session:
        save(session.open(*DE), "c.1", "Bis Freitag.")
        save(session.open("letter.txt", "fa"), "c.1", "تا جمعه.")
    assert target(letter, "c.1") == "Bis Freitag."
    assert is_settled(journal_path(letter, *DE))
    with Session(letter) as session:
        row = session.open("letter.txt", "fa").row("c.1")
        assert row is not None
        assert row.target == "تا جمعه."


def test_the_writer_goes_on_after_a_catalog_that_cannot_be_written(
    letter: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Written().watch(monkeypatch)
    with Session(letter, idle=0.02, busy=0.02) as session:
        german, persian = session.open(*DE), session.open("letter.txt", "fa")
        folder = german.path.parent
        folder.rename(folder.with_name("away"))
        save(german, "c.1", "Bis Freitag.")
        written.clear()
        save(persian, "c.1", "تا جمعه.")
        while persian.unsaved:
            assert written.wait(30)
            written.clear()
        assert german.problem
        folder.with_name("away").rename(folder)
        while german.unsaved:
            assert written.wait(30)
            written.clear()
    assert target(letter, "c.1") == "Bis Freitag."


# --- after a crash, and beside a server ------------------------------------------------------------------------------

SERVER = """
import os, sys
from pathlib import Path
from locales import State
from workflow.decisions import Decision
from workflow.operations import Operation
from workflow.project import open_project
from workflow.session import Session

session = Session(open_project(Path(sys.argv[1])), idle=600, busy=600)
catalog = session.open("letter.txt", "de")
row = catalog.row("c.1")
catalog.apply([Operation("1", "c.1", row.base, Decision(("Bis Freitag.",), State.TRANSLATED))], "Leyla")
print("saved", flush=True)
if sys.stdin.read() == "":
    os._exit(9)
"""


@contextmanager
def another_server(project: Project) -> Iterator["subprocess.Popen[str]"]:
    """A process that has saved a translation of ``c.1`` and not yet written the catalog."""
    command = [sys.executable, "-c", SERVER, str(project.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n"
        yield process
        process.kill()


def test_work_of_a_server_that_crashed_is_brought_to_its_file(letter: Project) -> None:
    with another_server(letter) as server:
        server.kill()
    assert target(letter, "c.1") == ""
    assert recover(letter) == 1
    assert target(letter, "c.1") == "Bis Freitag."
    assert recover(letter) == 0


def test_work_of_a_server_that_runs_is_brought_to_its_file_and_the_server_finds_it_there(letter: Project) -> None:
    with another_server(letter) as server:
        with pytest.raises(BusyError):
            Session(letter).open(*DE)
        assert recover(letter) == 1
        assert target(letter, "c.1") == "Bis Freitag."
        server.kill()
    recover(letter)
    with Session(letter) as session:
        assert not session.open(*DE).conflicts()


def test_a_project_that_was_never_reviewed_in_a_browser_has_nothing_to_recover(letter: Project) -> None:
    assert recover(letter) == 0
    assert not (letter.root / ".hexapla" / "journal").exists()


@pytest.mark.parametrize(
    "command",
    [("status", "--json"), ("compile",), ("compile", "."), ("confirm", "--min-confidence", "0.99"), ("find", "Friday")],
)
def test_a_command_finds_the_work_of_a_server_that_crashed(
    letter: Project, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    with another_server(letter) as server:
        server.kill()
    monkeypatch.chdir(letter.root)
    done = CliRunner().invoke(main, list(command))
    assert done.exit_code in (0, 1), done.output
    assert target(letter, "c.1") == "Bis Freitag."


def test_status_counts_what_a_server_saved_a_moment_ago(letter: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(letter.root)
    translated: Callable[[], int] = lambda: json.loads(  # noqa: E731
        CliRunner().invoke(main, ["status", "letter.txt", "--lang", "de", "--json"]).stdout
    )[0]["states"]["translated"]
    before = translated()
    with another_server(letter):
        assert translated() == before + 1


def test_a_damaged_journal_stops_a_command_with_one_sentence(letter: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = journal_path(letter, *DE)
    journal.parent.mkdir(parents=True)
    journal.write_bytes(b"damage\n")
    monkeypatch.chdir(Path(letter.root))
    done = CliRunner().invoke(main, ["status"])
    assert done.exit_code == 3
    assert "is damaged; move the journal away" in done.stderr
    assert journal.read_bytes() == b"damage\n"
