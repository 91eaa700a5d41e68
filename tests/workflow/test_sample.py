"""The sample project goes through the whole pipeline as a person would expect."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from locales import State, read_catalog
from workflow.demo import SAMPLE, Demo, make_demo
from workflow.ingest import load_version
from workflow.project import Project
from workflow.records import read_alignment
from workflow.report import additions
from workflow.rows import rows
from workflow.searching import carry_out, plan_confirmation
from workflow.session import Session

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]
TRANSLATIONS = tomllib.loads((SAMPLE / "sample.toml").read_text(encoding="utf-8"))["translations"]
PAIRS = [(language, document) for language, files in TRANSLATIONS.items() for document in files]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return make_demo(tmp_path_factory.mktemp("demo") / "town")


@pytest.fixture
def project(demo: Demo, tmp_path: Path) -> Project:
    """A copy that a test may change."""
    from shutil import copytree

    from workflow.project import open_project

    copytree(demo.project.root, tmp_path / "town")
    return open_project(tmp_path / "town")


def gold(language: str, document: str) -> Beads:
    lines = (SAMPLE / "beads" / language / f"{document}.beads").read_text(encoding="utf-8").split()
    sides = (line.split(":") for line in lines)
    return [(numbers(source), numbers(target)) for source, target in sides]


def numbers(side: str) -> tuple[int, ...]:
    return tuple(int(n) for n in side.split(",") if n)


def found(project: Project, language: str, document: str) -> Beads:
    places = [
        {identity: n for n, identity in enumerate(load_version(project, document, tag).segments)}
        for tag in (project.source, language)
    ]
    beads = read_alignment(project.alignment_path(document, language)).beads
    return [(tuple(places[0][i] for i in b.source), tuple(places[1][i] for i in b.target)) for b in beads]


@pytest.mark.parametrize("language", ["en", *TRANSLATIONS])
@pytest.mark.parametrize("document", ["press-release.md", "interview.txt"])
def test_documents_are_cut_into_the_sentences_a_reader_sees(demo: Demo, language: str, document: str) -> None:
    wanted = (SAMPLE / "beads" / "sentences" / language / f"{document}.txt").read_text(encoding="utf-8").splitlines()
    assert list(load_version(demo.project, document, language).texts().values()) == wanted


def test_the_sample_is_aligned_as_by_hand(demo: Demo) -> None:
    """Strict F1 as vecalign defines it: precision over all beads, recall over gold beads with both sides."""
    right = made = linked = recalled = 0
    for pair in PAIRS:
        theirs, ours = gold(*pair), found(demo.project, *pair)
        right += len(set(theirs) & set(ours))
        made += len(ours)
        linked += sum(bool(s and t) for s, t in theirs)
        recalled += len({b for b in theirs if b[0] and b[1]} & set(ours))
    precision, recall = right / made, recalled / linked
    assert 2 * precision * recall / (precision + recall) >= 0.95


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_phenomenon_of_real_translations_occurs(language: str) -> None:
    shapes = {(len(s), len(t)) for document in TRANSLATIONS[language] for s, t in gold(language, document)}
    assert {(1, 1), (2, 1), (1, 2), (1, 0), (0, 1)} <= shapes
    assert shapes & {(2, 2), (3, 1), (1, 3)}


def test_every_sentence_with_a_translation_is_a_draft_and_none_is_broken(demo: Demo) -> None:
    for row in demo.status:
        assert row.broken == 0
        assert row.states[State.DRAFT] == row.sentences > 0


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_what_a_translation_adds_is_listed(demo: Demo, language: str) -> None:
    for document in TRANSLATIONS[language]:
        added = [target for source, target in found(demo.project, language, document) if not source]
        assert len(additions(demo.project, document, language)) == len(added)


def test_documents_keep_their_layout_and_hold_the_translation(demo: Demo) -> None:
    source = demo.project.document_path("press-release.md").read_text(encoding="utf-8")
    built = demo.project.output_path("press-release.md", "fa").read_text(encoding="utf-8")
    for mark in ("# ", "- ", "> ", "|"):
        assert [line.startswith(mark) for line in built.splitlines()].count(True) == [
            line.startswith(mark) for line in source.splitlines()
        ].count(True)
    headings = [line for line in built.splitlines() if line.startswith("# ")]
    assert all("\u0600" <= line[2] <= "\u06ff" for line in headings)


def test_compiled_catalogs_are_read_by_gettext(demo: Demo) -> None:
    import gettext

    found = gettext.translation("interview.txt", demo.project.root / "locales", ["de"])
    entry = next(e for e in read_catalog(demo.project.catalog_path("interview.txt", "de")) if e.msgctxt is None)
    assert found.gettext(entry.msgid) == entry.msgstr


def test_a_second_run_changes_no_file(demo: Demo) -> None:
    def snapshot() -> dict[Path, tuple[int, bytes]]:
        paths = (p for p in demo.project.root.rglob("*") if p.is_file() and ".hexapla" not in p.parts)
        return {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in paths}

    before = snapshot()
    make_demo(demo.project.root)
    assert snapshot() == before


def test_confirmed_work_survives_another_run(project: Project, decide: Callable[..., object]) -> None:
    row = rows(project, "interview.txt", "de")[3]
    decide(project, "interview.txt", "de", row, "Von mir.", State.TRANSLATED)
    make_demo(project.root)
    after = rows(project, "interview.txt", "de")[3]
    assert (after.target, after.state) == ("Von mir.", State.TRANSLATED)


def test_bulk_confirmation_takes_the_sure_drafts_and_a_dry_run_takes_none(project: Project) -> None:
    before = project.catalog_path("interview.txt", "ru").read_bytes()
    with Session(project) as session:
        catalog = session.open("interview.txt", "ru")
        drafts = [row.id for row in catalog.rows() if row.state is State.DRAFT]
        plan = plan_confirmation(catalog, "", 0.9)
        assert project.catalog_path("interview.txt", "ru").read_bytes() == before
        assert {outcome.result for outcome in carry_out(plan, "g", "Leyla")} == {"saved"}
    states = [row.state for row in rows(project, "interview.txt", "ru")]
    assert 0 < states.count(State.TRANSLATED) == len(plan) < len(drafts)
    assert states.count(State.DRAFT) == len(drafts) - len(plan)
