"""`hexapla align` says how sure it is, and why, and touches what it is asked to touch."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from segments.alignment.judge import Evidence
from workflow.cli import main
from workflow.plausibility import Plausibility, plausibility
from workflow.records import BeadRecord

Run = Callable[..., Result]

ENGLISH = ["The mill", "It is old.", "It has 2 wheels.", "A miller lives here.", "He has 7 cats.", "He is happy."]
GERMAN = ["Die Mühle", "Sie ist alt.", "Sie hat 2 Räder.", "Ein Müller wohnt hier.", "Er hat 7 Katzen.", "Er ist froh."]
RECIPE = [
    "Zwiebeln schneiden.",
    "12 Minuten kochen, dann abkühlen lassen und mit Salz und Pfeffer würzen.",
    "Servieren.",
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    for name, sentences in (("en", ENGLISH), ("de", GERMAN), ("other", RECIPE), ("empty", [])):
        (tmp_path / name).write_text("".join(f"{sentence}\n" for sentence in sentences), encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


FILES = ("--presplit", "-s", "en", "-t", "de")


def test_check_says_how_sure_the_alignment_of_two_files_is(run: Run) -> None:
    done = run("align", "en", "de", *FILES, "--check")
    assert done.exit_code == 0, done.output
    head, row = done.stdout.splitlines()
    assert head.split() == ["text", "translation", "confidence", "matched"]
    assert row.split()[:2] == ["en", "de"]
    assert row.split()[3] == "100%"


@pytest.mark.parametrize("other", ["other", "empty"])
def test_check_finds_the_wrong_pair(run: Run, other: str) -> None:
    done = run("align", "en", other, *FILES, "--check")
    assert done.exit_code == 1
    assert "hardly translate each other" in done.stdout


def test_the_wrong_pair_is_said_without_check_too_and_is_aligned_all_the_same(run: Run) -> None:
    done = run("align", "en", "other", *FILES, "--format", "beads")
    assert done.exit_code == 0
    assert done.stdout
    assert done.stderr.startswith("en other: confidence 0.")


def test_check_writes_no_output(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text("en\tde\tout1\nen\tother\tout2\n")
    done = run("align", "--pairs", "list.tsv", *FILES, "--check")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 3
    assert not (tmp_path / "out1").exists()


@pytest.mark.parametrize(
    ("beads", "expected"),
    [
        ([], Plausibility(1.0, 1.0)),
        ([BeadRecord(("a",), (), 1.0)], Plausibility(0.0, 0.0)),
        ([BeadRecord(("a",), ("b",), 0.8), BeadRecord((), ("c", "d"), 1.0)], Plausibility(0.8, 0.5)),
    ],
)
def test_only_beads_with_both_sides_tell_how_sure_an_alignment_is(
    beads: list[BeadRecord], expected: Plausibility
) -> None:
    assert plausibility(beads) == expected


def test_texts_that_mostly_lack_a_counterpart_are_doubtful() -> None:
    assert "only 20%" in str(Plausibility(0.99, 0.2).doubt)
    assert Plausibility(0.99, 0.9).doubt is None


def test_explain_names_the_evidence_for_a_sentence(run: Run) -> None:
    done = run("align", "en", "de", *FILES, "--explain", "4")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0].endswith("4 : 4")
    assert lines[1:3] == ["  He has 7 cats.", "  Er hat 7 Katzen."]
    assert any(line.strip().startswith("anchors") and "7" in line for line in lines)
    assert any(line.strip().startswith("instead") for line in lines)


def test_help_says_what_the_words_of_an_explanation_mean(run: Run) -> None:
    words = run("align", "--help").stdout.casefold().split()
    assert set(Evidence._fields) | {"nats;", "pairs", "anchors", "alone", "instead"} <= {w.strip("(,") for w in words}


def test_explain_shows_what_would_steer_a_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "en").write_text("The \x1b[31m mill\u202e.\n", encoding="utf-8")
    done = run("align", "en", "de", *FILES, "--explain", "0")
    assert "  The <U+001B>[31m mill<U+202E>." in done.stdout.splitlines()


def test_explain_as_json_comes_least_sure_bead_first(run: Run) -> None:
    found = json.loads(run("align", "en", "de", *FILES, "--explain", "unsure", "--format", "json").stdout)
    assert [each["confidence"] for each in found] == sorted(each["confidence"] for each in found)
    assert set(found[0]["evidence"]) == {"shape", "lengths", "words", "position", "borders"}
    assert sorted(sentence for each in found for sentence in each["source"]) == [str(n) for n in range(6)]


def test_explain_a_sentence_that_is_not_there_says_so(run: Run) -> None:
    done = run("align", "en", "de", *FILES, "--explain", "99")
    assert done.exit_code == 3
    assert "'99': no such source sentence" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--check", "--explain", "1"),
        ("--explain", "1", "--format", "tmx"),
        ("--explain", "1", "-o", "out"),
        ("--after", "x"),
        ("--lang", "de"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("align", "en", "de", *FILES, *arguments).exit_code == 2


# ------------------------------------------------------------------------------------------------------------ a project


@pytest.fixture
def project(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, sentences in (("mill.txt", ENGLISH), ("muehle.txt", GERMAN), ("recipe.txt", RECIPE)):
        (tmp_path / name).write_text("".join(f"{sentence}\n\n" for sentence in sentences), encoding="utf-8")
    assert run("init", "town", "--source", "en", "--target", "de").exit_code == 0
    monkeypatch.chdir(tmp_path / "town")
    assert run("add", "../mill.txt").exit_code == 0
    assert run("add", "../muehle.txt", "--lang", "de", "--of", "mill.txt").exit_code == 0
    return tmp_path / "town"


def tracked(project: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in project.rglob("*") if p.is_file() and ".hexapla" not in p.parts}


@pytest.mark.parametrize("confidence", ["NaN", "Infinity", "1.01", "-0.5", "null"])
def test_a_confidence_that_is_none_is_named_with_its_line(run: Run, project: Path, confidence: str) -> None:
    path = project / "alignments" / "de" / "mill.txt.jsonl"
    head, bead, *rest = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        head + re.sub(r'"confidence": [\d.]+', f'"confidence": {confidence}', bead) + "".join(rest), "utf-8"
    )
    done = run("align", "--check")
    assert done.exit_code == 3
    assert "mill.txt.jsonl:2: not a line that Hexapla wrote" in done.stderr


def test_a_list_of_beads_shows_what_would_steer_a_terminal(run: Run, project: Path) -> None:
    (project.parent / "recipe.txt").write_text("\u202eStir.\n", encoding="utf-8")
    assert run("add", "../recipe.txt").exit_code == 0
    assert run("add", "../recipe.txt", "--lang", "de", "--of", "recipe.txt").exit_code == 0
    assert "<U+202E>Stir." in run("beads", "list", "recipe.txt", "--lang", "de").stdout


def test_check_judges_the_alignments_of_a_project_as_they_are(run: Run, project: Path) -> None:
    before = tracked(project)
    done = run("align", "--check")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[1].split()[:2] == ["mill.txt", "de"]
    assert tracked(project) == before


def test_adding_the_wrong_translation_is_said_at_once_and_found_by_check(run: Run, project: Path) -> None:
    done = run("add", "../recipe.txt", "--lang", "de", "--of", "mill.txt", "--force")
    assert "hardly translate each other" in done.stderr
    assert run("align", "--check").exit_code == 1


def test_explain_takes_segment_ids_and_writes_nothing(run: Run, project: Path) -> None:
    before = tracked(project)
    everything = json.loads(run("align", "mill.txt", "--lang", "de", "--explain", "unsure", "--format", "json").stdout)
    name = everything[0]["source"][0]
    done = run("align", "mill.txt", "--lang", "de", "--explain", name)
    assert done.exit_code == 0, done.output
    assert name in done.stdout.splitlines()[0]
    assert tracked(project) == before


def test_explain_and_realign_want_one_document_and_language(run: Run, project: Path) -> None:
    assert run("align", "--explain", "unsure").exit_code == 2
    assert run("align", "mill.txt", "--after", "x").exit_code == 2


def test_realigning_after_a_confirmed_bead_leaves_the_rest(run: Run, project: Path) -> None:
    assert run("confirm", "--min-confidence", "0").exit_code == 0
    lines = (project / "alignments" / "de" / "mill.txt.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[1])["source"][0]
    done = run("align", "mill.txt", "--lang", "de", "--after", first)
    assert done.exit_code == 0, done.output
    assert (project / "alignments" / "de" / "mill.txt.jsonl").read_text(encoding="utf-8").splitlines() == lines
