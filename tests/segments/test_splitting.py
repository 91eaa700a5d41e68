from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segments import Span, split
from segments.splitting import SPLITTER, split_protected

ANY_TEXT = st.text(
    st.characters(codec=None) | st.sampled_from(".!?。 \n\r\t-–—*\"'()[]\x00\u2028\ufeff\ud800😀"), max_size=200
)


def cut(text: str, language: str = "en") -> list[str]:
    return [text[span.slice()] for span in split(text, language)]


def assert_covers(text: str, spans: list[Span]) -> None:
    position = 0
    for span in spans:
        assert span.start >= position
        assert text[position : span.start].strip() == ""
        assert text[span.slice()] == text[span.slice()].strip() != ""
        position = span.end
    assert text[position:].strip() == ""


@given(ANY_TEXT, st.sampled_from(["en", "de-AT", "zh-Hant", "hy", "xx", "", "pt_BR", "\x00"]))
@example("", "en")
@example("a.\u2028b.\r\nc.\rd.", "en")
@example("Wait\ud800. Go on.", "en")
def test_spans_and_the_white_space_between_them_are_the_text(text: str, language: str) -> None:
    assert_covers(text, split(text, language))


@given(ANY_TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=4))
@example("000000000000000\u2028\u20280", [(12, 4)])
def test_no_boundary_lies_in_a_protected_span(text: str, places: list[tuple[int, int]]) -> None:
    protected: list[Span] = []
    for start, length in sorted(places):
        if start + length <= len(text) and (not protected or protected[-1].end <= start):
            protected.append(Span(start, start + length))
    spans = split_protected(text, "en", protected)
    assert_covers(text, spans)
    for before, after in pairwise(spans):
        assert not any(span.start < after.start and before.end < span.end for span in protected)


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("de", "Es war am 3. Oktober. Wir blieben zu Hause.", 2),
        ("de-AT", "Es war am 3. Oktober. Wir blieben zu Hause.", 2),
        ("DE", "Es war am 3. Oktober. Wir blieben zu Hause.", 2),
        ("tr", "Bugün hava güzel. Bahçedeyiz!", 2),
        ("az", "Bu gün hava yaxşıdır. Bağdayıq!", 2),
        ("ru", "Сегодня тепло. Мы в саду?", 2),
        ("hy", "Այսօր տաք է։ Մենք այգում ենք։", 2),
        ("fa", "امروز هوا خوب است. ما در باغ هستیم؟", 2),
        ("ar", "الجو جميل اليوم. نحن في الحديقة؟", 2),
        ("he", "היום נעים. אנחנו בגינה.", 2),
        ("hi", "आज मौसम अच्छा है। हम बगीचे में हैं।", 2),
        ("zh", "今天天气很好。我们在花园里。", 2),
        ("zh-Hant", "今天天氣很好。我們在花園裡。", 2),
        ("ja", "今日は天気がいいです。庭にいます。", 2),
        ("th", "วันนี้อากาศดี", 1),
        ("xx", "One. Two.", 2),
        ("en", "🌸 Spring! 🌞 Summer!", 2),
    ],
)
def test_sentences_are_found_in_many_languages(language: str, text: str, sentences: int) -> None:
    assert len(split(text, language)) == sentences


def test_a_wrapped_sentence_is_one_and_keeps_its_line_end() -> None:
    text = "The bus stops at the mill, at the market and, if somebody waves, at\nthe bridge. Then it turns."
    assert cut(text)[0].endswith("somebody waves, at\nthe bridge.")


def test_a_line_without_a_final_stop_is_a_sentence_of_its_own() -> None:
    assert cut("A day out\n\nIt rained. We stayed\n\nThe end") == [
        "A day out",
        "It rained.",
        "We stayed",
        "The end",
    ]


def test_a_marker_belongs_to_the_first_sentence_of_its_block() -> None:
    assert cut("- Where? By the sea.\n- Why?") == ["- Where?", "By the sea.", "- Why?"]
    assert cut("1. Dig. Rest.\n2. Plant.") == ["1. Dig.", "Rest.", "2. Plant."]


def test_labels_in_a_line_are_told_by_the_first() -> None:
    assert cut("a) Dig the bed b) Plant the beans") == ["a) Dig the bed", "b) Plant the beans"]


def test_signs_without_words_stay_with_a_sentence() -> None:
    assert cut("It rained. ... And how!") == ["It rained. ...", "And how!"]
    assert cut("It rained. ...and how!") == ["It rained.", "...and how!"]
    assert cut("...and how!") == ["...and how!"]
    assert cut("Use list.append here.") == ["Use list.append here."]


def test_no_text_has_no_sentences() -> None:
    assert split("", "en") == split(" \r\n\u2028\u3000", "en") == split_protected(" ", "en") == []


def test_a_closing_mark_stays_with_its_sentence_and_an_opening_one_with_the_next() -> None:
    text = "**Stop!** *Go on.* 好。**来**。"
    marks = [Span(0, 2), Span(7, 9), Span(10, 11), Span(17, 18), Span(21, 23), Span(24, 26)]
    pairs = [Span(0, 9), Span(10, 18), Span(21, 26)]
    spans = split_protected(text, "zh", marks=marks, pairs=pairs)
    assert [text[span.slice()] for span in spans] == ["**Stop!**", "*Go on.*", "好。", "**来**。"]


def test_a_pair_holds_its_sentences_together_unless_it_is_the_whole_text() -> None:
    text = "He said *Stop. Go* now."
    assert len(split_protected(text, "en", marks=[Span(8, 9), Span(17, 18)], pairs=[Span(8, 18)])) == 1
    whole = "*Stop. Go.*"
    assert len(split_protected(whole, "en", marks=[Span(0, 1), Span(10, 11)], pairs=[Span(0, 11)])) == 2


def test_a_line_break_in_a_block_is_a_boundary() -> None:
    assert len(split_protected("Mill Lane 3\nRiverside", "en")) == 2


def test_marks_alone_are_one_sentence() -> None:
    assert split_protected("****", "en", marks=[Span(0, 4)]) == [Span(0, 4)]


def test_a_long_block_is_cut_as_its_sentences_are_alone() -> None:
    sentence = "The bus stops at the mill and at the market, and then it turns."
    text = " ".join([sentence] * 1000)
    assert cut(text) == [sentence] * 1000


def test_very_long_text_without_a_stop_or_with_nothing_else_is_cut_all_the_same() -> None:
    assert split("x" * 1_000_000, "en") == [Span(0, 1_000_000)]
    assert_covers("!<" * 50_000, split("!<" * 50_000, "en"))


def test_the_version_is_a_name_and_a_fingerprint() -> None:
    name, fingerprint = SPLITTER.split("/")
    assert name.startswith("hexapla-")
    assert len(fingerprint) == 8
