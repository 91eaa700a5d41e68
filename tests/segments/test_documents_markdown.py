import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segments.documents import (
    Document,
    Open,
    Part,
    Placeholder,
    Unit,
    identity,
    pseudo_translate,
    read_document,
    write_document,
)
from segments.documents.markdown import find_units, structure
from segments.documents.tags import tag_problems
from segments.errors import DocumentError


def units(markdown: str) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for unit in find_units(markdown)[0]]


def texts(markdown: str) -> list[str]:
    return [unit.text for unit in find_units(markdown)[0]]


def only(markdown: str) -> Unit:
    (unit,) = find_units(markdown)[0]
    return unit


def translated(markdown: str, *targets: str | None, language: str = "de") -> str:
    """Write the targets over the units, in order, and check that the blocks are the same as before."""
    document = read_document("a.md", markdown.encode())
    chosen = {index: target for index, target in enumerate(targets) if target is not None}
    return write_document(document, chosen, language).decode()


def block_types(markdown: str) -> list[object]:
    return [
        fact[0] for fact in structure(Document("a.md", "markdown", (Part(markdown),), ())) if isinstance(fact, tuple)
    ]


PARTS = {
    "front matter": (
        "---\ntitle: A walk\nlayout: page\nDescription: 'It''s wet'\nsummary: \"Say \\\"hi\\\"\"\n---\n",
        ["A walk", "It's wet", 'Say "hi"'],
    ),
    "toml": ("+++\ntitle = \"A walk\"\nlead = 'raw \\n'\ndraft = false\n+++\n", ["A walk", "raw \\n"]),
    "headings": ("# One #\n\nTwo\n===\n\n### `three` { #x }\n\n## Four \\#\n", ["One", "Two", "Four #"]),
    "wrapped": ("Rain\nall day\n  long.\n", ["Rain all day long."]),
    "hard breaks": ("Mill Lane  \nRiverside\\\nthe bakery\n", ["Mill Lane\nRiverside\nthe bakery"]),
    "lists": ("- a\n- [x] b\n  c\n\n  d\n1) e\n   - f\n", ["a", "b c", "d", "e", "f"]),
    "quotation": ("> A line\n> and more\nlazily.\n>> deep\n", ["A line and more lazily.", "deep"]),
    "table": ("| a \\| b | `c` |\n|---|:-:|\n| d | e\nf | | g\n", ["a | b", "d", "e", "f"]),
    "quoted table": ("> | x | y |\n> |---|---|\n> | x | x |\n", ["x", "y", "x", "x"]),
    "code": ("```py\nx\n```\n\n    y\n\n~~~\nz\n~~~\n", []),
    "definitions": ("[a]: http://x.org 'T'\n[^1]: A note\n    goes on.\n\nSee [b][a].[^1]\n", None),
    "rules": ("***\n\n---\n", []),
    "html": (
        '<div align="right">\n  Wet <b>and</b>\n  cold.\n  <p>Too</p>\n</div>\n',
        ["Wet {1}and{/1} cold.", "Too"],
    ),
    "html attributes": (
        '<img src="a.png" alt="A gull">\n<p title=\'Go\'>x</p>\n<input placeholder="Name" value="v">\n',
        ["A gull", "Go", "x", "Name"],
    ),
    "html literals": ("<!-- no -->\n\n<script>\nvar a\n</script>\n\n<div><pre>no</pre>yes</div>\n", ["yes"]),
    "details": ("<details>\n<summary>More</summary>\n\nText *here*.\n\n</details>\n", ["More", "Text {1}here{/1}."]),
    "admonitions": ('!!! note "Mind the gap"\n    One.\n\n    Two.\n\n??? tip\n    Three.\n', None),
    "slashes": ("/// note | Mind\n    open: true\nText.\n///\n\n/// tip\n\nMore.\n\n///\n", ["Mind", "Text.", "More."]),
    "colons": (":::tip Mind\nText.\n:::\n\n::: warning\nMore.\n:::\n\n:::note[So]\n", ["Mind", "Text.", "More.", "So"]),
    "alerts": ("> [!NOTE]\n> Text.\n\n> [!tip] Mind\n> More.\n", ["Text.", "Mind More."]),
    "tabs": ('=== "Linux"\n\nText.\n', ["Linux", "Text."]),
    "placeholders": ("{* a.py hl[1] *}\n\n{% if x %}\nText {{ y }}.\n{% endif %}\n\n{{< fig >}}\n", ["Text {1/}."]),
    "definition list": ("Gull\n: A bird\n: of the sea\n\n*[RSVP]: Please answer\n", None),
    "mdx": ('import A from "./a"\n\nexport const b = 1\n\n<Tab items={["x"]}>Text</Tab>\n', None),
    "contents": ("[TOC]\n\n[[_TOC_]]\n", []),
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_each_part_of_a_document_gives_its_units_and_survives_translation(part: str, newline: str) -> None:
    markdown, expected = PARTS[part]
    data = (markdown + "\nAnd an end.\n").replace("\n", newline).encode()
    document = read_document("a.md", data)
    if expected is not None:
        assert [unit.text for unit in document.units] == [*expected, "And an end."]
    assert document.unreached == 0
    assert identity(document, "en").data == data
    pseudo = pseudo_translate(document, "en")
    assert pseudo.structure_kept
    assert pseudo.data != data
    assert (b"\r\n" in data) == (b"\r\n" in pseudo.data)


def test_units_of_extensions_are_what_a_reader_sees() -> None:
    assert texts(PARTS["admonitions"][0]) == ["Mind the gap", "One.", "Two.", "Three."]
    assert texts(PARTS["definition list"][0]) == ["Gull", "A bird", "of the sea", "Please answer"]
    assert texts(PARTS["mdx"][0]) == ["{1/}Text{2/}"]
    assert units(PARTS["definitions"][0]) == [("footnote", "A note goes on."), ("para", "See {1}b{/1}.{2/}")]


def test_kinds_tell_what_a_unit_is() -> None:
    markdown = "# H\n\nP\n\n- I\n\n  P\n\n| C |\n|---|\n\n![a](b)\n"
    assert [kind for kind, _ in units(markdown)] == ["heading", "para", "item", "para", "cell", "attribute"]


def test_spans_are_the_places_of_the_words() -> None:
    markdown = "> * Rain\n>   all day.\n"
    unit = only(markdown)
    assert [markdown[slot.slice()] for slot in unit.slots] == ["Rain", "all day."]
    assert unit.layout.prefix == ">   "


def test_markup_is_numbered_and_what_is_read_in_its_place_is_known() -> None:
    markdown = 'See `a`, [b](c "D"), <i>e</i>, ![f](g), {{ h }}, &amp; :smile: http://i.j/k. [l][]\n\n[l]: m\n'
    unit, *inner = find_units(markdown)[0]
    assert unit.text == "See {1/}, {2}b{/2}, {3}e{/3}, {4/}, {5/}, & {6/} http://i.j/k. {7}l{/7}"
    assert [tag.original for tag in unit.tags if isinstance(tag, Open)] == ["[", "<i>", "["]
    placeholders = [tag for tag in unit.tags if isinstance(tag, Placeholder)]
    assert [tag.equivalent for tag in placeholders] == ["a", "", "{{ h }}", ":smile:"]
    assert [(each.text, each.context) for each in inner] == [("D", "title"), ("f", "alt")]


def test_texts_in_markup_are_translated_where_they_stand() -> None:
    source = 'See [the "sea"](s.md "The \\"sea\\"") and ![rain *falls*](r.png).\n'
    assert translated(source, None, 'Das "Meer"', "Regen [fällt]{1}.{/1}") == (
        'See [the "sea"](s.md "Das \\"Meer\\"") and ![Regen \\[fällt\\]*.*](r.png).\n'
    )
    assert translated(source, "Sieh {2/} und {1}das Meer{/1}.", "Das Meer") == (
        'Sieh ![rain *falls*](r.png) und [das Meer](s.md "Das Meer").\n'
    )


def test_a_link_by_its_words_keeps_its_target() -> None:
    source = "The [sea] and [the *mill*][].\n\n[sea]\n\n[sea]: s.md\n[the *mill*]: m.md\n"
    assert translated(source, "{1}Das Meer{/1} und {2}die {3}Mühle{/3}{/2}.", "{1}Meer{/1}") == (
        "[Das Meer][sea] und [die *Mühle*][the *mill*].\n\n[Meer][sea]\n\n[sea]: s.md\n[the *mill*]: m.md\n"
    )


def test_markup_around_a_whole_unit_is_no_affair_of_the_translator() -> None:
    assert texts("**[Stop](a.md) now!**\n\n***Go***\n") == ["{1}Stop{/1} now!", "Go"]
    assert translated("**Stop!**\n", "Halt!") == "**Halt!**\n"


def test_emphasis_is_written_so_that_it_is_read() -> None:
    assert translated("An _old_ mill.", "{1}古い。{/1}水車。", language="ja") == "<em>古い。</em>水車。"
    assert translated("An _old_ mill.", "とても{1}古い{/1}水車。", language="ja") == "とても*古い*水車。"
    assert translated("An *old* mill.", "Eine alte {1}Mühle * 2{/1}.") == "Eine alte *Mühle * 2*."
    assert translated("An *old* mill.", "Eine alte {1}Mühle*{/1}.") == "Eine alte *Mühle\\**."


def test_characters_are_spelled_as_in_the_source() -> None:
    source = "Tom &amp; Ann \\* caf&eacute;\n"
    assert texts(source) == ["Tom & Ann * café"]
    assert translated(source, "é & * &amp;") == "&eacute; &amp; \\* &amp;amp;\n"


def test_the_tags_of_a_sentence_that_is_left_out_go_with_it() -> None:
    assert translated("An *old* mill. A `new` one.", "Eine {2/}.") == "Eine `new`."


def test_a_target_with_other_tags_is_refused() -> None:
    for target in ("{1}alt", "{1}alt{/1}{2/}", "{/1}alt{1}", "{1}a{/1}{1}b{/1}"):
        with pytest.raises(DocumentError, match=r"tag|pair"):
            translated("An *old* mill.", target)


@pytest.mark.parametrize(
    ("source", "target", "written"),
    [
        ("It rained.", "1. Mai war es.", "1\\. Mai war es."),
        ("It rained.", "12) Uhr.", "12\\) Uhr."),
        ("It rained.", "- na ja", "\\- na ja"),
        ("It rained.", "+ plus", "\\+ plus"),
        ("It rained.", "# Raute", "\\# Raute"),
        ("It rained.", "> größer", "\\> größer"),
        ("It rained.", "===", "\\==="),
        ("It rained.", "* * *", "\\* * *"),
        ("It rained.", "[Anm.]: so", "[Anm.]\\: so"),
        ("It rained.", "``` Es", "&#96;&#96;&#96; Es"),
        ("It rained.", "<div>so", "\\<div>so"),
        ("It rained.", "/// so", "\\/// so"),
        ("It rained.", "**Es** regnete.", "**Es** regnete."),
        ("It rained.", "1986 war es.", "1986 war es."),
        ("It rained.", "```a``` ist Code.", "```a``` ist Code."),
        ("It rained.", "Es\n\nregnete.", "Es regnete."),
        ("It rained.", "下\r\n雨。", "下雨。"),
        ("# A day", "Ein Tag\n=", "# Ein Tag ="),
        ("# A day", "Ein Tag ##", "# Ein Tag \\##"),
        ("# A day #", "1. Tag", "# 1. Tag #"),
        ("A day\n---", "Ein | Tag", "Ein &#124; Tag\n---"),
        ("A day\n---", "", "&#8288;\n---"),
        ("- A day", "- Ein\nTag", "- \\- Ein Tag"),
        ("Mill Lane  \nRiverside", "Mühlweg\n- Ufer\n", "Mühlweg  \n\\- Ufer"),
        ("Mill Lane\\\nRiverside", "Mühlweg\nUfer", "Mühlweg\\\nUfer"),
        ("<p>It rained.</p>", "", "<p><!-- --></p>"),
        ("<p>It rained.</p>", "1. Es\nregnete.", "<p>1. Es regnete.</p>"),
        ("<img alt='A day'>", "Ein 'Tag'\n\"", "<img alt='Ein &#39;Tag&#39; \"'>"),
        ('<img alt="A day">', 'Ein "Tag"', '<img alt="Ein &quot;Tag&quot;">'),
        ("---\ntitle: A day\n---\n", "Ein Tag: nass", '---\ntitle: "Ein Tag: nass"\n---\n'),
        ("---\ntitle: A day\n---\n", "Nein", "---\ntitle: Nein\n---\n"),
        ("---\ntitle: A day\n---\n", "no", '---\ntitle: "no"\n---\n'),
        ("---\ntitle: A day\n---\n", "„Tag“ # 1", '---\ntitle: "„Tag“ # 1"\n---\n'),
        ("---\ntitle: A day\n---\n", '- "\\', '---\ntitle: "- \\"\\\\"\n---\n'),
        ("---\ntitle: 'A day' # x\n---\n", "Noch 'n Tag", "---\ntitle: 'Noch ''n Tag' # x\n---\n"),
        ('---\ntitle: "A day"\n---\n', 'Ein "Tag"', '---\ntitle: "Ein \\"Tag\\""\n---\n'),
        ("+++\ntitle = 'A day'\n+++\n", "Noch 'n Tag", '+++\ntitle = "Noch \'n Tag"\n+++\n'),
    ],
)
def test_a_translation_breaks_nothing_around_it(source: str, target: str, written: str) -> None:
    assert translated(source, target) == written
    if target:
        assert block_types(written) == block_types(source)


def test_a_cell_keeps_its_row_whatever_it_says() -> None:
    table = "|a|b|\n|-|-|\n"
    for target, written in [("x | y", "|x \\| y|b|"), ("x\\", "|x\\ |b|"), ("x\ny", "|x y|b|"), ("", "||b|")]:
        assert translated(table, target).startswith(written)
        assert block_types(translated(table, target)) == block_types(table)


def test_a_wrapped_paragraph_is_wrapped_to_its_width_again() -> None:
    source = "> The bus stops at the mill\n> and then at the market.\n"
    target = "Der Bus hält an der Mühle und dann am Markt und dann an der Donaudampfschifffahrtsgesellschaft."
    assert translated(source, target) == (
        "> Der Bus hält an der Mühle\n> und dann am Markt und\n> dann an der\n> Donaudampfschifffahrtsgesellschaft.\n"
    )


def test_no_line_of_a_wrapped_paragraph_begins_a_block() -> None:
    source = "The bus stops at the mill\nand then at the market.\n"
    target = "Der Bus hält am Halt Nummer 12. Dann kommt er - mit Glück > bald + wieder # an = oder <div> nicht."
    written = translated(source, target)
    assert len(written.splitlines()) > 2
    assert only(written).raw == target


def test_chinese_is_wrapped_between_characters_by_their_width() -> None:
    source = "The bus stops at\nthe mill.\n"
    written = translated(source, "公共汽车在磨坊停，然后（再）去市场。", language="zh")
    assert written == "公共汽车在磨坊\n停，然后（再）去\n市场。\n"
    assert texts(written) == ["公共汽车在磨坊停，然后（再）去市场。"]


def test_code_and_links_are_never_wrapped_apart() -> None:
    source = "The bus stops\nat the mill.\n"
    target = "Der `Bus mit vier Rädern` hält {{ wo auch immer }} an [a](b 'c d e f g')."
    assert texts(translated(source, target)) == ["Der {1/} hält {2/} an {3}a{/3}.", "c d e f g"]
    assert "`Bus mit vier Rädern`" in translated(source, target)


def test_a_translation_of_one_cell_leaves_all_else_untouched() -> None:
    table = "| a | b |\r\n|:--|--:|\r\n| c   |d|\r\n"
    assert translated(table, None, None, "x") == "| a | b |\r\n|:--|--:|\r\n| x   |d|\r\n"


def test_front_matter_that_cannot_be_read_is_counted_and_left() -> None:
    markdown = "---\ntitle: >\n  Long and\n  folded\nsummary: [a, b]\ndescription: one\n  two\n---\nText.\n"
    document = read_document("a.md", markdown.encode())
    assert [unit.text for unit in document.units] == ["Text."]
    assert document.unreached == len("LongandfoldedabOnetwo")


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    assert texts("---\n\nText.\n") == ["Text."]


def test_too_deep_nesting_is_left_and_counted() -> None:
    markdown = "\n".join(f"{'  ' * level}- level {level}" for level in range(120))
    document = read_document("a.md", markdown.encode())
    assert 0 < len(document.units) < 120
    assert document.unreached > 0
    assert pseudo_translate(document, "en").structure_kept
    with pytest.raises(DocumentError, match="nested too deeply"):
        read_document("a.md", b">" * 5000 + b" text")


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000, "*" * 10_000, "![" * 10_000, "[a](" * 5_000, "`a" * 10_000, "<a " * 10_000, "x" * 1_000_000],
)
def test_hostile_text_is_read_or_refused(text: str) -> None:
    data = f"{text}\n\nText.\n".encode()
    document = read_document("a.md", data)
    assert document.units[-1].text == "Text."
    assert identity(document, "en").data == data


