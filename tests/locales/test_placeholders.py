import pytest

from locales.placeholders import placeholder_problem


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("%s and %d", "%s und %i"),
        ("%(a)s and %(b)d", "%(b)d und %(a)s"),
        ("100%%", "100 %%"),
        ("%(a)s %(a)s", "%(a)s"),
        ("%*d", "%*d"),
        ("%5.2f", "%.1f"),
        ("100% sure, 5%", "sicher %d"),
        ("no placeholder", "keiner"),
    ],
)
def test_equal_percent_placeholders_are_no_problem(source: str, translation: str) -> None:
    assert placeholder_problem(["python-format"], source, translation) == ""


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("%s", "x", "the translation lacks % placeholder number 1"),
        ("%s", "%s %s", "the source does not have the % placeholder number 2 of the translation"),
        ("%s", "%d", "% placeholder number 1 is a text in the source and an integer in the translation"),
        ("%(a)s", "%(b)s", "the translation lacks %(a)"),
        ("%(a)s", "%(a)s %(b)s", "the source does not have the %(b) of the translation"),
        ("%(a)s", "%(a)c", "%(a) is a text in the source and a character in the translation"),
        ("%(a)s", "%s", "the translation lacks %(a)"),
        ("x", "5 %", "the translation is no format: % is no directive"),
        ("x", "%y", "the translation is no format: %y is no directive"),
        ("%(a)s", "%(a)s %s", "the translation is no format: it has placeholders with and without names"),
    ],
)
def test_other_percent_placeholders_are_named(source: str, translation: str, problem: str) -> None:
    assert placeholder_problem(["python-format"], source, translation) == problem


@pytest.mark.parametrize(
    ("source", "translation"),
    [("{a} {b.c} {d[0]!r:>{w}}", "{b.x} {w} {d} {a}"), ("{} {}", "{} {}"), ("{{a}}", "{{b}}"), ("{", "{a}")],
)
def test_equal_brace_placeholders_are_no_problem(source: str, translation: str) -> None:
    assert placeholder_problem(["python-brace-format"], source, translation) == ""


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("{a}", "a", "the translation lacks {a}"),
        ("{a}", "{a} {b}", "the source does not have the {b} of the translation"),
        ("{} {}", "{}", "the translation lacks {1}"),
        ("{a}", "{a", "the translation is no format: expected '}' before end of string"),
    ],
)
def test_other_brace_placeholders_are_named(source: str, translation: str, problem: str) -> None:
    assert placeholder_problem(["python-brace-format"], source, translation) == problem


def test_a_named_placeholder_may_be_missing_in_a_form_for_one() -> None:
    assert placeholder_problem(["python-format"], "%(n)d days", "a day", all_needed=False) == ""
    assert placeholder_problem(["python-brace-format"], "{n} days", "a day", all_needed=False) == ""
    assert placeholder_problem(["python-format"], "%d days", "a day", all_needed=False) != ""


def test_only_flagged_formats_are_compared() -> None:
    assert placeholder_problem(["no-python-format", "c-format"], "%s {a}", "x") == ""
