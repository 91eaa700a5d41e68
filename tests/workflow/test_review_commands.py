"""What the editor does, done with commands: find, edit, replace, history, undo, confirm."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from locales import State
from workflow.cli import main
from workflow.project import Project
from workflow.rows import Row, rows
from workflow.session import Session

Run = Callable[..., Result]


@pytest.fixture
def run(letter: Project, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(letter.root)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def row(project: Project, name: str) -> Row:
    return next(row for row in rows(project, "letter.txt", "de") if row.id == name)


def found(result: Result) -> list[str]:
    return [each["row"] for each in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("state:draft", ["a.2"]),
        ("state:todo", ["a.2", "c.1"]),
        ("-state:todo", ["a.1", "b.1"]),
        ("confidence:<0.9", ["a.2"]),
        ("MATTE", ["a.1"]),
        ('source:"in spring"', ["b.1"]),
        ("target:in", ["b.1"]),
        ("id:b.2", ["b.1"]),
        ("/^(The|See)/", ["a.1", "c.1"]),
        ("nowhere", []),
    ],
)
def test_find_prints_what_the_query_says(run: Run, query: str, ids: list[str]) -> None:
    assert found(run("find", query, "--lang", "de", "--json")) == ids


def test_find_begins_with_the_least_sure_when_asked(run: Run) -> None:
    shown = json.loads(run("find", "state:draft sort:confidence", "--json").stdout)
    everything = json.loads(run("find", "sort:confidence", "--lang", "de", "--json").stdout)
    for rows_shown in (shown, everything):
        confidences = [2.0 if each["confidence"] is None else each["confidence"] for each in rows_shown]
        assert confidences == sorted(confidences)
    assert everything[0]["row"] == "a.2"


@pytest.mark.parametrize("query", ["state:drift", "changed:yesterday", "confidence:much", "is:odd", "/(/", 'a "b'])
def test_a_query_that_cannot_be_understood_is_said_in_one_sentence(run: Run, query: str) -> None:
    done = run("find", query)
    assert done.exit_code == 3
    assert done.stderr.startswith("hexapla: ")


def test_edit_confirms_a_text_and_undo_takes_it_back(run: Run, letter: Project) -> None:
    before = letter.catalog_path("letter.txt", "de").read_bytes()
    done = run("edit", "letter.txt", "c.1", "--lang", "de", "--text", "Bis Freitag.")
    assert (row(letter, "c.1").target, row(letter, "c.1").state) == ("Bis Freitag.", State.TRANSLATED)
    operation = done.stderr.split("`hexapla undo ")[1].split("`")[0]
    assert run("undo", operation).exit_code == 0
    assert letter.catalog_path("letter.txt", "de").read_bytes() == before


def test_edit_leaves_a_sentence_out_approves_and_comments(run: Run, letter: Project) -> None:
    assert run("edit", "letter.txt", "c.1", "--lang", "de", "--omit").exit_code == 0
    assert row(letter, "c.1").omitted
    assert (
        run("edit", "letter.txt", "a.1", "--lang", "de", "--state", "approved", "--comment", "Gut so.").exit_code == 0
    )
    assert row(letter, "a.1").state is State.APPROVED
    assert row(letter, "a.1").comments == ("Gut so.",)


@pytest.mark.parametrize(
    "arguments",
    [
        ("edit", "letter.txt", "z.9", "--lang", "de", "--state", "translated"),
        ("edit", "letter.txt", "c.1", "--lang", "de", "--state", "translated"),
        ("edit", "letter.txt", "a.1", "--lang", "de", "--text", "Eins.", "--text", "Zwei."),
        ("replace", "(", "x", "--regex"),
        ("replace", "", "x"),
        ("replace", "(?P<a>Matte)", r"\2", "--regex"),
        ("undo", "nothing"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    run: Run, letter: Project, arguments: tuple[str, ...]
) -> None:
    before = letter.catalog_path("letter.txt", "de").read_bytes()
    done = run(*arguments)
    assert done.exit_code == 3
    assert len(done.stderr.splitlines()) == 1
    assert letter.catalog_path("letter.txt", "de").read_bytes() == before


def test_replace_shows_first_and_is_taken_back_as_one(run: Run, letter: Project) -> None:
    before = letter.catalog_path("letter.txt", "de").read_bytes()
    shown = run("replace", "die", "jene", "--lang", "de", "--dry-run")
    assert "[-die-]{+jene+} Blumen" in shown.stdout
    assert letter.catalog_path("letter.txt", "de").read_bytes() == before
    done = run("replace", "(der|die) (M|B)", r"\1 schöne \2", "--regex", "--lang", "de")
    assert row(letter, "a.1").target == "Der Schlüssel liegt unter der schöne Matte."
    assert row(letter, "a.1").state is State.TRANSLATED
    assert row(letter, "a.2").state is State.DRAFT
    group = done.stderr.split("`hexapla undo ")[1].split("`")[0]
    assert run("undo", group).exit_code == 0
    assert letter.catalog_path("letter.txt", "de").read_bytes() == before


def test_undo_leaves_what_was_changed_since_and_says_so(run: Run, letter: Project) -> None:
    done = run("replace", "e", "E", "--case", "--lang", "de")
    group = done.stderr.split("`hexapla undo ")[1].split("`")[0]
    run("edit", "letter.txt", "a.1", "--lang", "de", "--text", "Der Schlüssel liegt im Topf.")
    taken_back = run("undo", group)
    assert taken_back.exit_code == 1
    assert row(letter, "a.1").target == "Der Schlüssel liegt im Topf."
    assert row(letter, "a.2").target == "Bitte gieß die Blumen."


def test_history_names_who_did_what_the_latest_first(run: Run) -> None:
    run("edit", "letter.txt", "c.1", "--lang", "de", "--text", "Bis Freitag.")
    run("edit", "letter.txt", "c.1", "--lang", "de", "--text", "Bis Montag.")
    steps = json.loads(run("history", "letter.txt", "c.1", "--lang", "de", "--json").stdout)
    assert [step["diff"] for step in steps] == [
        [["same", "Bis "], ["removed", "Freitag"], ["added", "Montag"], ["same", "."]],
        [["added", "Bis Freitag."]],
    ]
    assert "{+Montag+}" in run("history", "letter.txt", "c.1", "--lang", "de").stdout


def test_confirm_takes_what_a_query_finds(run: Run, letter: Project) -> None:
    assert run("confirm", "--lang", "de").exit_code == 2
    assert run("confirm", "--lang", "de", "--query", "source:plants").exit_code == 0
    assert row(letter, "a.2").state is State.TRANSLATED


def test_confirming_many_is_history_and_is_taken_back_as_one(run: Run, letter: Project) -> None:
    before = row(letter, "a.2")
    dry = json.loads(run("confirm", "--lang", "de", "--min-confidence", "0", "--dry-run", "--json").stdout)
    assert row(letter, "a.2") == before
    done = run("confirm", "--lang", "de", "--min-confidence", "0", "--json")
    assert json.loads(done.stdout) == dry == [{"document": "letter.txt", "language": "de", "confirmed": 1, "left": 0}]
    (step,) = json.loads(run("history", "letter.txt", "a.2", "--lang", "de", "--json").stdout)
    assert step["state"] == "translated"
    plain = run("confirm", "--lang", "de", "--min-confidence", "0")
    assert "takes it back" not in plain.stderr
    run("undo", step["operation"])
    assert row(letter, "a.2") == before
    assert "takes it back" in run("confirm", "--lang", "de", "--min-confidence", "0").stderr


def test_a_catalog_open_in_the_browser_is_not_edited_by_a_command(run: Run, letter: Project) -> None:
    with Session(letter) as session:
        session.open("letter.txt", "de")
        done = run("edit", "letter.txt", "c.1", "--lang", "de", "--text", "Bis Freitag.")
        assert done.exit_code == 3
        assert "is open in another hexapla, a command or a page; wait" in done.stderr
        assert found(run("find", "state:draft", "--lang", "de", "--json")) == ["a.2"]


SERVE = """
import sys
from pathlib import Path
from ui.running import serving
from workflow.project import open_project
from workflow.session import Session
project = open_project(Path(sys.argv[1]))
with serving(project.root, 8765), Session(project) as session:
    session.open("letter.txt", "de")
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    "command",
    [
        ["edit", "letter.txt", "c.1", "--lang", "de", "--text", "Bis Freitag."],
        ["replace", "Matte", "Tür", "--lang", "de"],
        ["confirm", "--lang", "de", "--min-confidence", "0"],
        ["segment", "letter.txt", "--join", "a.1"],
    ],
)
def test_a_command_says_which_page_has_the_catalog_open(run: Run, letter: Project, command: list[str]) -> None:
    serve = [sys.executable, "-c", SERVE, str(letter.root)]
    with subprocess.Popen(serve, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "open\n"
        done = run(*command)
        server.communicate("")
    assert done.exit_code == 3
    assert f"`hexapla review` (http://127.0.0.1:8765, process {server.pid}); do this on its pages" in done.stderr


def test_help_says_that_a_cut_names_tags(run: Run) -> None:
    assert "with its inline tags" in " ".join(run("segment", "--help").stdout.split())
