"""What each module of alignment answers, on examples small enough to check by hand or by brute force."""

from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.alignment.anchors import Anchors, rising_chain
from segments.alignment.band import Band
from segments.alignment.cooccurrence import Beads, Cooccurrence
from segments.alignment.corpus import read_corpus, with_kinds
from segments.alignment.first import first_band
from segments.alignment.keys import keys, without_running_numbers
from segments.alignment.lengths import LengthModel, Stretches, fit
from segments.alignment.letters import skeleton
from segments.alignment.lexicon import Agreement, expect, maximise
from segments.alignment.prior import USUAL, adapted, first_prior
from segments.alignment.region import Document, Region

# ---------------------------------------------------------------------------------------------------- keys and letters


@pytest.mark.parametrize(
    ("sentence", "language", "words"),
    [
        ("The 3 Cats’ café!", "en", ["the", "#3", "cats", "café", ".!"]),
        ("١٢٫٥ کتاب؟", "fa", ["#125", "کتاب", ".?"]),
        ("IŞIK İyi", "tr", ["ışık", "iyi"]),
        ("東京タワーへ行く", "ja", ["東", "京", "タワー", "行"]),
        ("Python入門", "zh", ["pytho", "入", "門"]),
        ("런던에서", "ko", ["런던", "던에", "에서"]),
        ("हिन्दी में", "hi", ["हिन्द", "में"]),
        ("กินข้าว", "th", ["กิ", "น", "ข้", "า", "ว"]),
        ("می‌شود", "fa", ["می\u200cشو"]),
        ("🎈 \x00 \ud800", "en", []),
    ],
)
def test_a_sentence_is_cut_into_words_of_its_script(sentence: str, language: str, words: list[str]) -> None:
    assert keys(sentence, language).words == words


@pytest.mark.parametrize(
    ("one", "other"),
    [("london", "лондон"), ("berlin", "برلین"), ("tbilisi", "თბილისი"), ("karen", "カレン"), ("athina", "αθηνα")],
)
def test_a_name_has_one_skeleton_in_every_script(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@given(st.text())
def test_every_text_has_keys(text: str) -> None:
    found = keys(text, "az")
    assert all(word for word in found.words)
    assert skeleton(text.casefold()).isascii()


@pytest.mark.parametrize(
    "sentences",
    [
        ["1985", "1986", "1987", "1988", "1989"],
        ["2 eggs", "3 lemons"],
        ["1. Mix.", "Stir.", "Wait.", "2. Bake.", "3. Eat."],
        ["4 men", "2 boats", "9 fish", "1 net"],
    ],
)
def test_numbers_that_tell_something_stay(sentences: list[str]) -> None:
    assert without_running_numbers(sentences) == sentences


# ------------------------------------------------------------------------------------------------------------- anchors


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=9))
def test_the_chain_is_a_longest_one_that_rises_on_both_sides(points: list[tuple[int, int]]) -> None:
    chain = rising_chain(points)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain))
    assert set(chain) <= set(points)
    longest: dict[tuple[int, int], int] = {}
    for point in sorted(set(points)):
        before = [longest[other] for other in longest if other[0] < point[0] and other[1] < point[1]]
        longest[point] = 1 + max(before, default=0)
    assert len(chain) == max(longest.values(), default=0)


def test_a_rare_key_tells_more_than_a_frequent_one() -> None:
    source = [["wanna", ".?"], [".?"], [".?"], ["#7"], []]
    target = [["wanna", ".?"], [".?"], ["#7", ".?"], [], []]
    anchors = Anchors.of(source, target)
    evidence = np.diff(np.diff(anchors.shared(range(5), range(5)), axis=0), axis=1).tolist()
    assert evidence[0][0] > evidence[3][2] > evidence[1][1] > 0
    assert evidence[4] == [0.0] * 5
    assert anchors.points(range(5), range(5)) == [(0, 0), (3, 2)]


def _first_looked_at(source: list[str], target: list[str]) -> Band:
    corpus = read_corpus([with_kinds(source, target, None)], "en", "de")
    anchors = Anchors.of(corpus.source.anchors, corpus.target.anchors)
    return first_band(Region(range(len(source)), range(len(target))), corpus, anchors)


