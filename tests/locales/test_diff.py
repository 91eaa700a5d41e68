"""What changed between two catalogs, by entry and word by word, in the terminal and as JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from locales import WORD_JOINER, Catalog, Fact, Fields, fact_digest, new_catalog, new_entry
from locales.diff import Change, Kind, Piece, diff_catalogs, word_diff, words
from workflow.cli import main


def catalog(*entries: Fields, header: dict[str, str] | None = None) -> Catalog:
    return new_catalog("de", [new_entry(**entry) for entry in entries], header=header or {})


def marked(pieces: tuple[Piece, ...]) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


def changes(old: Catalog, new: Catalog) -> list[tuple[str, str]]:
    return [(change.entry.msgid, "+".join(change.kinds)) for change in diff_catalogs(old, new)]


def only(old: Catalog, new: Catalog) -> Change:
    (change,) = diff_catalogs(old, new)
    return change


HOUSE: Fields = {"msgid": "The house is blue.", "msgstr": "Das Haus ist blau."}
DOOR: Fields = {"msgid": "The door is open.", "msgstr": "Die Tür ist offen."}


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("Das Haus ist blau.", "Das Haus ist grün.", "Das Haus ist [-blau-]{+grün+}."),
        ("the cat sleeps", "a dog sleeps", "[-the cat-]{+a dog+} sleeps"),
        ("東京へ行く", "京都へ行く", "[-東-]京{+都+}へ行く"),
        ("ฉันรักแมว", "ฉันรักหมา", "ฉันรัก[-แ-]{+ห+}ม[-ว-]{+า+}"),
        ("मैं घर गया", "मैं घर गई", "मैं घर [-गया-]{+गई+}"),
        ("کتاب‌ها آمد", "کتاب‌ها رفت", "کتاب‌ها [-آمد-]{+رفت+}"),
        ("hi 👩‍👧", "hi 👩🏽‍👧", "hi [-👩‍👧-]{+👩🏽‍👧+}"),
        ("Wait.", "Wait!", "Wait[-.-]{+!+}"),
        ("", "new", "{+new+}"),
        ("a  b", "a b", "a[-  -]{+ +}b"),
    ],
)
def test_words_that_differ_are_marked(old: str, new: str, pieces: str) -> None:
    assert marked(word_diff(old, new)) == pieces


@given(st.text(), st.text())
def test_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    assert "".join(words(old)) == old


def test_equal_catalogs_differ_in_nothing_whatever_their_order_and_references() -> None:
    moved: Fields = {**HOUSE, "references": ("a.txt:12",)}
    assert not diff_catalogs(catalog(HOUSE, DOOR), catalog(DOOR, moved))


def test_what_came_and_went_stands_where_it_is_or_was() -> None:
    new: Fields = {"msgid": "New.", "msgstr": "Neu."}
    last: Fields = {"msgid": "End."}
    assert changes(catalog(HOUSE, DOOR, last), catalog(new, HOUSE, last)) == [
        ("New.", "added"),
        ("The door is open.", "removed"),
    ]


def test_a_text_a_state_and_comments_are_three_changes() -> None:
    new: Fields = {**HOUSE, "msgstr": "Das Haus ist grün.", "flags": ("fuzzy", "no-wrap"), "comments": ("sure?",)}
    change = only(catalog({**HOUSE, "extracted": ("heading",)}), catalog(new))
    assert change.kinds == (Kind.TEXT, Kind.STATE, Kind.COMMENTS)
    assert (change.old_state, change.new_state) == ("translated", "draft")
    assert change.comments == (
        Piece("removed", "#. heading"),
        Piece("added", "# sure?"),
        Piece("added", "#, no-wrap"),
    )


def test_a_changed_source_is_found_by_its_previous_text_or_by_its_place() -> None:
    old: Fields = {**HOUSE, "references": ("a#1",)}
    new: Fields = {"msgid": "The house is red.", "msgstr": HOUSE["msgstr"], "flags": ("fuzzy",)}
    for mark in ({"previous_msgid": HOUSE["msgid"]}, {"references": ("a#1",)}):
        change = only(catalog(old), catalog({**new, **mark}))  # type: ignore[typeddict-item]
        assert change.kinds == (Kind.SOURCE, Kind.STATE)
        assert marked(change.source[0]) == "The house is [-blue-]{+red+}."


def test_every_plural_form_is_compared() -> None:
    old: Fields = {"msgid": "a day", "msgid_plural": "days", "msgstr_plural": {0: "ein Tag", 1: "Tage"}}
    change = only(catalog(old), catalog({**old, "msgstr_plural": {0: "ein Tag", 1: "die Tage"}}))
    assert [marked(pieces) for pieces in change.texts] == ["ein Tag", "{+die +}Tage"]


def test_an_entry_that_becomes_obsolete_changes_its_state() -> None:
    assert only(catalog(HOUSE), catalog({**HOUSE, "obsolete": True})).new_state == "obsolete"


def test_a_bead_that_is_approved_as_a_whole_is_approved() -> None:
    pairs = [(HOUSE["msgid"], "Beides."), (DOOR["msgid"], WORD_JOINER)]
    digest = fact_digest(pairs)

    def bead(*facts: Fact) -> Catalog:
        cont = Fact("cont", (), digest)
        first: Fields = {"msgid": pairs[0][0], "msgstr": pairs[0][1], "facts": facts}
        return catalog(first, {"msgid": pairs[1][0], "msgstr": pairs[1][1], "facts": (cont, *facts)})

    found = diff_catalogs(bead(), bead(Fact("approved", ("ada",), digest)))
    assert [(change.old_state, change.new_state) for change in found] == [("translated", "approved")] * 2


def test_a_header_field_is_a_change_of_the_entry_without_a_source() -> None:
    assert changes(catalog(HOUSE), catalog(HOUSE, header={"Language-Team": "Nord"})) == [("", "text")]


# The command


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.po").write_bytes(catalog(HOUSE, DOOR).to_bytes())
    new: Fields = {**HOUSE, "msgstr": "Das Haus\n\x1b[31mist grün.", "flags": ("fuzzy",)}
    (tmp_path / "b.po").write_bytes(catalog(new).to_bytes())
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments], input=stdin)


def test_the_command_marks_words_and_shows_what_a_terminal_would_act_on(files: Path) -> None:
    done = run("a.po", "b.po")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "b.po:10: text, state",
        "  msgid The house is blue.",
        "  state translated -> draft",
        "  msgstr Das Haus[- ist blau-]{+\\n<U+001B>[31mist grün+}.",
        "a.po:12: removed",
        "  msgid [-The door is open.-]",
        "  state translated",
        "  msgstr [-Die Tür ist offen.-]",
    ]


def test_the_command_colours_words_on_a_terminal_instead_of_marking_them(files: Path) -> None:
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals")
    terminal, output = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "workflow.cli", "diff", "a.po", "b.po"]
    assert subprocess.run(command, stdout=output, env=environment, check=False).returncode == 1
    os.close(output)
    shown = os.read(terminal, 10_000)
    os.close(terminal)
    assert b"\x1b[32m" in shown
    assert b"{+" not in shown
    assert b"<U+001B>[31m" in shown


def test_the_command_ends_with_0_where_nothing_differs_and_reads_standard_input(files: Path) -> None:
    assert (run("a.po", "a.po").exit_code, run("a.po", "a.po").output) == (0, "")
    assert run("-", "b.po", stdin=(files / "b.po").read_bytes()).exit_code == 0


def test_the_command_as_json_has_one_schema(files: Path) -> None:
    found = json.loads(run("a.po", "b.po", "--json").stdout)
    assert (found["old"], found["new"]) == ("a.po", "b.po")
    assert found["counts"] == {"added": 0, "removed": 1, "source": 0, "text": 1, "state": 1, "comments": 0}
    first, second = found["changes"]
    assert first.keys() == second.keys()
    assert (first["msgid"], first["old_line"], first["new_line"]) == (HOUSE["msgid"], 9, 10)
    assert first["source"] == [[["same", HOUSE["msgid"]]]]
    assert first["text"][0][0] == ["same", "Das Haus"]
    assert (second["new_line"], second["new_state"]) == (None, None)
    assert json.loads(run("a.po", "a.po", "--json").stdout)["changes"] == []


def test_a_file_that_cannot_be_read_is_refused(files: Path) -> None:
    (files / "c.po").write_bytes(b"<<<<<<< ours\n")
    for name in ("c.po", "none.po"):
        assert run("a.po", name).exit_code == 3


def test_texts_of_a_megabyte_are_compared_by_how_they_begin_and_end() -> None:
    """Word by word it would take minutes, and memory by the gigabyte."""
    old = " ".join(f"a{number}" for number in range(150_000))
    new = " ".join(f"b{number}" for number in range(150_000))
    assert [piece.kind for piece in word_diff(old, new)] == ["removed", "added"]
    assert marked(word_diff(f"{old} in spring {old}", f"{old} in summer {old}")).count("[-spring-]{+summer+}") == 1
    assert word_diff(old, old) == (Piece("same", old),)
