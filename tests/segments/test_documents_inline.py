import pytest

from segments.documents.front_matter import find_front_matter, quote_value
from segments.documents.html_blocks import find_runs
from segments.documents.inline import Inline, find_inline
from segments.documents.model import Unit
from segments.documents.units import is_translatable, join_lines, letters
from segments.model import Span


def parts(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.slice()] for span in spans]


def kinds(inline: Inline) -> list[object]:
    return [fact[0] for fact in inline.structure if isinstance(fact, tuple)]


@pytest.mark.parametrize(
    ("text", "marks", "pairs"),
    [
        ("*a **b** c*", ["*", "**", "**", "*"], ["*a **b** c*", "**b**"]),
        ("***a***", ["*", "**", "**", "*"], ["***a***", "**a**"]),
        ("~~a~~ __b__", ["~~", "~~", "__", "__"], ["~~a~~", "__b__"]),
        ("[a *b*](c)", ["[", "*", "*", "](c)"], ["[a *b*](c)", "*b*"]),
        ("[![a](b)](c)", ["[", "![", "](b)", "](c)"], ["[![a](b)](c)", "![a](b)"]),
        ("<b>a<br>c</b>", ["<b>", "<br>", "</b>"], ["<b>a<br>c</b>"]),
        ("a \\* b { .c }[^d]", ["\\", "{ .c }", "[^d]"], []),
        ("2 * 3 * 4 snake_case_name", [], []),
        ("[x] [y", [], []),
    ],
)
def test_marks_and_pairs_stand_where_the_parser_found_them(text: str, marks: list[str], pairs: list[str]) -> None:
    inline = find_inline(text)
    assert parts(text, inline.marks) == marks
    assert parts(text, inline.pairs) == pairs


def test_a_reference_link_is_known_by_its_definition() -> None:
    text = "[a][r] [r] [s]"
    inline = find_inline(text, {"R": {"href": "x", "title": ""}})
    assert parts(text, inline.protected) == ["][r]", "[r]"]


def test_names_in_braces_addresses_and_entities_are_protected() -> None:
    text = "{name} {{ a.b }} {% c %} <Tab> a@b.org https://x.org/y). &nbsp; :tada: 10:30:15"
    assert parts(text, find_inline(text).protected) == [
        "{name}",
        "{{ a.b }}",
        "{% c %}",
        "<Tab>",
        "a@b.org",
        "https://x.org/y",
        "&nbsp;",
        ":tada:",
    ]


def test_the_structure_tells_the_markup_but_not_the_words() -> None:
    inline = find_inline("*a* `b` [c](d)")
    assert kinds(inline) == ["em_open", "em_close", "code_inline", "link_open", "link_close"]
    assert inline.structure == find_inline("*longer words* `b` [other](d)").structure
    assert inline.structure != find_inline("*a* `x` [c](d)").structure
    assert inline.structure != find_inline("*a* `b` [c](x)").structure


def test_runs_of_html_leave_out_tags_at_their_ends() -> None:
    html = '<p>\n<img alt="A gull"> It <i>rained</i>.<br>\n</p><span>\nMore\n</span><!-- no --><script>no</script>'
    assert [html[run.span.slice()] for run in find_runs(html)] == ["A gull", "It <i>rained</i>.", "More"]


def test_html_without_an_end_is_read_to_the_end() -> None:
    assert find_runs("<pre>text") == find_runs("<!-- text") == find_runs("<") == find_runs("") == []
    assert [run.span for run in find_runs("a < b")] == [Span(0, 5)]


@pytest.mark.parametrize(
    ("value", "plain"),
    [(value, True) for value in ("A day", "日記", "3 days", "don't", "a#b")]
    + [(value, False) for value in ("a: b", "a #b", "a:", "No", "", "[a]", "- a", "3", "'a", "a\tb")],
)
def test_a_plain_value_is_quoted_only_where_yaml_asks_for_it(value: str, plain: bool) -> None:
    assert quote_value("yaml-plain", value) == (value if plain else f'"{value}"')


def test_front_matter_ends_at_its_fence_or_is_none() -> None:
    assert find_front_matter("---\ntitle: A\n...\nB").end == len("---\ntitle: A\n...\n")
    assert find_front_matter("---\ntitle: A\n").end == 0
    assert find_front_matter("text").end == find_front_matter("").end == 0


def test_lines_are_joined_as_they_read() -> None:
    text = "Rain  \nall\\\nday and\n夜\n間"
    slots = [Span(0, 4), Span(7, 11), Span(12, 19), Span(20, 21), Span(22, 23)]
    unit: Unit = join_lines(text, "para", slots, "markdown", markdown=True)
    assert unit.text == "Rain\nall\nday and 夜間"
    assert unit.layout.hard_break == "\\"
    assert join_lines(text, "para", slots, "text").text == "Rain all\\ day and 夜間"


def test_letters_and_digits_are_what_is_translated() -> None:
    assert letters("Ab 1 ß 字!") == 4
    assert is_translatable("9–18", [])
    assert not is_translatable("`a` – !", [Span(0, 3)])
