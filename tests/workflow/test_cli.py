"""The command line: what comes out, with which exit code, and that bad input changes nothing."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from workflow.cli import COMMANDS, main

Run = Callable[..., Result]

LETTER = "Dear Mr. Brell,\n\nthe key is under the mat. Please water the plants.\n\nYours, Dana\n"
BRIEF = "Lieber Herr Brell,\n\nder Schlüssel liegt unter der Matte. Bitte gießen Sie die Pflanzen.\n\nIhre Dana\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, list(arguments), input=stdin)

    return call


@pytest.fixture
def letter(run: Run, tmp_path: Path) -> Path:
    """A project with one document and its German translation; the current folder is the project."""
    (tmp_path / "brief.txt").write_text(BRIEF, encoding="utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    assert run("init", "--source", "en", "--target", "de,fa").exit_code == 0
    assert run("add", "letter.txt").exit_code == 0
    assert run("add", "brief.txt", "--lang", "de", "--of", "letter.txt").exit_code == 0
    return tmp_path


def snapshot(folder: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".hexapla" not in p.parts}


def sentence(result: Result, code: int = 3) -> str:
    """The one sentence that a failed command says."""
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("hexapla: ")
    return line


def test_segment_prints_one_sentence_a_line(run: Run) -> None:
    done = run("segment", "-", "--lang", "en", stdin=LETTER)
    assert done.stdout.splitlines() == [
        "Dear Mr. Brell,", "the key is under the mat.", "Please water the plants.", "Yours, Dana",
    ]  # fmt: skip


def test_segment_as_json_gives_offsets_that_cut_the_unit(run: Run) -> None:
    units = json.loads(run("segment", "-", "--lang", "en", "--format", "json", stdin=LETTER).stdout)["units"]
    for unit in units:
        for row in unit["sentences"]:
            assert unit["text"][row["start"] : row["end"]] == row["text"]


def test_align_prints_beads_of_presplit_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("One house.\nTwo houses in 1984.\nThe end.\n")
    (tmp_path / "b").write_text("Ein Haus.\nZwei Häuser im Jahr 1984.\nDas Ende.\n", encoding="utf-8")
    done = run("align", "a", "b", "--presplit", "-s", "en", "-t", "de", "--format", "beads")
    assert done.stdout == "0:0\n1:1\n2:2\n"


def test_align_takes_a_list_of_pairs_with_paths_relative_to_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    for name, text in {"a": "Yes.\nNo.\n", "b": "Ja.\nNein.\n", "c": "One.\n", "d": ""}.items():
        (folder / name).write_text(text)
    (folder / "list.tsv").write_text("a\tb\tab.beads\nc\td\tcd.beads\n")
    done = run("align", "--presplit", "--pairs", "lists/list.tsv", "-s", "en", "-t", "de", "--format", "beads")
    assert done.exit_code == 0, done.output
    assert (folder / "ab.beads").read_text() == "0:0\n1:1\n"
    assert (folder / "cd.beads").read_text() == "0:\n"


def test_align_writes_tmx_that_parses_whatever_the_text_holds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("A <b> & \x01 c.\n")
    (tmp_path / "b").write_text("Ein <b> & c.\n")
    tmx = run("align", "a", "b", "--presplit", "-s", "en", "-t", "de", "--format", "tmx").stdout
    assert [seg.text for seg in ElementTree.fromstring(tmx).iter("seg")] == ["A <b> & \ufffd c.", "Ein <b> & c."]


def test_align_as_po_gives_a_catalog_of_drafts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Yes.\nYes.\n")
    (tmp_path / "b").write_text("Ja.\nJawohl.\n")
    catalog = run("align", "a", "b", "--presplit", "-s", "en", "-t", "de", "--format", "po").stdout
    assert 'msgctxt "1"' in catalog
    assert 'msgstr "Jawohl."' in catalog


@pytest.mark.parametrize("name", ["a", "b"])
def test_align_as_po_says_what_a_catalog_cannot_hold(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a").write_text("Yes.\n")
    (tmp_path / "b").write_text("Ja.\n")
    (tmp_path / name).write_text("O\0K.\n")
    assert "cannot hold the characters NUL" in sentence(
        run("align", "a", "b", "--presplit", "-s", "en", "-t", "de", "--format", "po")
    )


def test_a_result_never_replaces_a_file_unasked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Yes.\n")
    (tmp_path / "out").write_text("mine")
    call = ("align", "a", "a", "--presplit", "-s", "en", "-t", "de", "-o", "out")
    assert "--force" in sentence(run(*call))
    assert (tmp_path / "out").read_text() == "mine"
    assert run(*call, "--force").exit_code == 0


def test_the_main_job_end_to_end(run: Run, letter: Path) -> None:
    status = json.loads(run("status", "--json").stdout)
    assert [(row["language"], row["states"]["draft"]) for row in status] == [("de", 4), ("fa", 0)]
    assert "4 drafts were left out" in run("build", "--lang", "de").stderr
    assert (letter / "out/de/letter.txt").read_text(encoding="utf-8") == LETTER
    assert run("build", "--lang", "de", "--drafts").exit_code == 0
    assert (letter / "out/de/letter.txt").read_text(encoding="utf-8") == BRIEF
    assert run("confirm", "--min-confidence", "0").exit_code == 0
    assert run("compile").exit_code == 0
    assert b"Matte" in (letter / "locales/de/LC_MESSAGES/letter.txt.mo").read_bytes()


def test_align_reports_a_section_that_stands_elsewhere_in_the_translation(run: Run, tmp_path: Path) -> None:
    names = ["Anton", "Berta", "Viktor", "Galina", "Dmitri", "Elena", "Zakhar", "Irina"] * 3
    rooms = [f"Room {number} belongs to {name}.\n\n" for number, name in enumerate(names, 101)]
    zimmer = [f"Zimmer {number} gehört {name}.\n\n" for number, name in enumerate(names, 101)]
    (tmp_path / "rooms.txt").write_text("".join(rooms), encoding="utf-8")
    (tmp_path / "zimmer.txt").write_text(
        "".join(zimmer[:4] + zimmer[9:18] + zimmer[4:9] + zimmer[18:]), encoding="utf-8"
    )
    run("init", "--source", "en", "--target", "de")
    run("add", "rooms.txt")
    assert "sections moved: 1" in run("add", "zimmer.txt", "--lang", "de", "--of", "rooms.txt").stderr


def test_update_keeps_confirmed_work_with_its_sentences(run: Run, letter: Path) -> None:
    run("confirm", "--min-confidence", "0")
    (letter / "letter.txt").write_text(LETTER.replace("Please", "Keep calm. Please").replace("mat.", "stone."))
    done = run("update", "letter.txt", "letter.txt")
    assert "3 sentences kept, 1 changed, 1 new, 0 gone" in done.stderr, done.output
    (row,) = json.loads(run("status", "--lang", "de", "--json").stdout)
    assert row["states"] == {"untranslated": 1, "draft": 1, "translated": 3, "approved": 0}


def test_resplitting_leaves_the_translations_of_confirmed_sentences_as_they_are(run: Run, letter: Path) -> None:
    path = letter / "segments/de/letter.txt.jsonl"
    units = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    unit = next(unit for unit in units if len(unit["numbers"]) == 2)
    unit |= {"numbers": [1], "lengths": [sum(unit["lengths"]) + 1], "gaps": ["", ""]}  # as an older splitter cut it
    path.write_text("".join(json.dumps(row) + "\n" for row in units), encoding="utf-8")
    assert run("align").exit_code == 0
    assert run("confirm", "--min-confidence", "0").exit_code == 0
    before = path.read_bytes()
    assert run("segment", "--resplit").exit_code == 0
    assert path.read_bytes() == before


def test_segment_and_align_change_nothing_where_nothing_changed(run: Run, letter: Path) -> None:
    before = snapshot(letter)
    assert run("segment").exit_code == 0
    assert run("align").exit_code == 0
    assert snapshot(letter) == before


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("binary.txt", b"\x00\x01\x02\xff" * 50, "binary.txt"),
        ("report.pdf", b"%PDF-1.7\n\xe2\xe3", "report.pdf"),
        ("empty.txt", b"", "empty.txt"),
        ("blank.md", b"\n \n\n", "blank.md"),
        ("broken.txt", b"caf\xe9 \x81\x8d\x9d \xff\xfe\xfa", "broken.txt"),
    ],
)
def test_a_file_that_is_no_document_is_refused_and_nothing_changes(
    run: Run, letter: Path, name: str, data: bytes, words: str
) -> None:
    (letter / name).write_bytes(data)
    before = snapshot(letter)
    assert words in sentence(run("add", name))
    assert words in sentence(run("add", name, "--lang", "fa", "--of", "letter.txt"))
    assert snapshot(letter) == before


def test_a_folder_or_a_missing_file_is_refused(run: Run, letter: Path) -> None:
    assert "nothing.txt" in sentence(run("add", "nothing.txt"))
    assert "sources" in sentence(run("add", "sources"))


def test_a_translation_without_its_source_is_refused(run: Run, letter: Path) -> None:
    before = snapshot(letter)
    assert "other.txt" in sentence(run("add", "brief.txt", "--lang", "de", "--of", "other.txt"))
    assert "brief.txt" in sentence(run("add", "brief.txt", "--lang", "de"))
    assert snapshot(letter) == before


def test_a_language_the_project_does_not_have_is_refused(run: Run, letter: Path) -> None:
    assert "hexapla.toml" in sentence(run("add", "brief.txt", "--lang", "tr", "--of", "letter.txt"))
    assert "zz" in sentence(run("segment", "letter.txt", "--lang", "zz"))


def test_another_translation_replaces_the_first_only_when_asked(run: Run, letter: Path) -> None:
    (letter / "neu.txt").write_text(BRIEF.replace("Bitte", "Und bitte"), encoding="utf-8")
    before = snapshot(letter)
    call = ("add", "neu.txt", "--lang", "de", "--of", "letter.txt")
    assert "--force" in sentence(run(*call))
    assert snapshot(letter) == before
    assert run(*call, "--force").exit_code == 0
    assert b"Und bitte" in (letter / "locales/de/LC_MESSAGES/letter.txt.po").read_bytes()


BROKEN = [
    "<<<<<<< ours\nmsgid \"a\"\nmsgstr \"b\"\n=======\n>>>>>>> theirs\n",
    'msgid "a"\nmsgstr "b\n',
]  # fmt: skip


@pytest.mark.parametrize("damage", BROKEN)
@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["align"],
        ["compile"],
        ["build"],
        ["segment"],
        ["confirm", "--min-confidence", "0"],
        ["update", "letter.txt", "letter.txt"],
        ["add", "brief.txt", "--lang", "de", "--of", "letter.txt", "--force"],
    ],
)
def test_a_broken_catalog_stops_every_command_and_stays_as_it_is(
    run: Run, letter: Path, command: list[str], damage: str
) -> None:
    path = letter / "locales/de/LC_MESSAGES/letter.txt.po"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + damage, encoding="utf-8")
    (letter / "letter.txt").write_text(LETTER + "\nOne more.\n")
    before = snapshot(letter)
    assert "letter.txt.po:" in sentence(run(*command))
    assert snapshot(letter) == before


@pytest.mark.parametrize("path", ["segments/en/letter.txt.jsonl", "alignments/de/letter.txt.jsonl"])
def test_a_damaged_record_is_named_with_its_line(run: Run, letter: Path, path: str) -> None:
    lines = (letter / path).read_bytes().splitlines(keepends=True)
    (letter / path).write_bytes(b"".join([lines[0], b"{broken\n", *lines[2:]]))
    assert f"{path}:2" in sentence(run("align"))


def test_a_project_of_a_newer_version_is_refused(run: Run, letter: Path) -> None:
    settings = letter / "hexapla.toml"
    settings.write_text(settings.read_text().replace("format = 1", "format = 2"))
    assert "newer" in sentence(run("status"))


def test_a_source_edited_in_place_is_noticed_and_segment_follows_it(run: Run, letter: Path) -> None:
    source = letter / "sources/en/letter.txt"
    source.write_text(LETTER.replace("Please", "Kindly"))
    assert "hexapla segment letter.txt" in sentence(run("build"))
    assert run("segment", "letter.txt").exit_code == 0
    assert run("build").exit_code == 0


def test_a_confirmed_text_survives_an_edit_of_its_source_that_is_taken_back(run: Run, letter: Path) -> None:
    run("confirm", "--min-confidence", "0")
    for text in (LETTER.replace("mat", "doormat"), LETTER):
        (letter / "letter.txt").write_text(text)
        assert run("update", "letter.txt", "letter.txt").exit_code == 0
    (letter / "neu.txt").write_text(BRIEF.replace("Matte", "Fußmatte"), encoding="utf-8")
    assert run("add", "neu.txt", "--lang", "de", "--of", "letter.txt", "--force").exit_code == 0
    assert "unter der Matte." in (letter / "locales/de/LC_MESSAGES/letter.txt.po").read_text(encoding="utf-8")


def test_a_catalog_of_another_version_of_the_document_is_not_built(run: Run, letter: Path) -> None:
    path = letter / "locales/de/LC_MESSAGES/letter.txt.po"
    path.write_text(path.read_text(encoding="utf-8").replace("Please water", "Please do not water"), encoding="utf-8")
    assert "hexapla segment letter.txt" in sentence(run("build", "--drafts"))
    assert not (letter / "out").exists()


def test_a_document_is_never_taken_for_the_translation_of_another(run: Run, letter: Path) -> None:
    for name in ("README", "README.md"):
        (letter / name).write_text(LETTER)
        assert run("add", name).exit_code == 0
    (letter / "de.md").write_text(BRIEF, encoding="utf-8")
    assert run("add", "de.md", "--lang", "de", "--of", "README.md").exit_code == 0
    assert run("add", "brief.txt", "--lang", "de", "--of", "README").exit_code == 0
    assert run("align").exit_code == 0
    assert "another name" in sentence(run("add", "letter.txt", "--as", "README.txt"))


@pytest.mark.parametrize("damage", [{"lengths": [3]}, {"numbers": [1, 1]}, {"next": 1}, {"gaps": []}])
def test_a_record_that_does_not_fit_its_text_is_refused(run: Run, letter: Path, damage: dict[str, object]) -> None:
    path = letter / "segments/en/letter.txt.jsonl"
    lines = path.read_text().splitlines()
    lines[0] = json.dumps(json.loads(lines[0]) | damage)
    path.write_text("\n".join(lines) + "\n")
    before = snapshot(letter)
    sentence(run("segment"))
    assert snapshot(letter) == before


def test_update_changes_nothing_when_an_alignment_cannot_be_read(run: Run, letter: Path) -> None:
    (letter / "alignments/de/letter.txt.jsonl").write_text("{broken\n")
    (letter / "letter.txt").write_text(LETTER + "\nOne more.\n")
    before = snapshot(letter)
    assert "alignments/de/letter.txt.jsonl:1" in sentence(run("update", "letter.txt", "letter.txt"))
    assert snapshot(letter) == before


def test_outputs_are_checked_before_any_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Yes.\n")
    (tmp_path / "taken").write_text("mine")
    for second in ("taken", "one", "no/where"):
        (tmp_path / "list.tsv").write_text(f"a\ta\tone\na\ta\t{second}\n")
        sentence(run("align", "--presplit", "--pairs", "list.tsv", "-s", "en", "-t", "de"))
        assert not (tmp_path / "one").exists()


def test_blank_lines_of_a_presplit_text_are_no_entries(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Yes.\n\n\nNo.\n")
    (tmp_path / "b").write_text("Ja.\n\nNein.\n")
    done = run("align", "a", "b", "--presplit", "-s", "en", "-t", "de", "--format", "po")
    assert done.exit_code == 0, done.output
    assert done.stdout.count("#: a#") == 2


def test_a_project_whose_folders_lead_elsewhere_is_refused(run: Run, letter: Path, tmp_path: Path) -> None:
    (letter / "out").symlink_to(tmp_path.parent)
    assert "leaves the project" in sentence(run("build"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["align", "a", "b"],
        ["align", "a", "b", "c", "-s", "en", "-t", "de"],
        ["segment", "--lang", "en"],
        ["confirm"],
        ["confirm", "--min-confidence", "2"],
        ["confirm", "--min-confidence", "nan"],
        ["add", "a.txt", "--of", "b.txt"],
    ],
)
def test_wrong_use_ends_with_two(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder is wanted")
    assert "taken" in sentence(run("init", "taken/town", "--source", "en", "--target", "de"))


def test_debug_shows_where_an_error_came_from(run: Run) -> None:
    assert run("--debug", "status").exception is not None


@pytest.mark.parametrize("command", [[], *([name] for name in (*COMMANDS, "review"))])
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    program = (
        "import sys; from workflow.cli import main; main([*sys.argv[1:], '--help'], standalone_mode=False);"
        " print(sorted({'streamlit', 'numpy', 'babel', 'markdown_it', 'sentencex', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program, *command], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "Usage:" in done.stdout


def test_explain_says_for_each_candidate_why(run: Run) -> None:
    lines = run("segment", "-", "--lang", "en", "--explain", stdin="Ask Dr. Hill. Then go.").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["goes on", "ends"]
    assert "abbreviation" in lines[0]


def test_an_unknown_language_is_cut_by_general_rules_and_said_so(run: Run) -> None:
    done = run("segment", "-", "--lang", "tlh", stdin="One house. Two houses.")
    assert done.stdout == "One house.\nTwo houses.\n"
    assert "tlh" in done.stderr


def test_the_rules_of_a_project_are_used_and_a_dry_run_shows_what_they_change(run: Run, letter: Path) -> None:
    before = (letter / "segments/en/letter.txt.jsonl").read_bytes()
    with (letter / "hexapla.toml").open("a", encoding="utf-8") as settings:
        settings.write("[splitting]\nnever = ['[.!?] ']\n")
    dry = run("segment", "--resplit", "--dry-run")
    assert dry.stdout.startswith("- ")
    assert (letter / "segments/en/letter.txt.jsonl").read_bytes() == before
    assert run("segment", "--resplit").exit_code == 0
    assert (letter / "segments/en/letter.txt.jsonl").read_bytes() != before


def test_rules_that_cannot_be_used_are_named_with_their_file(run: Run, letter: Path) -> None:
    with (letter / "hexapla.toml").open("a", encoding="utf-8") as settings:
        settings.write("[splitting]\nnever = ['(']\n")
    assert "hexapla.toml: [splitting]" in sentence(run("segment"), 2)


def test_handwork_of_the_command_line_stays_when_all_is_cut_anew(run: Run, letter: Path) -> None:
    rows = [json.loads(line) for line in (letter / "segments/en/letter.txt.jsonl").read_text("utf-8").splitlines()]
    row = next(row for row in rows if len(row["numbers"]) > 1)
    assert run("segment", "letter.txt", "--join", f"{row['id']}.{row['numbers'][0]}").exit_code == 0
    joined = (letter / "segments/en/letter.txt.jsonl").read_bytes()
    assert b'"cuts"' in joined
    assert run("segment", "--resplit").exit_code == 0
    assert (letter / "segments/en/letter.txt.jsonl").read_bytes() == joined


def test_a_translation_is_cut_and_joined_by_hand_in_its_language(run: Run, letter: Path) -> None:
    path = letter / "segments/de/letter.txt.jsonl"
    before = path.read_bytes()
    row = next(row for row in map(json.loads, before.decode().splitlines()) if len(row["numbers"]) > 1)
    first = f"{row['id']}.{row['numbers'][0]}"
    assert run("segment", "letter.txt", "--lang", "de", "--join", first).exit_code == 0
    assert b'"cuts"' in path.read_bytes()
    assert "begins with" in sentence(run("segment", "letter.txt", "--lang", "de", "--cut", first, "Nirgends"))
    assert run("segment", "letter.txt", "--lang", "de", "--cut", first, "der Schlüssel").exit_code == 0
    assert run("segment", "--resplit").exit_code == 0
    rows = {row["id"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}
    assert len(rows[row["id"]]["numbers"]) == 2
    assert "fr is not a target" in sentence(run("segment", "letter.txt", "--lang", "fr", "--join", first))


def test_an_archive_that_would_burst_is_refused_and_nothing_of_it_is_kept(run: Run, letter: Path) -> None:
    with zipfile.ZipFile(letter / "burst.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(129 << 20))
    before = snapshot(letter)
    assert "128 MiB" in sentence(run("add", "burst.docx"))
    assert "128 MiB" in sentence(run("add", "burst.docx", "--lang", "fa", "--of", "letter.txt"))
    assert snapshot(letter) == before


def beads(run: Run) -> list[tuple[int, int]]:
    """How many sentences of each text every bead has."""
    listed = json.loads(run("beads", "list", "letter.txt", "--lang", "de", "--json").stdout)
    return [(len(bead["source"]), len(bead["target"])) for bead in listed]


def test_a_border_of_the_source_takes_what_people_translated_along(run: Run, letter: Path) -> None:
    run("confirm", "--min-confidence", "0")
    first = json.loads(run("find", "mat", "--lang", "de", "--json").stdout)[0]
    done = run("segment", "letter.txt", "--cut", first["row"], "the key is")
    assert (done.exit_code, done.stderr.startswith("cut into")) == (0, True)
    assert (2, 1) in beads(run)
    (now,) = json.loads(run("find", "mat", "--lang", "de", "--json").stdout)
    assert (len(now["source"]), now["target"], now["state"]) == (2, first["target"], "draft")
    assert run("segment", "letter.txt", "--join", first["row"]).exit_code == 0
    assert (2, 1) not in beads(run)
    assert "no such sentence" in sentence(run("segment", "letter.txt", "--cut", "none.1", "The key"))


def test_a_border_of_the_translation_leaves_the_beads(run: Run, letter: Path) -> None:
    listed = json.loads(run("beads", "list", "letter.txt", "--lang", "de", "--json").stdout)
    (identity,) = listed[1]["target"]
    done = run("segment", "letter.txt", "--lang", "de", "--cut", identity, "der Schlüssel")
    assert done.exit_code == 0, done.stderr
    assert beads(run)[1] == (1, 2)
    assert run("segment", "letter.txt", "--lang", "de", "--join", identity).exit_code == 0
    assert beads(run)[1] == (1, 1)
    assert "is not cut" in sentence(run("segment", "letter.txt", "--lang", "de", "--cut", identity, "Die"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--srx", "a.srx"),
        ("--dry-run",),
        ("--join", "a.1", "--resplit"),
        ("--join", "a.1"),
        ("a.txt", "--lang", "en", "--resplit"),
        ("a.txt", "--lang", "en", "--explain", "--format", "json"),
    ],
)
def test_options_of_segment_that_do_not_go_together_are_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("segment", *arguments).exit_code == 2
