import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segments.documents import identity, pseudo_translate, read_document, write_document
from segments.documents.direction import direction
from segments.documents.html import find_units
from segments.documents.tags import tag_problems
from segments.errors import DocumentError

PAGE = """\
<!DOCTYPE html>
<html lang="en" class="x">
<head>
<meta charset="utf-8">
<meta name="description" content="A day by the sea">
<meta name="viewport" content="width=device-width">
<title>A day &amp; a night</title>
<style>p { color: red }</style>
<script>if (a < b) document.write("<p>no</p>")</script>
</head>
<body>
<!-- no -->
<h1>The <em>sea</em></h1>
<p>It rained
   all day,<br>and <a href="n.html" title="The night">the night</a> too.
   <img src="a.png" alt="A gull"> Use <code>rain()</code>.</p>
<ul><li>Tea<li>Cake &mdash; two &#233;clairs</ul>
<pre>code  stays</pre>
<p translate="no">Tarnholt</p>
<form><input type="submit" value="Send"><input placeholder="Your name" value="v"></form>
<table><tr><th>When<td>Noon</table>
<svg><title>no</title><text>no</text></svg>
</body>
</html>
"""


def texts(html: str) -> list[str]:
    return [unit.text for unit in find_units(html)[0]]


def translated(html: str, *targets: str | None, language: str = "de") -> str:
    document = read_document("a.html", html.encode())
    chosen = {index: target for index, target in enumerate(targets) if target is not None}
    return write_document(document, chosen, language).decode()


def test_a_page_gives_what_people_read_and_nothing_else() -> None:
    assert [(unit.kind, unit.text) for unit in find_units(PAGE)[0]] == [
        ("attribute", "A day by the sea"),
        ("heading", "A day & a night"),
        ("heading", "The {1}sea{/1}"),
        ("para", "It rained all day,{1/}and {2}the night{/2} too. {3/} Use {4/}."),
        ("attribute", "The night"),
        ("attribute", "A gull"),
        ("item", "Tea"),
        ("item", "Cake — two éclairs"),
        ("attribute", "Send"),
        ("attribute", "Your name"),
        ("cell", "When"),
        ("cell", "Noon"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_page_survives_translation(newline: str) -> None:
    data = PAGE.replace("\n", newline).encode()
    document = read_document("a.html", data)
    assert identity(document, "en").data == data
    pseudo = pseudo_translate(document, "en")
    assert pseudo.structure_kept
    assert pseudo.reached == pseudo.letters


def test_the_page_says_the_language_and_direction_of_the_translation() -> None:
    assert '<html lang="fa" class="x" dir="rtl">' not in translated(PAGE, language="fa")
    assert '<html dir="rtl" lang="fa" class="x">' in translated(PAGE, "روزی کنار دریا", language="fa")
    source = "<html xmlns='x' xml:lang='ar' dir='rtl'><p>Rain</p></html>"
    assert translated(source, "Regen") == "<html lang=\"de\" xmlns='x' xml:lang='de' dir='ltr'><p>Regen</p></html>"
    assert translated("<p>Rain</p>", "باران", language="fa") == "<p>باران</p>"
    assert translated("<html lang=en><p>Rain</p>", "باران", language="fa") == '<html dir="rtl" lang=fa><p>باران</p>'


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "ltr"), ("he", "rtl"), ("az", "ltr"), ("az-Arab-IR", "rtl"), ("ar-Latn", "ltr"), ("pa_Arab", "rtl")],
)
def test_direction_follows_the_script(tag: str, expected: str) -> None:
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("source", "targets", "written"),
    [
        ("<p>Rain &amp; wind</p>", ["Regen & Wind < 3"], "<p>Regen &amp; Wind &lt; 3</p>"),
        ("<p>5&nbsp;km</p>", ["5\u00a0km weit"], "<p>5&nbsp;km weit</p>"),
        ("<p>a <b>b</b> <i>c</i></p>", ["{2}C{1}B{/1}{/2}"], "<p><i>C<b>B</b></i></p>"),
        ("<p>Go <a title='A day' href=b>on</a>.</p>", ["Geh {1}weiter{/1}.", "Ein 'Tag'"], None),
        ('<img alt="A day">', ['"Tag" <b>'], '<img alt="&quot;Tag&quot; &lt;b>">'),
        ('<img alt="A\n  day">', ["Ein Tag"], '<img alt="Ein Tag">'),
        ("<p>Rain</p>", [""], "<p><!-- --></p>"),
        ("<p>Rain</p>", ["{1}Regen{/1}"], "refused"),
    ],
)
def test_a_translation_stays_text(source: str, targets: list[str], written: str | None) -> None:
    if written == "refused":
        with pytest.raises(DocumentError, match="not in the source"):
            translated(source, *targets)
        return
    expected = written or "<p>Geh <a title='Ein &#39;Tag&#39;' href=b>weiter</a>.</p>"
    assert translated(source, *targets) == expected


