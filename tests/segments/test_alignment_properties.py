"""What holds for every text: all is covered, in order, each document within its borders, and always in the same way."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from segments import Bead, align, align_documents

WORDS = [
    "anna",
    "Лев",
    "7",
    "1984",
    "和",
    "日本",
    "שלום",
    "کتاب",
    "naïve",
    "İstanbul",
    "ก่อน",
    "🎈",
    "?",
    "“",
    "\ud800",
    "\x00",
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=12)
TEXTS = st.lists(SENTENCES, max_size=9)
LANGUAGES = st.sampled_from(["en", "de", "tr", "az-Latn", "zh-Hant", "fa", "", "x-none"])
quick = settings(max_examples=60, deadline=None)


@st.composite
def documents_with_fixed_beads(draw: st.DrawFn) -> tuple[list[str], list[str], list[tuple[range, range]]]:
    source, target = draw(TEXTS), draw(TEXTS)
    left = draw(st.lists(st.integers(0, len(source)), max_size=6).filter(lambda cuts: len(cuts) % 2 == 0))
    right = draw(st.lists(st.integers(0, len(target)), min_size=len(left), max_size=len(left)))
    left, right = sorted(left), sorted(right)
    ranges = [range(*cuts) for cuts in zip(left[::2], left[1::2], strict=True)]
    others = [range(*cuts) for cuts in zip(right[::2], right[1::2], strict=True)]
    fixed = [bead for bead in zip(ranges, others, strict=True) if bead[0] or bead[1]]
    return source, target, fixed


def assert_covers(beads: Sequence[Bead], source: Sequence[str], target: Sequence[str]) -> None:
    i = j = 0
    for bead in beads:
        assert bead.source or bead.target
        assert (bead.source.start, bead.target.start) == (i, j)
        assert 0.0 <= bead.confidence <= 1.0
        i, j = bead.source.stop, bead.target.stop
    assert (i, j) == (len(source), len(target))


@quick
@given(TEXTS, TEXTS, LANGUAGES, LANGUAGES)
def test_beads_cover_both_texts_in_order(source: list[str], target: list[str], one: str, other: str) -> None:
    assert_covers(align(source, target, one, other), source, target)


@quick
@given(TEXTS, TEXTS)
def test_the_same_texts_give_the_same_beads(source: list[str], target: list[str]) -> None:
    assert align(source, target, "en", "de") == align(list(source), tuple(target), "en", "de")


@quick
@given(documents_with_fixed_beads())
def test_fixed_beads_come_back_unchanged(document: tuple[list[str], list[str], list[tuple[range, range]]]) -> None:
    source, target, fixed = document
    beads = align(source, target, "en", "de", fixed=fixed)
    assert_covers(beads, source, target)
    assert all(Bead(*ranges, confidence=1.0) in beads for ranges in fixed)


@quick
@given(st.lists(documents_with_fixed_beads(), max_size=4))
def test_documents_give_one_result_each(
    documents: list[tuple[list[str], list[str], list[tuple[range, range]]]],
) -> None:
    pairs = [(source, target) for source, target, _ in documents]
    results = align_documents(pairs, "en", "de", fixed=[fixed for _, _, fixed in documents])
    assert len(results) == len(pairs)
    for beads, (source, target) in zip(results, pairs, strict=True):
        assert_covers(beads, source, target)


@quick
@given(TEXTS, TEXTS)
def test_one_document_aligns_as_a_text_does(source: list[str], target: list[str]) -> None:
    assert align_documents([(source, target)], "en", "de") == [align(source, target, "en", "de")]


@quick
@given(st.lists(st.sampled_from(["gleich", "anders hier", "noch 5"]), min_size=1, max_size=40))
def test_texts_that_repeat_themselves_are_covered(text: list[str]) -> None:
    assert_covers(align(text, text[::2], "de", "de"), text, text[::2])
