from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.boundaries import decide
from segments.boundaries.arbiter import Arbiter
from segments.boundaries.enclosures import Enclosures
from segments.boundaries.enumerations import find_labels
from segments.facts import facts_of

SIGNS = st.sampled_from(".!?…。։।؟:;,'\"“”«»()[]-–— \u00a0\n0123IVXabcАбвgößըア語ี1)a)")
TEXT = st.text(SIGNS | st.characters(codec=None), max_size=120)


def ends(text: str, language: str = "en") -> list[str]:
    """Return what stands before each end of a sentence."""
    places = [candidate.end for candidate, verdict in decide(text, facts_of(language)) if verdict.ends]
    return [text[a:b].strip() for a, b in pairwise([0, *places])]


@given(TEXT, st.sampled_from(["en", "de", "ja", "hy", "el", "ko", "th", "xx"]))
def test_decisions_are_in_order_inside_the_text_and_give_a_reason(text: str, language: str) -> None:
    decisions = decide(text, facts_of(language))
    places = [candidate.end for candidate, _ in decisions]
    assert places == sorted(set(places))
    assert all(0 < place < len(text) for place in places)
    assert all(0 <= candidate.start <= candidate.end for candidate, _ in decisions)
    assert all(verdict.reason for _, verdict in decisions)


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("de", "Er kam am 3. Mai. Dann ging er.", "Er kam am 3. Mai."),
        ("en", "It is 5 km. Then you rest.", "It is 5 km."),
        ("en", "Is it far? Then we wait.", "Is it far?"),
        ("en", "See 3.4.a.B for more. Then go on.", "See 3.4.a.B for more."),
        ("en", "Yes (!) it is. So be it.", "Yes (!) it is."),
        ("hy", "Այսօր տաք է: Մենք այստեղ ենք:", "Այսօր տաք է:"),
        ("el", "Πού ήσουν; Σε περιμέναμε.", "Πού ήσουν;"),
        ("hi", "मौसम अच्छा है। हम यहाँ हैं।", "मौसम अच्छा है।"),
        ("ko", "정말 맛있어요 다음에 또 오겠습니다", "정말 맛있어요"),
        ("en", "We left at 6 a.m. Travellers waited.", "We left at 6 a.m."),
        ("en", "The rain is over.Now we go.", "The rain is over."),
        ("en", "Nobody was wet.Mr. Hill laughed.", "Nobody was wet."),
        ("en", "The bus was delayed. nobody knew why.", "The bus was delayed."),
        ("en", "They went north to the BBC. Tea was served.", "They went north to the BBC."),
        ("en", "We rested. (The shop was shut.) Then we ate.", "We rested."),
        ("es", "¡Hola! ¿Quién viene?", "¡Hola!"),
        ("ja", "雨だ... 帰ろう。", "雨だ..."),
        ("ja", "雨だ!帰ろう。", "雨だ!"),
        ("he", 'אמרה: "בואו." כולם באו.', 'אמרה: "בואו."'),
        ("my", "မိုးရွာသည်။အိမ်ပြန်မည်။", "မိုးရွာသည်။"),
        ("de", "F. Wo war das? A. Am Fluss.", "F. Wo war das?"),
        ("ru", "В. Где это? О. У реки.", "В. Где это?"),
    ],
)
def test_a_sentence_ends_where_the_habits_of_the_language_say(language: str, text: str, first: str) -> None:
    assert ends(text, language)[:1] == [first]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ask Mr. Hill."),
        ("de", "Das ist im 19. Jahrhundert so gewesen"),
        ("de", "Sie wohnt in der Bahnhofstr. 5 im Hof"),
        ("hr", "To je bilo 1998. godine na moru"),
        ("en", "Read no. 5 and vol. IV of it"),
        ("en", "We have tea, coffee … and cake"),
        ("fa", "او گفت: امروز؛ نه فردا"),
        ("en", "He is in the U.S. Senate today"),
        ("en", "In 44 B.C. Caesar died"),
        ("en", "Take 2 lb. 4 oz. of it"),
        ("en", "First we ate . . . I did not"),
        ("en", "Thanks For The Good Day And All Our Plans"),
        ("en", "“It helps [...]” (Hill 55)."),
        ("en", "Call H.R.Hill today"),
        ("ru", "15 мая 1998 г. Новгород праздновал день города"),
        ("uk", "(вони самі так кажуть. — Ред.)"),
        ("sk", "za vlády Karola IV. sa veľa stavalo"),
        ("hy", "Էդ. Պետրոսյանը և Լ. Սարգսյանը"),
        ("fa", "نان و… پنیر خریدیم"),
    ],
)
def test_no_sentence_ends_inside(language: str, text: str) -> None:
    assert ends(text, language) == []


def test_labels_count_only_in_order_and_dates_are_none() -> None:
    assert find_labels("Do this: 1) dig 2) rest").ends == {8, 15}
    assert not find_labels("Am 20. 2. 1998 kam er").ends
    assert not find_labels("a) dig c) rest").ends


def test_marks_without_their_other_half_enclose_nothing() -> None:
    text = "It is (a) so “and so” and (then"
    assert Enclosures(text).brackets_at(7) == 1
    assert Enclosures(text).quotes_at(15) == 6
    assert not Enclosures(text).encloses(28)
    turned = "او علی) ع (را دید؟ گفت: سعید) ع (آمد"
    assert not Enclosures(turned).encloses(turned.index("؟"))


def test_german_and_english_quotation_marks_are_told_by_the_space_around_them() -> None:
    assert Enclosures("„ja“ und").quotes_at(2) == 2
    assert Enclosures("»ja« und").quotes_at(2) == 2
    assert Enclosures("«oui» et").quotes_at(2) == 3


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_trees_looked_at_together_give_what_each_gives_by_itself(features: list[float]) -> None:
    trees = [[0, 0.5, [1, -1.0, 0.25, -0.5], 1.0], [2, 0.0, -2.0, [0, 2.0, [1, 1.0, 0.125, 0.375], 4.0]], 0.0625]

    def walk(tree: object) -> float:
        if not isinstance(tree, list):
            assert isinstance(tree, float)
            return tree
        return walk(tree[2] if features[tree[0]] <= tree[1] else tree[3])

    assert Arbiter({"signature": "", "trees": trees}).score(features) == sum(map(walk, trees))


def test_a_text_of_millions_of_signs_is_decided_in_one_pass() -> None:
    for text in ("." * 500_000, "a. " * 30_000, "(" * 200_000, "«" * 100_000 + "a. B", "1. " * 20_000):
        decide(text, facts_of("de"))