def test_a_declared_encoding_is_taken_and_kept() -> None:
    for head in ('<meta charset="windows-1251">', '<meta http-equiv="x" content="text/html; charset=windows-1251">'):
        data = f"<html><head>{head}</head><p>Утро</p></html>".encode("cp1251")
        document = read_document("a.html", data)
        assert document.units[0].text == "Утро"
        assert write_document(document, {0: "Səhər 🌅"}, "az").decode("cp1251") == (
            f'<html lang="az"><head>{head}</head><p>S&#601;h&#601;r &#127749;</p></html>'
        )
    xml = "<?xml version='1.0' encoding='iso-8859-2'?><p>Świt</p>".encode("iso8859_2")
    assert read_document("a.xhtml", xml).units[0].text == "Świt"
    assert read_document("a.html", b'<meta charset="no-such"><p>Rain</p>').units[0].text == "Rain"
    with pytest.raises(DocumentError, match="byte 25 is not valid utf-8"):
        read_document("a.html", b"<meta charset='utf-8'><p>\xff</p>")


def test_attributes_without_quotes_are_counted_and_left() -> None:
    document = read_document("a.html", b"<p>Rain</p><img alt=gull src=x>")
    assert document.unreached == len("gull")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<script>a.title = x; b title="Wind"</script>', []),
        ('<style>p[title="Wind"] {}</style>', []),
        ('<pre title="A sample">b title="Wind"</pre>', ["A sample"]),
        ('<pre><input aria-label="Copy"><code>a</code><input aria-label="Wrap lines"></pre>', ["Copy", "Wrap lines"]),
        ('<textarea placeholder="Your name">title="Wind"</textarea>', ["Your name"]),
        ('<p translate="no" title="Wind">Tarnholt</p><img translate="no" alt="Tarnholt">', []),
        ('<title translate="no">Tarnholt</title>', []),
        ('<meta name=description content="A day by the sea">', ["A day by the sea"]),
        ('<input type=submit value="Go on"><input type=text value="Tarnholt">', ["Go on"]),
    ],
)
def test_attributes_are_read_in_tags_alone_and_where_they_are_translated(html: str, expected: list[str]) -> None:
    assert [unit.text for unit in find_units(html)[0]] == expected


def test_broken_markup_is_text_or_left_alone() -> None:
    assert texts("a < b <3 <p>c") == ["a < b <3", "c"]
    assert texts("<b>a</p>c</b>") == ["{1/}a", "c{1/}"]
    assert texts("<p>a<!-- b") == ["a"]
    assert texts('<p title="a>b</p>') == ["b"]
    assert texts("<script>a</scrip>") == []


PIECES = """<p>~</p>~<b>~</b>~<br>~<img_alt='a_b'>~<code>~</code>~<!--_~-->~<pre>~</pre>~<script>~</script>~&amp;~\
&eacute;~<a_title="c">~</a>~_~{1}~<~"~'~%~<html_lang=a>~<td>~<svg>~</svg>~]]>~<![CDATA[~<?x~?>~<p_translate=no>~a~字。~B._"""


@given(st.lists(st.sampled_from([" ", "\n  ", *PIECES.replace("_", " ").split("~")]), max_size=25).map("".join))
@example("<b>a<p></b>")
@example("<html lang=a>a<html>")
def test_any_html_is_rebuilt_and_keeps_its_structure(html: str) -> None:
    for unit in find_units(html)[0]:
        assert tag_problems(unit.text, unit.text) == []
    try:
        document = read_document("a.html", html.encode())
    except DocumentError:
        return
    assert identity(document, "en").data == html.encode()
    assert pseudo_translate(document, "en").structure_kept


@pytest.mark.parametrize(
    "text", ["<" * 20_000, "<a " * 20_000, "<b>" * 20_000, '<a "' * 10_000, "<pre>" * 10_000, "&" * 20_000]
)
def test_hostile_html_is_read_in_time(text: str) -> None:
    data = f"<p>Rain</p>{text}".encode()
    document = read_document("a.html", data)
    assert document.units[0].text.startswith("Rain")
    assert identity(document, "en").data == data
