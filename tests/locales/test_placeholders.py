import random
import re
import shutil
import subprocess
from bisect import bisect_right

import pytest

from locales import new_catalog, new_entry
from locales.placeholders import placeholder_problem

needs_msgfmt = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("%s and %d", "%s und %i"),
        ("%(a(b))s", "%(a(b))s"),
        ("%s", "%r"),
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
        ("%(a)s", "%(a)s %(a)d", "the translation is no format: %(a) is a text and an integer"),
        ("%(a)d", "%(a)*d", "the translation is no format: it has placeholders with and without names"),
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
        ("{a}", "{a", "the translation is no format: the field that begins with {a cannot be read"),
        ("{a}", "{a}}", "the translation is no format: Single '}' encountered in format string"),
        ("{a:d}", "{a}", "the translation lacks {a:d}"),
        ("{a!r}", "a", "the translation lacks {a}"),
    ],
)
def test_other_brace_placeholders_are_named(source: str, translation: str, problem: str) -> None:
    assert placeholder_problem(["python-brace-format"], source, translation) == problem


def test_a_named_placeholder_may_be_missing_in_a_form_for_one() -> None:
    assert placeholder_problem(["python-format"], "%(n)d days", "a day", all_needed=False) == ""
    assert placeholder_problem(["python-brace-format"], "{n} days", "a day", all_needed=False) == ""
    assert placeholder_problem(["python-format"], "%d days", "a day", all_needed=False) != ""


def test_only_flagged_formats_are_compared() -> None:
    assert placeholder_problem(["no-python-format", "qt-format"], "%s {a}", "x") == ""


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("%s %d", "%2$i %1$s"),
        ("%ld %u", "%li %x"),
        ("%lc %S", "%C %ls"),
        ("%Lf %qd", "%LG %lld"),
        ("%*d", "%*d"),
        ("%<PRId64>", "%<PRIi64>"),
        ("%m 100%%", "100 %%"),
        ("%1$s", "%1$s %1$s"),
        ("50 %", "halb %s"),
    ],
)
def test_equal_c_placeholders_are_no_problem(source: str, translation: str) -> None:
    assert placeholder_problem(["c-format"], source, translation) == ""


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("%s %d", "%s", "the translation lacks % placeholder number 2"),
        ("%d", "%u", "% placeholder number 1 is integer in the source and unsigned integer in the translation"),
        ("%d", "%ld", "% placeholder number 1 is integer in the source and long integer in the translation"),
        ("%1$s %2$s", "%2$s", "the translation is no format: it does not use argument number 1, but a later one"),
        ("%s", "%s %1$s", "the translation is no format: it has placeholders with and without numbers"),
        ("%1$s", "%1$s %1$d", "the translation is no format: argument number 1 is used as integer and as string"),
        ("x", "%y", "the translation is no format: %y is no directive"),
        ("x", "5 %", "the translation is no format: it ends within a directive"),
    ],
)
def test_other_c_placeholders_are_named(source: str, translation: str, problem: str) -> None:
    assert placeholder_problem(["c-format"], source, translation) == problem


def test_the_last_c_placeholders_may_be_missing_in_a_form_for_one() -> None:
    assert placeholder_problem(["c-format"], "%s %d", "%s", all_needed=False) == ""
    assert placeholder_problem(["c-format"], "%s %d", "%d", all_needed=False) != ""


PIECES = {
    "c-format": r"% % % s d u i x 1$ 2$ * *1$ .2 .* l ll h hh L z c C p n m f <PRId64> 0 5 - %% y word",
    "python-format": r"% % % s d r c f x (a) (b) (a) (c(d)) () * . 5 .* l - 0 %% y word (",
    "python-brace-format": r"{ } {a} {b} {0} {1} {a.b} {a[0]} {a:d} {a:>5} {a:{b}} {{ }} [ ] : ! . a 5 word",
}


@needs_msgfmt
@pytest.mark.parametrize("flag", PIECES)
def test_what_msgfmt_refuses_is_refused(flag: str) -> None:
    chance = random.Random(7)  # a thousand texts in one process: one process a text would be slow
    texts = ["".join(chance.choices(PIECES[flag].split(), k=chance.randint(1, 6))) for _ in range(1000)]
    pairs = [(text, chance.choice([text, *chance.choices(texts, k=2)])) for text in texts]
    entries = [new_entry(msgctxt=str(i), msgid=a, msgstr=b, flags=(flag,)) for i, (a, b) in enumerate(pairs)]
    catalog = new_catalog("de", entries)
    command = ["msgfmt", "--check-format", "-o", "/dev/null", "-"]
    said = subprocess.run(
        command, input=catalog.to_bytes(), capture_output=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    )
    lines = [entry.line for entry in catalog]
    refused = {bisect_right(lines, int(line)) - 1 for line in re.findall(rb"<stdin>:([0-9]+):", said.stderr)}
    ours = {i for i, (source, text) in enumerate(pairs) if placeholder_problem([flag], source, text)}
    assert len(refused) > 50
    assert [pairs[i] for i in sorted(refused - ours)] == []
    if flag != "python-brace-format":  # str.format refuses more than gettext knows of
        assert [pairs[i] for i in sorted(ours - refused)] == []