def test_numbers_that_meet_by_chance_do_not_lead_the_first_look_astray() -> None:
    random = np.random.default_rng(3)
    source, target = ["The year was 0000."] * 6000, ["Es war Anno 0000."] * 6000
    for number in range(1000, 1200):
        source[random.integers(6000)] = f"The year was {number}."
        target[random.integers(6000)] = f"Es war Anno {number}."
    band = _first_looked_at(source, target)
    assert all(band.low[row] <= row < band.high[row] for row in range(6000))


def test_numbers_that_come_in_the_same_order_lead_the_first_look() -> None:
    source = [f"The year was {1000 + row // 20 if row % 20 == 0 else '0000'}." for row in range(2000)]
    target = [f"Es war Anno {1000 + row // 20 if row % 20 == 0 else '0000'}." for row in range(2000)]
    band = _first_looked_at(source, [*(["Es war eine lange, lange, lange Vorrede."] * 100), *target])
    assert all(
        low <= row + 100 < high for row, (low, high) in list(enumerate(zip(band.low, band.high, strict=True)))[9:]
    )


# ------------------------------------------------------------------------------------------------------------- lengths


def test_lengths_that_fit_score_higher_than_lengths_that_do_not() -> None:
    lengths = np.array([20.0, 100.0, 45.0, 60.0])
    model = LengthModel.of(Stretches.of(lengths), Stretches.of(lengths * 1.2), ratio=1.2, variance=6.0)
    one_to_one = model.block(1, 1, range(4), range(4))
    assert one_to_one.argmax(axis=1).tolist() == [0, 1, 2, 3]
    many = model.beads(np.arange(4), np.arange(4), np.ones(4, np.int64), np.ones(4, np.int64))
    assert many == pytest.approx(one_to_one.diagonal())


def test_ratio_and_variance_are_found_again() -> None:
    random = np.random.default_rng(5)
    source = random.uniform(20, 200, size=4000)
    target = 0.8 * source + random.normal(size=4000) * np.sqrt(3.0 * 0.8 * source)
    ratio, variance = fit(source, target)
    assert ratio == pytest.approx(0.8, rel=0.02)
    assert variance == pytest.approx(3.0, rel=0.1)


# --------------------------------------------------------------------------------------------------------------- prior


def test_a_prior_leans_to_the_longer_side_and_to_what_was_seen() -> None:
    even, uneven = first_prior(100, 100), first_prior(100, 150)
    assert sum(even.values()) == pytest.approx(1)
    assert even[1, 2] == even[2, 1]
    assert uneven[1, 2] > even[1, 2] > uneven[2, 1]
    seen = adapted(even, {(1, 1): 60, (2, 1): 40}, {(1, 1): 60, (2, 1): 40}, meeting=0.5)
    assert seen[2, 1] > even[2, 1]
    assert min(seen[shape] for shape in USUAL) > 0


def test_sentences_recut_on_both_sides_are_expected_where_sentences_are_recut() -> None:
    usual = first_prior(100, 100)
    faithful = adapted(usual, {(1, 1): 1000}, {(1, 1): 1000}, meeting=0.5)
    free = adapted(usual, {(1, 1): 700, (1, 2): 200, (2, 1): 100}, {(1, 1): 700, (1, 2): 200, (2, 1): 100}, meeting=0.5)
    assert free[2, 2] > 20 * faithful[2, 2]
    assert free[2, 2] > free[2, 3] > free[3, 3]


# ------------------------------------------------------------------------------------------------------------- lexicon


def naive_model_1(pairs: list[tuple[list[str], list[str]]], steps: int) -> dict[tuple[str, str], float]:
    """IBM Model 1 as in the paper, without a NULL word."""
    table: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)
    for _ in range(steps):
        counts: dict[tuple[str, str], float] = defaultdict(float)
        for known, explained in pairs:
            for word in explained:
                mass = sum(table[cause, word] for cause in known)
                for cause in known:
                    counts[cause, word] += table[cause, word] / mass
        totals: dict[str, float] = defaultdict(float)
        for (cause, _), count in counts.items():
            totals[cause] += count
        table = defaultdict(float, {pair: count / totals[pair[0]] for pair, count in counts.items()})
    return table


