"""Ids are given once: they stay with their sentences whatever happens around them."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from segments.documents import read_document
from workflow.records import Alignment, BeadRecord, read_alignment, read_units, write_alignment, write_units
from workflow.segmenting import Version, recuttable, segment

PARAGRAPHS = (
    "The mill stands by the river. It has been quiet for years.",
    "Every autumn the children collect chestnuts.",
    "Nobody knows who built the bridge. It is older than the town.",
    "Bread is baked on Fridays.",
)


def cut(paragraphs: list[str] | tuple[str, ...], old: Version | None = None) -> Version:
    document = read_document("a.txt", "\n\n".join(paragraphs).encode(), "en")
    if old is None:
        return segment(document, "en")
    texts = {record.id: tuple(s.text for s in segments) for _, record, segments in old.unit_segments()}
    return segment(document, "en", old.records, lambda record: texts[record.id])


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=8))
def test_records_rebuild_the_text_and_ids_are_unique(paragraphs: list[str]) -> None:
    version = cut(paragraphs)
    for unit, record, segments in version.unit_segments():
        texts = [segment.text for segment in segments]
        rebuilt = "".join(g + s for g, s in zip(record.gaps, (*texts, ""), strict=True))
        assert rebuilt == unit.text
    assert len(version.texts()) == sum(len(record.numbers) for record in version.records)


@given(st.permutations(PARAGRAPHS), st.sets(st.integers(0, 3), max_size=3))
def test_ids_follow_paragraphs_that_move_while_others_go(order: list[str], gone: set[int]) -> None:
    before = cut(PARAGRAPHS)
    ids = {text: identity for identity, text in before.texts().items()}
    after = cut([text for text in order if PARAGRAPHS.index(text) not in gone] or [PARAGRAPHS[0]], before)
    for identity, text in after.texts().items():
        assert ids[text] == identity


def test_an_edited_sentence_keeps_its_id_and_a_new_one_gets_a_number_never_used() -> None:
    before = cut(PARAGRAPHS)
    first, second = list(before.texts())[:2]
    shorter = cut(["The mill stands by the river.", *PARAGRAPHS[1:]], before)
    longer = cut(["The mill stands by the lake. It never turned. Ask the miller.", *PARAGRAPHS[1:]], shorter)
    ids = list(longer.texts())[:3]
    assert ids[0] == first
    assert second not in ids


def test_two_people_who_add_the_same_paragraph_give_it_the_same_id() -> None:
    base = cut(PARAGRAPHS[:2])
    one = cut([*PARAGRAPHS[:2], PARAGRAPHS[3]], base)
    other = cut([PARAGRAPHS[3], *PARAGRAPHS[:2]], base)
    assert set(one.texts()) == set(other.texts())


def test_a_unit_cut_by_hand_is_not_cut_anew(tmp_path: Path) -> None:
    before = cut(PARAGRAPHS)
    unit, record, _ = next(before.unit_segments())
    by_hand = record.__class__(
        record.id, record.kind, record.digest, (1,), (len(unit.text),), ("", ""), 3, record.splitter, cuts=(29,)
    )
    (tmp_path / "a.jsonl").write_bytes(write_units([by_hand, *before.records[1:]]))
    kept = Version("en", before.document, tuple(read_units(tmp_path / "a.jsonl")))
    assert not recuttable(kept, ())
    assert segment(before.document, "en", kept.records).records[0] == by_hand


def test_what_an_older_splitter_cut_is_cut_anew_only_where_nobody_worked() -> None:
    before = cut(PARAGRAPHS)
    unit, record, _ = next(before.unit_segments())
    old = record.__class__(record.id, record.kind, record.digest, (1,), (len(unit.text),), ("", ""), 2, "old")
    kept = Version("en", before.document, (old, *before.records[1:]))
    assert recuttable(kept, {f"{record.id}.1"}) == set()
    assert recuttable(kept, ()) == {record.id}
    again = segment(before.document, "en", kept.records, recut={record.id})
    assert [len(r.numbers) for r in again.records] == [2, 1, 2, 1]


def test_an_alignment_reads_back_as_it_was_written(tmp_path: Path) -> None:
    both, addition, later = (("a.1", "a.2"), ("x.1",)), ((), ("x.2",)), (("b.1",), ())
    beads = (BeadRecord(*both, 0.5, "ada"), BeadRecord(*addition, 0.25), BeadRecord(*later, 0.0))
    alignment = Alignment("0" * 12, "f" * 12, beads, frozenset({"b.1"}))
    (tmp_path / "a.jsonl").write_bytes(write_alignment(alignment))
    assert read_alignment(tmp_path / "a.jsonl") == alignment
