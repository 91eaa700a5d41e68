"""A project whose sentences held Markdown goes on with tags, and nothing that was done on it is lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from locales import Catalog, State, new_entry, read_catalog
from segments.documents import read_document
from workflow.cli import main
from workflow.entries import beads, write_bead
from workflow.records import digest

Run = Callable[..., Result]
SOURCE = (
    '# A *day* out\n\nThe [mill](m.md "Old") stands. It is **still**.\n\nThe [sea].\n\n**Stop! Go.**\n\nRain.\n'
    "\n[sea]: s.md\n"
)
OLD = {
    "A *day* out": ["A *day* out"],
    'The [mill](m.md "Old") stands. It is **still**.': ['The [mill](m.md "Old") stands.', "It is **still**."],
    "The [sea].": ["The [sea]."],
    "**Stop! Go.**": ["**Stop!", "Go.**"],
    "Rain.": ["Rain."],
}
GERMAN = {
    "A *day* out": "Ein *Tag* \\* draußen",
    'The [mill](m.md "Old") stands.': 'Die [Mühle](m.md "Alt") steht.',
    "It is **still**.": "Es ist _sehr_ **still**.",
    "The [sea].": "Das [sea].",
    "**Stop!": "**Halt!",
    "Go.**": "Geh.**",
    "Rain.": "Regen.",
}


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A project as it was written before there were tags, everything translated and the first sentence approved."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    Path("day.md").write_text(SOURCE)
    run("init", ".", "--source", "en", "--target", "de")
    run("add", "day.md")
    units = [unit for unit in read_document("day.md", SOURCE.encode()).units if unit.host is None]
    assert [unit.raw for unit in units] == list(OLD)
    rows = []
    for number, (raw, sentences) in enumerate(OLD.items()):
        ids = list(range(1, len(sentences) + 1))
        gaps = ["", *[" "] * (len(sentences) - 1), ""]
        row = {"id": f"b{number}", "kind": units[number].kind, "digest": digest(raw), "numbers": ids}
        rows.append(row | {"lengths": list(map(len, sentences)), "gaps": gaps, "next": 9, "splitter": "old/1"})
    Path("segments/en/day.md.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    references = [(s, f"day.md#b{n}.{k}") for n, row in enumerate(OLD.values()) for k, s in enumerate(row, 1)]
    for path in (Path("locales/day.md.pot"), Path("locales/de/LC_MESSAGES/day.md.po")):
        catalog = read_catalog(path)
        catalog.arrange([new_entry(msgid=text, references=(place,)) for text, place in references])
        if path.suffix == ".po":
            fill(catalog)
        path.write_bytes(catalog.to_bytes())
    return run


def fill(catalog: Catalog) -> None:
    for bead in list(beads(catalog)):
        write_bead(catalog, bead.entries, GERMAN[bead.head.msgid], State.TRANSLATED)
    catalog.approve(next(iter(catalog)), "ann")


@pytest.mark.parametrize("command", [("segment",), ("update", "day.md", "next.md")])
def test_ids_translations_and_states_go_on(old: Run, command: tuple[str, ...]) -> None:
    Path("next.md").write_text(SOURCE + "\nWind.\n")
    assert old("build").exit_code == 3  # and says which command brings it up to date
    done = old(*command)
    assert done.exit_code == 0, done.stderr
    catalog = read_catalog(Path("locales/de/LC_MESSAGES/day.md.po"))
    found = {entry.msgid: (entry.msgstr, entry.state, entry.references[0]) for entry in catalog}
    assert found["A {1}day{/1} out"] == ("Ein {1}Tag{/1} * draußen", State.APPROVED, "day.md#b0.1")
    assert found["The {1}mill{/1} stands."] == ("Die {1}Mühle{/1} steht.", State.TRANSLATED, "day.md#b1.1")
    assert found["Old"][:2] == ("Alt", State.TRANSLATED)
    assert found["It is {1}still{/1}."] == ("Es ist sehr {1}still{/1}.", State.TRANSLATED, "day.md#b1.2")
    assert found["Stop!"] == ("Halt!", State.TRANSLATED, "day.md#b3.1")
    assert found["Go."] == ("Geh.", State.TRANSLATED, "day.md#b3.2")
    assert not any(entry.obsolete for entry in catalog)
    assert old("build").exit_code == 0
    assert (
        Path("out/de/day.md")
        .read_text()
        .startswith(
            "# Ein *Tag* * draußen\n\n"
            'Die [Mühle](m.md "Alt") steht. Es ist sehr **still**.\n\nDas [sea][sea].\n\n**Halt! Geh.**\n\nRegen.\n'
        )
    )


def test_a_second_run_changes_nothing(old: Run) -> None:
    old("segment")
    before = {path: path.read_bytes() for path in Path().rglob("*.p*")}
    assert old("segment").exit_code == 0
    assert {path: path.read_bytes() for path in Path().rglob("*.p*")} == before


def test_records_of_a_newer_version_are_refused(old: Run) -> None:
    path = Path("segments/en/day.md.jsonl")
    path.write_text(path.read_text().replace('"splitter"', '"version": 99, "splitter"'))
    done = old("segment")
    assert done.exit_code == 3
    assert "version 99 is of a newer Hexapla" in done.stderr