def test_a_paragraph_with_too_much_markup_is_left_and_counted() -> None:
    document = read_document("a.md", ("*a* " * 15_000 + "\n\nText.\n").encode())
    assert [unit.text for unit in document.units] == ["Text."]
    assert document.unreached == 15_000


LETTERS = st.text(st.sampled_from("ab *_`[]()!#>-+1.|=~:<\\&\"'字。\n\r\t\0"), max_size=6)
INLINE = st.sampled_from(["**", "``", "](c)", "<b>", "</b>", "{a}", "&amp;", "~~", "  \n", "[^1]: ", "[a]: ", "    "])
BLOCKS = st.sampled_from(
    ["\n\n", "# ", "> ", "- ", "1. ", "-|-", "<div>", "</div>", "---", "===", "```", "\r\n", "+++"]
)
OTHERS = st.sampled_from(["!!! n\n    ", "/// x", ":::", "title: "])
MARKDOWN = st.lists(LETTERS | INLINE | BLOCKS | OTHERS, max_size=30).map("".join)


@given(MARKDOWN)
@example("---\ntitle: a\n---")
@example("\u3000\n a")
@example("-\ta\n\n\tb")
def test_units_lie_in_order_within_any_markdown_and_identity_holds(markdown: str) -> None:
    position = 0
    for unit in find_units(markdown)[0]:
        for slot in unit.slots if unit.host is None else ():
            assert position <= slot.start < slot.end <= len(markdown)
            position = slot.end
        assert tag_problems(unit.text, unit.text) == []
    try:
        document = read_document("a.md", markdown.encode())
    except DocumentError:
        return
    assert identity(document, "en").data == markdown.encode()


@given(MARKDOWN)
@example("<b>\n# a")
@example("a\\  \na")
@example("`!!! n\n    `a")
@example("[a]: <b>a\n\n[a]: a")
@example("a  \n\t<div>")
@example("a\r\n|title: -|-")
@example("*\\\r\na*")
def test_any_markdown_keeps_its_structure_when_every_word_changes(markdown: str) -> None:
    try:
        document = read_document("a.md", markdown.encode())
    except DocumentError:
        return
    assert pseudo_translate(document, "en").structure_kept