def test_the_lexicon_is_model_1() -> None:
    source = ["rot haus", "rot buch", "klein haus haus", "klein rot buch"]
    target = ["дом ал", "том ал", "дом мал", "том ал мал"]
    corpus = read_corpus([with_kinds(source, target, None)], "de", "ru")
    together = Cooccurrence.of(Beads.of((range(n, n + 1), range(n, n + 1)) for n in range(4)), corpus, sharpness=0.0)
    probability = np.ones(len(together.given_word))
    for _ in range(5):
        probability = maximise(expect(together, probability, np.ones(4)))
    expected = naive_model_1([(s.split(), t.split()) for s, t in zip(source, target, strict=True)], steps=5)
    source_words = sorted({w for s in source for w in s.split()}, key=lambda w: (-" ".join(source).split().count(w), w))
    target_words = sorted({w for s in target for w in s.split()}, key=lambda w: (-" ".join(target).split().count(w), w))
    found = {
        (source_words[known], target_words[word]): value
        for known, word, value in zip(together.given_word, together.explained_word, probability, strict=True)
    }
    assert found == pytest.approx(dict(expected), abs=1e-5)


def test_shared_sentence_pairs_count_once_for_each_bead_and_by_its_weight() -> None:
    corpus = read_corpus([with_kinds(["ab cd", "ab"], ["ху ци", "ху"], None)], "en", "ru")
    beads = Beads.of([(range(1), range(1)), (range(2), range(2)), (range(1, 2), range(1, 2))])
    together = Cooccurrence.of(beads, corpus, sharpness=4.5)
    for direction in (together, together.turned()):
        expectation = expect(direction, np.ones(len(direction.given_word)), np.array([0.5, 0.25, 1.0]))
        explained = direction.explained.count
        assert expectation.counts.sum() == pytest.approx(explained @ np.array([0.5, 0.25, 1.0]), rel=1e-5)


def test_directions_that_agree_expect_the_mean_of_both() -> None:
    corpus = read_corpus([with_kinds(["ab cd", "ab"], ["ху ци", "ху ци"], None)], "en", "ru")
    beads = Beads.of([(range(1), range(1)), (range(1, 2), range(1, 2))])
    one = Cooccurrence.of(beads, corpus, sharpness=4.5)
    agreement = Agreement.of(*(expect(side, np.ones(len(side.given_word)), np.ones(2)) for side in (one, one.turned())))
    assert agreement.counts == pytest.approx((agreement.one.counts + agreement.other.counts) / 2)
    assert agreement.turned().counts == pytest.approx(agreement.counts)
    shares = sum(agreement.shares(block).sum() for block in one.blocks)
    assert shares == pytest.approx(agreement.counts.sum(), rel=1e-5)


def test_no_beads_have_no_word_pairs() -> None:
    corpus = read_corpus([with_kinds(["ab cd"], ["ху ци"], None)], "en", "ru")
    together = Cooccurrence.of(Beads.of([]), corpus, sharpness=4.5)
    assert together.blocks == []
    assert len(together.given_word) == 0


def test_words_of_one_place_attract_each_other() -> None:
    corpus = read_corpus(
        [with_kinds(["ab cd ef gh ij kl mn op"] * 2, ["ау бу ву гу ду еу жу зу"] * 2, None)], "en", "ru"
    )
    together = Cooccurrence.of(Beads.of([(range(1), range(1)), (range(1, 2), range(1, 2))]), corpus, sharpness=9.0)
    counts = expect(together, np.ones(len(together.given_word)), np.ones(2)).counts
    near, far = (together.given_word == 0) & (together.explained_word == 0), together.explained_word == 7
    assert counts[near][0] > 10 * counts[far & (together.given_word == 0)][0]


# ------------------------------------------------------------------------------------------------------------- regions


def test_confirmed_beads_cut_a_document_into_regions() -> None:
    document = Document(range(10, 20), range(30, 36), [(range(10, 12), range(30, 31)), (range(15, 15), range(33, 34))])
    assert document.regions() == [
        Region(range(10, 10), range(30, 30)),
        Region(range(12, 15), range(31, 33)),
        Region(range(15, 20), range(34, 36)),
    ]
    assert document.open_regions() == document.regions()[1:]


def test_function_words_of_a_long_text_are_left_out_but_not_what_both_sides_have() -> None:
    text = with_kinds(["the hen saw Anna"] * 2001, ["das Huhn sah Anna"] * 2001, None)
    short = with_kinds(*(side[:2000] for side in text[:2]), None)
    assert read_corpus([text], "en", "de", all_words=False).source.vocabulary == ["anna"]
    assert len(read_corpus([short], "en", "de", all_words=False).source.vocabulary) == 4
    assert read_corpus([text], "en", "de", all_words=False).source.spoken.tolist() == [4] * 2001
    assert len(read_corpus([text], "en", "de").source.vocabulary) == 4
