"""What translations teach goes on to the next text, adds up, and survives a file, but no damaged one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments import align
from segments.alignment import Associations, Lesson, align_stretch, from_bytes, learn, to_bytes, translations
from segments.errors import AlignmentError

LESSONS = [
    Lesson("The red door.", "Die rote Tür.", 1.0),
    Lesson("A red boat.", "Ein rotes Boot.", 1.0),
    Lesson("The old boat.", "Das alte Boot.", 1.0),
    Lesson("An old door.", "Eine alte Tür.", 1.0),
    Lesson("The boat is red.", "Das Boot ist rot.", 1.0),
]


def test_a_word_is_learned_from_the_texts_it_stands_in() -> None:
    known = learn(LESSONS, "en", "de")
    boat = translations(known, "boat")
    assert boat[0].word == "boot"
    assert boat[0].times > 2
    assert sum(each.probability for each in boat) <= 1 + 1e-9
    assert translations(known, "boot", of_target=True)[0].word == "boat"


def test_an_unknown_word_has_no_translations() -> None:
    assert translations(learn(LESSONS, "en", "de"), "harbour") == []
    assert translations(Associations.none(), "boat") == []


def test_a_lesson_counts_by_its_weight() -> None:
    once, twice = (learn([Lesson("boat", "Boot", weight)], "en", "de") for weight in (1.0, 2.0))
    assert translations(twice, "boat")[0].times == pytest.approx(2 * translations(once, "boat")[0].times)


def test_nothing_is_learned_from_no_lesson() -> None:
    assert not learn([], "en", "de").source.words


def test_what_texts_teach_adds_up_in_any_order() -> None:
    parts = [learn(LESSONS[:2], "en", "de"), learn(LESSONS[2:], "en", "de"), Associations.none()]
    one, other = Associations.joined(parts), Associations.joined(parts[::-1])
    assert one.source.words == other.source.words
    assert one.forward == pytest.approx(other.forward)
    each = [t.times for part in parts for t in translations(part, "boat") if t.word == "boot"]
    assert translations(one, "boat")[0].times == pytest.approx(sum(each))


def test_a_text_without_a_hint_is_aligned_by_what_another_one_taught() -> None:
    words = {"kuzo": "zag", "fima": "mil", "lote": "tor", "sabi": "ruk", "dano": "pel", "giro": "vos"}
    others = {f"{letter}ixu": f"{letter * 2}oem" for letter in "bcdfghjklmnpqrstvwyz"}
    taught = learn([Lesson(source, target, 1.0) for source, target in {**words, **others}.items()] * 20, "en", "de")
    source = ["kuzo fima lote.", "sabi giro bixu.", "lote dano kuzo.", "giro kuzo dano."]
    target = ["zag mil tor", "tor pel zag", "vos zag pel"]
    without, found = (
        [(list(bead.source), list(bead.target)) for bead in align(source, target, "en", "de", known=known)]
        for known in (None, taught)
    )
    assert found[-2:] == [([2], [1]), ([3], [2])]
    assert without[-2:] != found[-2:]


def test_nothing_known_changes_nothing() -> None:
    source, target = [lesson.source for lesson in LESSONS], [lesson.target for lesson in LESSONS]
    assert align(source, target, "en", "de", known=Associations.none()) == align(source, target, "en", "de")


# -------------------------------------------------------------------------------------------------------------- a file


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12), st.floats(0, 3)), max_size=6))
def test_a_file_gives_back_what_was_written(lessons: list[tuple[str, str, float]]) -> None:
    known = learn([Lesson(*each) for each in lessons], "az", "ja")
    again = from_bytes(to_bytes(known))
    assert (again.source.words, again.target.words) == (known.source.words, known.target.words)
    assert np.array_equal(again.source_word, known.source_word)
    assert again.forward == pytest.approx(known.forward, rel=1e-6)
    assert to_bytes(again) == to_bytes(known)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused(data: st.DataObject) -> None:
    good = to_bytes(learn(LESSONS, "en", "de"))
    place = data.draw(st.integers(0, len(good) - 1))
    changed = good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :]
    for bad in (changed, good[:place]):
        with pytest.raises(AlignmentError, match="delete the file"):
            from_bytes(bad)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]\n",
        b'{"words": [["a"], ["b"]], "pairs": 1000000000000}\n',
        b'{"words": [["a"], ["b"]], "pairs": -1}\n' + bytes(8),
        b'{"words": [["a"], ["b"]], "pairs": 1e400}\n',
        b'{"words": [["a"]], "pairs": 0}\n' + bytes(8),
        b'{"words": [["a"], ["b"]], "pairs": 1}\n' + b"\x09\0\0\0" + bytes(28),
        b'{"words": [["a"], ["b"]], "pairs": 1}\n' + bytes(24) + b"\0\0\xc0\x7f" * 2,
        b'{"words": [["a"], ["b"]], "pairs": 1}\n' + bytes(24) + b"\0\0\x80\xbf" * 2,
        b"[" * 100_000,
    ],
)
def test_a_forged_file_with_a_fitting_checksum_is_refused(body: bytes) -> None:
    from hashlib import blake2b

    forged = b"hexapla associations 1\n" + blake2b(body, digest_size=16).digest() + body
    with pytest.raises(AlignmentError, match="delete the file"):
        from_bytes(forged)


# ----------------------------------------------------------------------------------------------------------- a stretch


def test_a_stretch_is_aligned_by_the_documents_own_numbers() -> None:
    source = ["First.", "In 1984 it rained.", "In 1985 it snowed.", "Then 12 birds came.", "Last."]
    target = ["Erstens.", "1984 regnete es.", "1985 schneite es.", "Dann kamen 12 Vögel.", "Zuletzt."]
    beads = align_stretch(source, target, "en", "de", (range(1, 4), range(1, 4)))
    assert [(list(b.source), list(b.target)) for b in beads] == [([1], [1]), ([2], [2]), ([3], [3])]


def test_fixed_beads_inside_a_stretch_stay() -> None:
    source, target = ["a", "b", "c", "d"], ["A", "B", "C", "D"]
    fixed = (range(2, 3), range(1, 2))
    beads = align_stretch(source, target, "en", "de", (range(1, 4), range(1, 4)), fixed=[fixed])
    assert fixed in [(bead.source, bead.target) for bead in beads]
    assert beads[-1].target.stop == beads[-1].source.stop == 4


@pytest.mark.parametrize("stretch", [(range(3), range(1)), (range(-1, 1), range(1)), (range(2), range(0, 2, 2))])
def test_a_stretch_that_is_no_part_of_the_document_is_refused(stretch: tuple[range, range]) -> None:
    with pytest.raises(AlignmentError, match="is not a part of"):
        align_stretch(["a", "b"], ["A", "B"], "en", "de", stretch)


def test_a_fixed_bead_outside_of_a_stretch_is_named_as_the_document_numbers_it() -> None:
    with pytest.raises(AlignmentError, match="fixed bead 0:1 = 0:1 is not within the stretch 1:3 = 1:3"):
        align_stretch(["a", "b", "c"], ["A", "B", "C"], "en", "de", (range(1, 3), range(1, 3)), fixed=[(range(1),) * 2])


def test_a_stretch_needs_a_kind_for_each_sentence_of_the_document() -> None:
    kinds = ["item"] * 2, ["item"] * 3
    with pytest.raises(AlignmentError, match="2 kinds for 3 sentences"):
        align_stretch(["a", "b", "c"], ["A", "B", "C"], "en", "de", (range(2), range(2)), kinds=kinds)


@pytest.mark.parametrize("weight", [-1.0, float("inf"), float("nan")])
def test_a_lesson_without_a_finite_weight_is_refused(weight: float) -> None:
    with pytest.raises(AlignmentError, match="A lesson weighs"):
        learn([*LESSONS, Lesson("A boat.", "Ein Boot.", weight)], "en", "de")


def test_a_stretch_that_is_empty_on_one_side_is_a_run_of_omissions() -> None:
    beads = align_stretch(["a", "b"], ["A"], "en", "de", (range(2), range(1, 1)))
    assert [(list(b.source), list(b.target)) for b in beads] == [([0], []), ([1], [])]
