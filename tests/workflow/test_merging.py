"""Merging segments, alignments and catalogs as files, and what the command says and writes."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from locales import LocalesError, new_catalog, new_entry, read_catalog
from workflow import ProjectError
from workflow.cli import main
from workflow.merging import MergedFile, merge_alignments, merge_files, merge_units
from workflow.records import Alignment, BeadRecord, UnitRecord, read_alignment, read_units, write_alignment, write_units


def unit(identity: str, text: str = "one", *, cuts: tuple[int, ...] = (), following: int = 2) -> UnitRecord:
    return UnitRecord(identity, "paragraph", text, (1,), (len(text),), ("", ""), following, "splitter/1", cuts)


def record(source: str, target: str, confidence: float = 0.5, who: str | None = None) -> BeadRecord:
    return BeadRecord(tuple(source), tuple(target), confidence, who)


def aligned(*beads: BeadRecord, source: str = "s", target: str = "t") -> Alignment:
    return Alignment(source, target, beads)


def merged_units(base: list[UnitRecord], ours: list[UnitRecord], theirs: list[UnitRecord]) -> list[UnitRecord]:
    merged, conflicts = merge_units(base, ours, theirs)
    assert merge_units(base, theirs, ours) == (merged, conflicts)
    assert not conflicts
    return merged


def merged_alignment(base: Alignment, ours: Alignment, theirs: Alignment) -> tuple[BeadRecord, ...]:
    merged = merge_alignments(base, ours, theirs)
    assert merge_alignments(base, theirs, ours) == merged
    return merged.alignment.beads


def test_what_came_later_on_either_side_stays_later_until_a_side_says_otherwise() -> None:
    def later(*ids: str) -> Alignment:
        return replace(aligned(record("a", ""), record("b", ""), record("c", "")), later=frozenset(ids))

    assert merge_alignments(later("a"), later("a", "b"), later("a", "c")).alignment.later == frozenset("abc")
    assert merge_alignments(later("a", "b"), later("b"), later("a", "b", "c")).alignment.later == frozenset("bc")


def test_units_that_different_sides_changed_are_both_there() -> None:
    base = [unit("a"), unit("b"), unit("c")]
    ours = [unit("a", "new"), unit("b"), unit("n"), unit("c")]
    theirs = [unit("a"), unit("b", "more"), unit("c")]
    assert merged_units(base, ours, theirs) == [unit("a", "new"), unit("b", "more"), unit("n"), unit("c")]


def test_a_unit_that_one_side_deleted_is_gone_unless_the_other_changed_it() -> None:
    base = [unit("a"), unit("b")]
    assert merged_units(base, [], [unit("a"), unit("b", "new")]) == [unit("b", "new")]


def test_a_sentence_number_given_on_one_side_is_not_given_again() -> None:
    (found,) = merged_units([unit("a")], [unit("a", following=5)], [unit("a", "new", following=3)])
    assert (found.digest, found.next_number) == ("new", 5)


def test_of_two_cuts_of_a_unit_the_one_by_hand_stays_and_both_are_reported() -> None:
    ours, theirs = [unit("a", "zzz")], [unit("a", "aaa", cuts=(1,))]
    merged, conflicts = merge_units([unit("a")], ours, theirs)
    assert (merged, conflicts) == (theirs, ["a"])
    assert merge_units([unit("a")], theirs, ours) == (merged, conflicts)


def test_beads_that_different_sides_changed_are_both_there() -> None:
    base = aligned(record("1", "a"), record("2", "b"), record("3", "c"))
    ours = aligned(record("1", "a", 1, "ada"), record("2", "b"), record("3", "c"))
    theirs = aligned(record("1", "a"), record("23", "bc"))
    assert merged_alignment(base, ours, theirs) == (record("1", "a", 1, "ada"), record("23", "bc"))


@pytest.mark.parametrize(
    ("ours", "theirs", "winner"),
    [
        (record("12", "ab", 0.3, "ada"), record("1", "ab", 0.9), 0),
        (record("12", "ab", 0.6), record("1", "ab", 0.9), 1),
        (record("12", "ab", 0.9), record("1", "ab", 0.9), 0),
        (record("12", "ab", 0.8, "ada"), record("1", "ab", 0.9, "ben"), 1),
    ],
)
def test_of_two_beads_on_one_sentence_the_more_trusted_stays(ours: BeadRecord, theirs: BeadRecord, winner: int) -> None:
    base = aligned()
    merged = merge_alignments(base, aligned(ours), aligned(theirs))
    assert merged == merge_alignments(base, aligned(theirs), aligned(ours))
    pair = [ours, theirs]
    assert merged.alignment.beads == (pair[winner],)
    assert merged.dropped == (pair[1 - winner],)


def test_beads_come_back_where_the_one_that_replaced_them_gives_way() -> None:
    base = aligned(record("1", "a"), record("2", "b"))
    ours = aligned(record("1", "a", 0.5, "ada"), record("2", "b"))
    theirs = aligned(record("12", "ab", 0.9))
    assert merged_alignment(base, ours, theirs) == (record("1", "a", 0.5, "ada"), record("2", "b"))


def test_the_digest_of_a_side_that_changed_is_taken_and_two_new_ones_are_reported() -> None:
    base = aligned()
    one = merge_alignments(base, aligned(source="new"), aligned(target="other"))
    assert (one.alignment.source_digest, one.alignment.target_digest, one.outdated) == ("new", "other", ())
    assert merge_alignments(base, aligned(source="x"), aligned(source="y")).outdated == ("source",)


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    beads = []
    sources, targets = list("12345"), list("abcde")
    while sources or targets:
        n, m = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        if n + m and (sources[:n] or targets[:m]):
            who = draw(st.sampled_from([None, None, "ada", "ben"]))
            beads.append(record("".join(sources[:n]), "".join(targets[:m]), draw(st.sampled_from([0.2, 0.8])), who))
        sources, targets = sources[max(n, 1) :], targets[max(m, 1) :]
    return aligned(*beads, source=draw(st.sampled_from("st")))


@given(alignments(), alignments(), alignments())
@settings(deadline=None)
def test_no_sentence_is_in_two_beads_and_the_sides_can_be_exchanged(
    base: Alignment, ours: Alignment, theirs: Alignment
) -> None:
    merged = merge_alignments(base, ours, theirs)
    assert merged == merge_alignments(base, theirs, ours)
    for side in ("source", "target"):
        sentences = [identity for bead in merged.alignment.beads for identity in getattr(bead, side)]
        assert len(sentences) == len(set(sentences))
    assert merge_alignments(base, base, ours).alignment == ours
    assert merge_alignments(base, ours, ours).alignment == ours
    both = set(ours.beads) & set(theirs.beads)
    assert all(bead in merged.alignment.beads for bead in both)


UNITS = st.lists(
    st.builds(unit, st.sampled_from("abcd"), st.sampled_from(["one", "two"]), following=st.integers(2, 4)),
    unique_by=lambda each: each.id,
)


@given(UNITS, UNITS, UNITS)
def test_units_are_merged_symmetrically(
    base: list[UnitRecord], ours: list[UnitRecord], theirs: list[UnitRecord]
) -> None:
    assert merge_units(base, ours, theirs) == merge_units(base, theirs, ours)
    assert merge_units(base, base, ours) == (ours, []) == merge_units(base, ours, ours)


# Files


def three(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> tuple[Path, Path, Path]:
    paths = folder / "base", folder / "ours", folder / "theirs"
    for path, data in zip(paths, (base, ours, theirs), strict=True):
        path.write_bytes(data)
    return paths


def po(*pairs: tuple[str, str]) -> bytes:
    return new_catalog("de", [new_entry(msgid=source, msgstr=target) for source, target in pairs]).to_bytes()


def test_segments_and_alignments_are_told_by_their_content(tmp_path: Path) -> None:
    lines = [write_units([unit("a")]), write_units([unit("a", "two")]), write_units([unit("a"), unit("b")])]
    merged = merge_files(*three(tmp_path, *lines), "x")
    (tmp_path / "merged").write_bytes(merged.data)
    assert read_units(tmp_path / "merged") == [unit("a", "two"), unit("b")]
    beads = [
        aligned(record("1", "a")),
        aligned(record("1", "a", 1, "ada")),
        aligned(record("1", "a"), record("2", "b")),
    ]
    merged = merge_files(*three(tmp_path, *map(write_alignment, beads)), "alignments/de/a.txt.jsonl")
    (tmp_path / "merged").write_bytes(merged.data)
    assert read_alignment(tmp_path / "merged") == aligned(record("1", "a", 1, "ada"), record("2", "b"))


def test_a_dropped_proposal_is_a_note_and_a_dropped_confirmation_a_conflict(tmp_path: Path) -> None:
    def merge(theirs: BeadRecord) -> MergedFile:
        lines = map(write_alignment, (aligned(), aligned(record("12", "a", 0.9, "ada")), aligned(theirs)))
        return merge_files(*three(tmp_path, *lines), "a.jsonl")

    proposed, confirmed = merge(record("1", "a", 1.0)), merge(record("1", "a", 0.5, "ben"))
    assert (len(proposed.notes), len(proposed.conflicts)) == (1, 0)
    assert (len(confirmed.notes), len(confirmed.conflicts)) == (0, 1)
    assert "1 = a" in confirmed.conflicts[0]


def test_one_changed_side_is_taken_byte_for_byte(tmp_path: Path) -> None:
    base = write_units([unit("a")])
    theirs = base.replace(b'": ', b'":  ')
    assert merge_files(*three(tmp_path, base, base, theirs), "a.jsonl").data == theirs
    assert merge_files(*three(tmp_path, b"", base, base), "a.jsonl").data == base


def test_files_that_both_sides_added_are_merged(tmp_path: Path) -> None:
    lines = write_alignment(aligned(record("1", "a"))), write_alignment(aligned(record("1", "a"), record("2", "b")))
    merged = merge_files(*three(tmp_path, b"", *lines), "a.jsonl")
    assert merged.data == lines[1]


@pytest.mark.parametrize("name", ["a.jsonl", "notes.txt"])
@pytest.mark.parametrize("bad", [b"<<<<<<< ours\n", b"[1]\n", b'{"id": 1}\n', b"\xff\n"])
def test_what_is_no_file_of_a_project_is_refused(tmp_path: Path, name: str, bad: bytes) -> None:
    with pytest.raises((ProjectError, LocalesError)):
        merge_files(*three(tmp_path, bad, bad, bad), name)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["merge", *map(str, arguments)])


def test_the_command_writes_ours_and_says_nothing_where_nobody_has_to_decide(tmp_path: Path) -> None:
    paths = three(tmp_path, po(("a", ""), ("b", "")), po(("a", "1"), ("b", "")), po(("a", ""), ("b", "2")))
    done = run(*paths)
    assert (done.exit_code, done.output) == (0, "")
    assert paths[1].read_bytes() == po(("a", "1"), ("b", "2"))


def test_the_command_ends_with_1_and_a_valid_file_where_somebody_has_to_decide(tmp_path: Path) -> None:
    paths = three(tmp_path, po(("a", "")), po(("a", "2")), po(("a", "1")))
    done = run(*paths, "--path", "locales/de/LC_MESSAGES/a.po")
    assert done.exit_code == 1
    (entry,) = read_catalog(paths[1])
    assert entry.msgstr == "1\n2"
    assert done.stderr.startswith(f"locales/de/LC_MESSAGES/a.po:{entry.line}: ")


def test_the_command_leaves_ours_as_it_is_where_a_file_cannot_be_used(tmp_path: Path) -> None:
    paths = three(tmp_path, po(("a", "")), po(("a", "2")), b"<<<<<<< ours\n")
    done = run(*paths, "--path", "a.po")
    assert done.exit_code == 3
    assert "a.po (theirs):1:" in done.stderr
    assert paths[1].read_bytes() == po(("a", "2"))
    assert run(*paths[:2], tmp_path / "none").exit_code == 3


def test_the_command_writes_elsewhere_when_asked_and_replaces_nothing_without_force(tmp_path: Path) -> None:
    paths = three(tmp_path, po(("a", "")), po(("a", "1")), po(("a", ""), ("b", "")))
    out = tmp_path / "out.po"
    assert run(*paths, "-o", out).exit_code == 0
    assert out.read_bytes() == po(("a", "1"), ("b", ""))
    assert paths[1].read_bytes() == po(("a", "1"))
    assert run(*paths, "-o", out).exit_code == 3
    assert run(*paths, "-o", out, "--force").exit_code == 0
