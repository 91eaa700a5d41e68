"""`hexapla update`: for a document of a project and for any pair of catalog and template."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from locales import Catalog, State, parse_catalog, read_catalog
from workflow.cli import main
from workflow.entries import Bead, beads, carry_over, follow_segments, follow_template, template, write_bead
from workflow.records import UnitRecord, read_units, write_units

Run = Callable[..., Result]

OLD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: a.py:1
msgid "Close"
msgstr "Schließen"

msgid "The door is open."
msgstr "Die Tür ist offen."

msgid "Sing a song."
msgstr "Sing ein Lied."
"""
NEW = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: a.py:7
msgid "Close"
msgstr ""

msgid "The door was open."
msgstr ""

msgid "Water the plants."
msgstr ""
"""
LETTER = "The key is under the mat. Please water the plants.\n\nThe cat sleeps upstairs.\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder with a catalog and a newer template."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.po").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.pot").write_text(NEW, encoding="utf-8")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return call


@pytest.fixture
def letter(run: Run, tmp_path: Path) -> Path:
    """Make a project with one translated document."""
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    for arguments in (("init", "-s", "en", "-t", "de"), ("add", "letter.txt")):
        done = run(*arguments)
        assert done.exit_code == 0, done.output
    path = tmp_path / "locales/de/LC_MESSAGES/letter.txt.po"
    catalog = read_catalog(path)
    for entry in catalog:
        catalog.translate(entry, entry.msgid.upper())
        catalog.approve(entry, "ada")
    catalog.save()
    return tmp_path


def states(path: Path) -> dict[str, State]:
    return {entry.msgid: entry.state for entry in read_catalog(path) if not entry.obsolete}


def test_a_catalog_is_updated_to_standard_output(run: Run, tmp_path: Path) -> None:
    done = run("update", "old.po", "new.pot")
    assert done.exit_code == 0
    assert [(e.msgid, e.msgstr, e.obsolete) for e in parse_catalog(done.stdout_bytes)] == [
        ("Close", "Schließen", False),
        ("The door was open.", "Die Tür ist offen.", False),
        ("Water the plants.", "", False),
        ("Sing a song.", "Sing ein Lied.", True),
    ]
    assert (tmp_path / "old.po").read_text(encoding="utf-8") == OLD


def test_the_report_goes_to_standard_error(run: Run) -> None:
    done = run("update", "old.po", "new.pot", "-o", "out.po")
    assert done.stdout == ""
    assert "1 carried, 1 changed (now drafts), 1 new, 1 gone (kept as obsolete), 0 revived" in done.stderr
    assert "changed: The door is open. -> The door was open." in done.stderr
    assert "new: Water the plants." in done.stderr
    assert "gone: Sing a song." in done.stderr


def test_a_file_that_is_there_is_replaced_only_by_force(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.po").write_text("mine")
    assert run("update", "old.po", "new.pot", "-o", "out.po").exit_code == 3
    assert (tmp_path / "out.po").read_text() == "mine"
    assert run("update", "old.po", "new.pot", "-o", "out.po", "--force").exit_code == 0
    assert len(read_catalog(tmp_path / "out.po")) == 4


def test_a_catalog_is_updated_in_place_and_a_second_time_not_at_all(run: Run, tmp_path: Path) -> None:
    assert run("update", "old.po", "new.pot", "--in-place").exit_code == 0
    data = (tmp_path / "old.po").read_bytes()
    assert b"#~" in data
    assert run("update", "old.po", "new.pot", "--in-place").exit_code == 0
    assert (tmp_path / "old.po").read_bytes() == data


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    done = run("update", "old.po", "new.pot", "--dry-run")
    assert done.stdout == ""
    assert "1 changed" in done.stderr
    assert (tmp_path / "old.po").read_text(encoding="utf-8") == OLD


def test_json_lists_every_entry(run: Run) -> None:
    report = json.loads(run("update", "old.po", "new.pot", "--in-place", "--json").stdout)
    assert report["carried"] == [{"msgctxt": None, "msgid": "Close"}]
    (changed,) = report["changed"]
    assert changed["previous"] == "The door is open."
    assert 0.9 < changed["similarity"] < 1
    assert [entry["msgid"] for entry in report["gone"]] == ["Sing a song."]


@pytest.mark.parametrize(
    "arguments",
    [
        ["old.po", "new.pot", "--json"],
        ["old.po", "new.pot", "--in-place", "-o", "out.po"],
        ["letter.txt", "letter.txt", "--in-place"],
    ],
)
def test_options_that_contradict_are_wrong_use(run: Run, arguments: list[str]) -> None:
    assert run("update", *arguments).exit_code == 2


def test_a_broken_catalog_is_named_and_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.po").write_text(OLD + 'msgid "a\n', encoding="utf-8")
    done = run("update", "old.po", "new.pot", "--in-place")
    assert done.exit_code == 3
    assert "old.po:" in done.stderr


def test_a_text_that_the_charset_does_not_hold_leaves_the_file_alone(run: Run, tmp_path: Path) -> None:
    old = OLD.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    (tmp_path / "old.po").write_bytes(old)
    (tmp_path / "new.pot").write_text(NEW.replace("plants", "植物"), encoding="utf-8")
    done = run("update", "old.po", "new.pot", "--in-place")
    assert done.exit_code == 3
    assert "old.po:" in done.stderr
    assert (tmp_path / "old.po").read_bytes() == old


def test_a_document_keeps_what_stayed_and_makes_a_draft_of_what_changed(run: Run, letter: Path) -> None:
    (letter / "letter.txt").write_text(LETTER.replace("the mat", "a mat") + "\nGoodbye.\n", encoding="utf-8")
    done = run("update", "letter.txt", "letter.txt")
    assert done.exit_code == 0, done.output
    assert "letter.txt: 2 sentences kept, 1 changed, 1 new, 0 gone" in done.stderr
    assert "de: 2 carried, 1 changed" in done.stderr
    assert "changed: The key is under the mat. -> The key is under a mat." in done.stderr
    assert states(letter / "locales/de/LC_MESSAGES/letter.txt.po") == {
        "The key is under a mat.": State.DRAFT,
        "Please water the plants.": State.APPROVED,
        "The cat sleeps upstairs.": State.APPROVED,
        "Goodbye.": State.UNTRANSLATED,
    }


def test_a_dry_run_of_a_document_writes_nothing(run: Run, letter: Path) -> None:
    before = {path: path.read_bytes() for path in letter.rglob("*") if path.is_file()}
    (letter / "new.txt").write_text(LETTER.replace("the mat", "a mat"), encoding="utf-8")
    report = json.loads(run("update", "letter.txt", "new.txt", "--dry-run", "--json").stdout)
    assert report["changed"] == [{"previous": "The key is under the mat.", "text": "The key is under a mat."}]
    assert [entry["msgid"] for entry in report["languages"]["de"]["changed"]] == ["The key is under a mat."]
    assert {path: path.read_bytes() for path in before} == before


def test_approved_work_is_not_cut_again_because_the_splitter_is_newer(run: Run, letter: Path) -> None:
    """The first unit was cut as one sentence by an older splitter; the update changes the second unit only."""
    segments = letter / "segments/en/letter.txt.jsonl"
    first, *others = read_units(segments)
    text = LETTER.partition("\n")[0]
    whole = UnitRecord(first.id, first.kind, first.digest, (1,), (len(text),), ("", ""), 2, "older")
    segments.write_bytes(write_units([whole, *others]))
    texts = {f"{whole.id}.1": text, f"{others[0].id}.1": "The cat sleeps upstairs."}
    pot = template("letter.txt", letter.name, texts, {})
    (letter / "locales/letter.txt.pot").write_bytes(pot.to_bytes())
    catalog = carry_over(None, pot, letter.name, "de")
    for entry in catalog:
        catalog.translate(entry, entry.msgid.upper())
        catalog.approve(entry, "ada")
    path = letter / "locales/de/LC_MESSAGES/letter.txt.po"
    path.write_bytes(catalog.to_bytes())
    (letter / "letter.txt").write_text(LETTER.replace("upstairs", "downstairs"), encoding="utf-8")
    assert run("update", "letter.txt", "letter.txt").exit_code == 0
    assert states(path) == {text: State.APPROVED, "The cat sleeps downstairs.": State.DRAFT}


SEGMENTS = {"b1.1": "I came here in spring.", "b1.2": "I never left.", "b2.1": "It rains."}


def bead_catalog(state: State = State.TRANSLATED, origin: tuple[str, ...] | None = None) -> Catalog:
    """Make a catalog whose first two sentences have one translation."""
    catalog = carry_over(None, template("a.txt", "town", SEGMENTS, {}), "town", "de")
    entries = list(catalog)
    write_bead(catalog, entries[:2], "Ich kam im Frühling und blieb.", state, origin)
    return parse_catalog(catalog.to_bytes())


def follow(catalog: Catalog, segments: dict[str, str]) -> list[Bead]:
    follow_segments(catalog, template("a.txt", "town", segments, {}))
    return list(beads(parse_catalog(catalog.to_bytes())))


def test_a_bead_that_stayed_is_as_it_was() -> None:
    (bead, *_) = follow(bead_catalog(), {"b0.1": "Hello there."} | SEGMENTS)[1:]
    assert (bead.ids, bead.state, bead.valid) == (("b1.1", "b1.2"), State.TRANSLATED, True)


def test_a_bead_whose_head_changed_is_a_draft_as_a_whole() -> None:
    (bead, *_) = follow(bead_catalog(), SEGMENTS | {"b1.1": "I came here in autumn."})
    assert (bead.ids, bead.state, bead.valid) == (("b1.1", "b1.2"), State.DRAFT, True)
    assert bead.head.previous_msgid == "I came here in spring."


def test_a_bead_that_lost_a_sentence_keeps_its_text_as_a_draft() -> None:
    found = follow(bead_catalog(), {"b1.1": SEGMENTS["b1.1"], "b2.1": "It rains."})
    assert [(bead.text, bead.state) for bead in found] == [
        ("Ich kam im Frühling und blieb.", State.DRAFT),
        ("", State.UNTRANSLATED),
    ]


def test_a_bead_with_a_new_sentence_inside_is_separated() -> None:
    segments = {"b1.1": SEGMENTS["b1.1"], "b1.3": "I liked it.", "b1.2": SEGMENTS["b1.2"]}
    assert [bead.state for bead in follow(bead_catalog(), segments)] == [
        State.DRAFT,
        State.UNTRANSLATED,
        State.UNTRANSLATED,
    ]


def test_the_head_of_a_bead_that_is_gone_comes_back_as_a_draft() -> None:
    catalog = bead_catalog()
    assert [bead.ids for bead in follow(catalog, {"b2.1": "It rains."})] == [("b2.1",)]
    found = follow(catalog, SEGMENTS)
    assert [(bead.ids, bead.state) for bead in found[:2]] == [
        (("b1.1",), State.DRAFT),
        (("b1.2",), State.UNTRANSLATED),
    ]


def test_what_the_machine_wrote_over_a_bead_that_changed_is_open_again() -> None:
    catalog = bead_catalog(State.DRAFT, ("align", "0.87", "2:1"))
    found = follow(catalog, SEGMENTS | {"b1.2": "I stayed for good."})
    assert [bead.state for bead in found] == [State.UNTRANSLATED] * 3
    assert all(bead.open for bead in found)


def test_beads_follow_any_template_without_becoming_wrong() -> None:
    catalog = bead_catalog()
    segments = SEGMENTS | {"b1.2": "I never left again."}
    update = follow_template(catalog, template("a.txt", "town", segments, {}))
    assert [bead.state for bead in beads(update.catalog)] == [State.DRAFT, State.UNTRANSLATED, State.UNTRANSLATED]
    assert [each.entry.msgid for each in update.changed] == ["I came here in spring."]
