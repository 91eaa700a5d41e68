import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.documents.elements import Seen
from segments.documents.front_matter import find_front_matter, quote_value
from segments.documents.html_runs import find_runs
from segments.documents.inline import Inline, find_inline
from segments.documents.model import Text
from segments.documents.nodes import Code, node_list
from segments.documents.tags import count_tags, renumbered, tag_problems, with_numbers, without_tags
from segments.documents.units import is_translatable, join_lines, letters, make_unit, one_line
from segments.model import Span


def coded(text: str, *codes: Code) -> str:
    return "".join(node.code for node in node_list(text, codes or find_inline(text).codes))


def kinds(inline: Inline) -> list[object]:
    return [fact[0] for fact in inline.structure if isinstance(fact, tuple)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a **b** c*", "{1}a {2}b{/2} c{/1}"),
        ("***a***", "{1}{2}a{/2}{/1}"),
        ("~~a~~ __b__", "{1}a{/1} {2}b{/2}"),
        ("[a *b*](c)", "{1}a {2}b{/2}{/1}"),
        ("[![a](b)](c)", "{1}{2/}{/1}"),
        ("<b>a<br>c</b>", "{1}a{2/}c{/1}"),
        ("<b>a</i>c", "{1/}a{2/}c"),
        ("*<b>a*</b>", "{1}{2/}a{/1}{3/}"),
        ("a \\* b { .c }[^d]", "a * b {1/}{2/}"),
        ("2 * 3 * 4 snake_case_name", "2 * 3 * 4 snake_case_name"),
        ("[x] [y", "[x] [y"),
        ("a {1} {/1} {2/}", "a {1/} {2/} {3/}"),
        ("<kbd>A *b*</kbd> &eacute;&nbsp;&zwj;&foo;", "{1/} é\u00a0{2/}{3/}"),
    ],
)
def test_markup_becomes_numbered_and_nested_tags(text: str, expected: str) -> None:
    assert coded(text) == expected


def test_a_reference_link_is_known_by_its_definition() -> None:
    text = "[a][r] [r] [s]"
    codes = find_inline(text, {"R": {"href": "x", "title": ""}}).codes
    assert coded(text, *codes) == "{1}a{/1} {2}r{/2} [s]"


def test_names_in_braces_are_placeholders_that_read_as_themselves() -> None:
    text = "{name} {{ a.b }} {% c %} <Tab> a@b.org :tada: 10:30:15"
    codes = find_inline(text).codes
    assert [code.equivalent for code in codes] == [
        "{name}",
        "{{ a.b }}",
        "{% c %}",
        "",
        ":tada:",
    ]


def test_the_structure_tells_the_markup_but_not_the_words() -> None:
    inline = find_inline("*a* `b` [c](d)")
    assert kinds(inline) == ["em_open", "em_close", "code_inline", "link_open", "link_close"]
    assert inline.structure == find_inline("*longer words* `b` [other](d)").structure
    assert inline.structure != find_inline("*a* `x` [c](d)").structure
    assert inline.structure != find_inline("*a* `b` [c](x)").structure


@given(
    st.text(st.sampled_from("ab{}/12"), max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), st.integers(0, 20), st.integers(0, 5)), max_size=6),
)
def test_nodes_are_the_text_and_well_nested_whatever_the_codes(text: str, places: list[tuple[int, ...]]) -> None:
    def span(start: int, length: int) -> Span:
        return Span(min(start, len(text) - 1), min(start + length + 1, len(text)))

    codes = [Code(span(a, b), closing=span(c, d) if a + b < c else None) for a, b, c, d in places] if text else []
    nodes = node_list(text, codes)
    assert "".join(node.original for node in nodes) == text
    words = "".join(node.code for node in nodes)
    assert tag_problems(words, words) == []
    assert without_tags(words) == "".join(node.text for node in nodes if isinstance(node, Text))


@pytest.mark.parametrize(
    ("source", "target", "problems"),
    [
        ("{1}a{/1}", "b {1}c{/1}", []),
        ("{1}a{/1} {2}b{/2}", "{2}B{1}A{/1}{/2}", []),
        ("{1}a{/1}", "{1}b", ["the tag {/1} is lost"]),
        ("{1/}", "{1/} {1/}", ["the tag {1/} comes more than once"]),
        ("a", "{7/}", ["the tag {7/} is not in the source"]),
        ("{1}a{/1}", "{/1}b{1}", ["the pair {1}…{/1} is wrongly nested"]),
        ("{1}a{/1} {2}b{/2}", "{1}A{2}B{/1}{/2}", ["the pair {1}…{/1} is wrongly nested"]),
        ("{0} {01} {a}", "{0}", []),
    ],
)
def test_tags_may_move_but_not_be_lost_doubled_or_crossed(source: str, target: str, problems: list[str]) -> None:
    assert tag_problems(source, target) == problems


@given(st.lists(st.sampled_from(["{3}a{/3}", "{12/}", " ", "{5/}", "{4}{9/}{/4}"]), unique=True).map("".join))
def test_numbers_given_anew_lead_back(text: str) -> None:
    own, numbers = renumbered(text)
    assert with_numbers(own, numbers) == text
    assert count_tags(text) == len(numbers)
    assert renumbered(own)[0] == own


def test_runs_of_html_leave_out_tags_at_their_ends() -> None:
    html = '<p>\n<img alt="A gull"> It <i>rained</i>.<br>\n</p><span>\nMore\n</span><!-- no --><script>no</script>'
    assert [html[run.span.slice()] for run in find_runs(html)] == ["A gull", "It <i>rained</i>.", "More"]


def test_html_without_an_end_is_read_to_the_end() -> None:
    assert find_runs("<pre>text") == find_runs("<!-- text") == find_runs("") == []
    assert [run.span for run in find_runs("a < b")] == [Span(0, 5)]
    assert not any(isinstance(run, Seen) for run in find_runs('<p title="a>b'))


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
    lines = join_lines(text, slots, markdown=True)
    assert lines.raw == "Rain\nall\nday and 夜間"
    assert lines.layout.hard_break == "\\"
    assert lines.layout.starts == (0, 5, 9, 17, 18)
    assert [text[slot.slice()] for slot in lines.within(Span(6, 18))] == ["ll", "day and", "夜"]
    assert join_lines(text, slots).raw == "Rain all\\ day and 夜間"


def test_letters_and_digits_are_what_is_translated() -> None:
    assert letters("Ab 1 ß 字!") == 4
    assert is_translatable(make_unit("para", one_line("9–18", Span(0, 4)), "text"))
    assert not is_translatable(make_unit("para", one_line("`a` – !", Span(0, 7)), "markdown", [Code(Span(0, 3))]))
