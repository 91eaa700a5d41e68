import pytest

from segments import Span
from segments.errors import RulesError
from segments.rules import Rules, read_rules
from segments.splitting import ends_by, explain, split


def cut(text: str, rules: Rules) -> list[str]:
    return [text[span.slice()] for span in split(text, "en", ends_by("en", rules))]


def test_a_project_adds_abbreviations() -> None:
    text = "Ask the Gem. Office first."
    assert len(cut(text, Rules())) == 2
    assert len(cut(text, read_rules({"abbreviations": ["Gem."]}))) == 1


def test_patterns_forbid_and_demand_boundaries() -> None:
    text = "We love Hey! Town. It is near * the sea is far."
    rules = read_rules({"never": ["Hey! Town"], "always": [r"\* "]})
    assert cut(text, rules) == ["We love Hey! Town.", "It is near *", "the sea is far."]


def test_quotations_are_kept_whole_or_cut_as_a_project_wants_it() -> None:
    text = "She said “It rains. We should stay here.” Nobody moved."
    assert cut(text, read_rules({"quotations": "keep"})) == [
        "She said “It rains. We should stay here.”",
        "Nobody moved.",
    ]
    assert cut(text, read_rules({"quotations": "cut"}))[:2] == ["She said “It rains.", "We should stay here.”"]


def test_an_explanation_names_the_rules_of_the_project() -> None:
    decisions = explain("It rains. We stay.", "en", read_rules({"never": ["rains"], "always": ["It"]}))
    assert [decision.verdict.ends for _, decision in decisions] == [True, True]
    (_, forbidden), *_ = explain("It rains. We stay.", "en", read_rules({"never": [r"rains\. "]}))
    assert forbidden.verdict.reason == "a pattern of the project that never splits"


def test_rules_of_a_language_add_to_those_of_all() -> None:
    table = {"abbreviations": ["X."], "de": {"abbreviations": ["Y."]}}
    assert read_rules(table, "de-AT").abbreviations == {"x", "y"}
    assert read_rules(table, "den").abbreviations == {"x"}


@pytest.mark.parametrize(
    "table",
    [
        {"never": ["("]},
        {"always": "x"},
        {"abbreviations": [1]},
        {"quotations": "yes"},
        {"quotation": "keep"},
        {"de": {"nevr": []}},
    ],
)
def test_what_is_no_rule_is_named(table: dict[str, object]) -> None:
    with pytest.raises(RulesError, match=r"\[splitting"):
        read_rules(table)


def test_a_pattern_that_would_take_for_ever_is_named_and_nothing_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segments.patterns.SECONDS", 0.1)
    with pytest.raises(RulesError, match=r"\[splitting\.en\] never: '\(a\|aa\)\+\$' takes too long on these texts"):
        cut("a" * 5_000 + "!", read_rules({"en": {"never": ["(a|aa)+$"]}}, "en"))


def test_a_pattern_that_is_slow_at_every_paragraph_is_stopped_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segments.patterns.SECONDS", 0.1)
    rules = read_rules({"always": ["(a|aa)+$"]})
    with pytest.raises(RulesError, match="takes too long"):
        cut(("a" * 22 + "!\n\n") * 500, rules)
    assert cut("One. Two.", rules) == ["One.", "Two."]


def test_a_long_text_with_a_match_at_every_letter_is_cut() -> None:
    assert len(cut("It rains. " * 1_900, read_rules({"never": ["."]}))) == 1


def test_other_ends_can_be_given() -> None:
    assert split("One. Two", "en", lambda text: [2]) == [Span(0, 2), Span(2, 8)]
