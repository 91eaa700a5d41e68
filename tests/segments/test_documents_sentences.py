import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.documents import cut, join_targets, read_document, split_unit

SENTENCES = st.lists(st.text(max_size=12), max_size=6)


def sentences(markdown: str, language: str = "en") -> list[str]:
    unit = read_document("a.md", markdown.encode()).units[0]
    return [segment.text for segment in cut(unit, split_unit(unit, language))[0]]


@pytest.mark.parametrize(
    ("source", "target", "gap", "translations", "text"),
    [
        ("en", "zh", " ", ["天气很好。", "我们在家。"], "天气很好。我们在家。"),
        ("en", "zh-Hant", " ", ["他說：“好。”", "“來吧。”"], "他說：“好。”“來吧。”"),
        ("en", "ja", "  ", ["晴れです。", "家にいます。"], "晴れです。家にいます。"),
        ("zh", "en", "", ["It is fine.", "We are at home."], "It is fine. We are at home."),
        ("zh", "ko", "", ["날씨가 좋다.", "집에 있다."], "날씨가 좋다. 집에 있다."),
        ("en", "fr", "  ", ["« Il fait beau. »", "“Oui.”"], "« Il fait beau. » “Oui.”"),
        ("en", "zh", " ", ["用 Python.", "很好。"], "用 Python. 很好。"),
        ("en", "de", "\n", ["Mühlweg 3", "Uferstadt"], "Mühlweg 3\nUferstadt"),
        ("en", "de", "", ["Halt!", "—Weiter."], "Halt!—Weiter."),
        ("en", "de", " ", ["Es regnete und wir blieben.", ""], "Es regnete und wir blieben."),
        ("en", "de", " ", ["", "Wir blieben."], "Wir blieben."),
        ("en", "de", "\n", ["", "Wir blieben."], "Wir blieben."),
        ("en", "de", " ", ["", ""], ""),
        ("en", "zh", " ", ["天气很好。", None], "天气很好。 We stay."),
        ("zh", "en", "", [None, "We stay."], "天气很好。 We stay."),
    ],
)
def test_gaps_follow_the_target_language(
    source: str, target: str, gap: str, translations: list[str | None], text: str
) -> None:
    originals = ["天气很好。", "我们在家。"] if source == "zh" else ["It is fine.", "We stay."]
    assert join_targets(originals, ["", gap, ""], translations, source, target) == text


def test_two_sentences_of_one_translation_leave_one_gap() -> None:
    joined = join_targets(["A.", "B.", "C."], ["", " ", " ", ""], ["Ab.", "", "C!"], "en", "de")
    assert joined == "Ab. C!"


def test_the_edges_of_a_unit_stay() -> None:
    assert join_targets(["A.", "B."], [" ", " ", "\n"], ["X.", None], "en", "de") == " X. B.\n"


@given(SENTENCES, st.data())
def test_a_unit_without_translations_is_its_source(parts: list[str], data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "  ", "\n"]), min_size=len(parts) + 1, max_size=len(parts) + 1))
    targets = [data.draw(st.sampled_from([None, part])) for part in parts]
    source = gaps[0] + "".join(part + gap for part, gap in zip(parts, gaps[1:], strict=True))
    assert join_targets(parts, gaps, targets, "en", "zh") == source


@given(SENTENCES, st.data())
def test_every_translation_stands_in_the_unit_in_order(parts: list[str], data: st.DataObject) -> None:
    targets = [data.draw(st.none() | st.text(max_size=5)) for _ in parts]
    joined = join_targets(parts, ["", *[" "] * (len(parts) - 1), ""][: len(parts) + 1], targets, "en", "ja")
    position = 0
    for part, target in zip(parts, targets, strict=True):
        words = part if target is None else target
        position = joined.index(words, position) + len(words)


def test_gaps_and_targets_must_fit_the_sentences() -> None:
    with pytest.raises(ValueError, match="2 sentences"):
        join_targets(["A.", "B."], ["", ""], ["X.", "Y."], "en", "de")
    with pytest.raises(ValueError, match="1 sentences"):
        join_targets(["A."], ["", ""], [], "en", "de")


@pytest.mark.parametrize(
    ("markdown", "parts"),
    [
        ("**Stop.** Go.", ["{1}Stop.{/1}", "Go."]),
        ("Say **Stop. Go** now.", ["Say {1}Stop. Go{/1} now."]),
        ("**Stop. Go.**", ["Stop.", "Go."]),
        ("Read [this. Now](a.md). Then **rest**.", ["Read {1}this. Now{/1}.", "Then {1}rest{/1}."]),
        ("Use `a. B`. Then `c`.", ["Use {1/}.", "Then {1/}."]),
        ("See https://example.org/a.B?c! Then go.", ["See https://example.org/a.B?c!", "Then go."]),
        ("So.[^1] Then.", ["So.{1/}", "Then."]),
        ('One <b title="A. B">two. Three</b>. Four.', ["One {1}two. Three{/1}.", "Four."]),
        ("What now? { #what }", ["What now? {1/}"]),
        ("Mill Lane 3  \nRiverside", ["Mill Lane 3", "Riverside"]),
        ("A wrapped\nsentence. Another.", ["A wrapped sentence.", "Another."]),
        ("![Rain. Wind.](a.png) It rained.", ["{1/} It rained."]),
        ("<kbd>Ctrl. C</kbd> copies. Good.", ["{1/} copies.", "Good."]),
    ],
)
def test_no_boundary_lies_inside_inline_markup(markdown: str, parts: list[str]) -> None:
    assert sentences(markdown) == parts


def test_chinese_sentences_are_cut_around_their_markup() -> None:
    assert sentences("很好。**来吧。** 走。", "zh") == ["很好。", "{1}来吧。{/1}", "走。"]


def test_a_plain_address_holds_no_boundary() -> None:
    (unit,) = read_document("a.txt", b"Write to a.b@example.org or see www.example.org/a.html. Soon!").units
    first, second = cut(unit, split_unit(unit, "en"))[0]
    assert first.text == "Write to a.b@example.org or see www.example.org/a.html."
    assert second.plain == "Soon!"


def test_no_space_follows_a_full_width_stop_whatever_a_chinese_sentence_begins_with() -> None:
    joined = join_targets(["One.", "Two."], ["", " ", ""], ["不活跃。", "GitHub上有数据。"], "en", "zh")
    assert joined == "不活跃。GitHub上有数据。"


def test_a_gap_looks_through_tags() -> None:
    joined = join_targets(["{1}One.{/1}", "Two."], ["", " ", ""], ["{1}一。{/1}", "{2}二。{/2}"], "en", "zh")
    assert joined == "{1}一。{/1}{2}二。{/2}"
