"""A model of meaning has a say where the texts themselves do not tell; what is no vector is refused."""

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from segments import Bead, align
from segments.alignment import Embed
from segments.alignment.cooccurrence import Beads
from segments.alignment.embeddings import meaning_scores
from segments.errors import AlignmentError


def trigrams(texts: list[str]) -> NDArray[np.float32]:
    """Count the letter trigrams of each text: a model that knows related languages by their spelling."""
    vectors = np.zeros((len(texts), 256), np.float32)
    for row, text in enumerate(texts):
        padded = f" {text.casefold()} "
        for place in range(len(padded) - 2):
            vectors[row, crc32(padded[place : place + 3].encode()) % 256] += 1
    return vectors


DUTCH = ["Het water was koud.", "Wij gingen naar huis.", "De winter kwam snel.", "Mijn broer is blind."]
GERMAN = ["Das Wasser war kalt.", "Die Sonne schien hell.", "Der Winter kam schnell.", "Mein Bruder ist blind."]


def shown(beads: list[Bead]) -> list[tuple[list[int], list[int]]]:
    return [(list(bead.source), list(bead.target)) for bead in beads]


def test_what_means_the_same_scores_above_what_does_not() -> None:
    ranges = [(range(1), range(n, n + 1)) for n in range(4)]
    scores = meaning_scores(trigrams, Beads.of(ranges), DUTCH, GERMAN)
    assert scores.argmax() == 0
    assert scores[0] > 0.5 > abs(scores[1])


def test_two_sentences_that_mean_the_same_tell_as_much_together_as_apart() -> None:
    beads = Beads.of([(range(1), range(1)), (range(2), range(2))])
    one, both = meaning_scores(trigrams, beads, ["ab cd ef", "gh ij kl"], ["ab cd ef", "gh ij kl"])
    assert both == pytest.approx(2 * one, rel=0.05)


MEANINGS = ["kuzo zag", "fima mil", "lote tor", "sabi ruk", "dano pel"]


def meanings(texts: list[str]) -> NDArray[np.float32]:
    """Count the words of each meaning: a model that knows five words of two languages."""
    return np.array([[sum(w in pair.split() for w in text.split()) for pair in MEANINGS] for text in texts], np.float32)


def test_a_model_tells_where_lengths_lead_astray() -> None:
    source, target = ["kuzo fima lote", "sabi", "dano"], ["zag", "mil tor", "ruk pel"]
    assert shown(align(source, target, "nl", "de")) == [([n], [n]) for n in range(3)]
    assert shown(align(source, target, "nl", "de", embed=meanings)) == [([0], [0, 1]), ([1, 2], [2])]


def test_confirmed_beads_stay_whatever_a_model_says() -> None:
    fixed = (range(1), range(1, 2))
    assert ([0], [1]) in shown(align(DUTCH, GERMAN, "nl", "de", fixed=[fixed], embed=trigrams))


def test_a_model_is_asked_about_the_beads_in_question_alone() -> None:
    asked: list[str] = []

    def embed(texts: list[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return trigrams(texts)

    source = [f"Kamer {n} is van nummer {n * 7}." for n in range(300)]
    target = [f"Zimmer {n} gehört Nummer {n * 7}." for n in range(300)]
    align(source, target, "nl", "de", embed=embed)
    assert 600 <= len(asked) <= 10 * 600
    assert len(set(asked)) > 0.9 * len(asked)


@pytest.mark.parametrize(
    "embed",
    [
        lambda texts: np.zeros((len(texts) + 1, 3), np.float32),
        lambda texts: np.zeros(len(texts), np.float32),
        lambda texts: np.full((len(texts), 3), np.nan, np.float32),
        lambda texts: [],
        lambda texts: [[1.0]] + [[1.0, 2.0]] * (len(texts) - 1),
        lambda texts: [["near", "far"]] * len(texts),
    ],
)
def test_what_is_no_row_of_numbers_for_each_text_is_refused(embed: Embed) -> None:
    with pytest.raises(AlignmentError, match="one row of finite numbers for each text"):
        align(DUTCH, GERMAN, "nl", "de", embed=embed)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=9), max_size=4), st.lists(st.text(max_size=9), max_size=4))
def test_a_model_that_knows_nothing_changes_nothing(source: list[str], target: list[str]) -> None:
    def nothing(texts: list[str]) -> NDArray[np.float32]:
        return np.zeros((len(texts), 2), np.float32)

    assert shown(align(source, target, "az", "ja", embed=nothing)) == shown(align(source, target, "az", "ja"))
