"""Files that nobody means well with: read with every byte kept, or refused in one sentence that says what to do."""

import pytest

from segments.documents import LARGEST, check_size, identity, pseudo_translate, read_document
from segments.errors import DocumentError

CUE = b"1\n00:00:01,000 --> 00:00:02,000\n"
READ = {
    "broken fence.md": b"Rain.\n\n```py\ncode\n",
    "fence in a fence.md": b"~~~\n```\n~~~\nRain.\n```\nWind.\n",
    "fence in a list.md": b"- Rain\n  ```\n  code\n- Wind\n",
    "open front matter.md": b"---\ntitle: Rain\n\nWind.\n",
    "nul in a word.md": b"Ra\xef\xbb\xbfin \xe2\x80\xae and\x0c wind.\n",
    "mixed line ends.md": b"Rain\r\nand\nwind\rand *more\r\nrain*.\n\r\r\n> Quoted\r> twice\n",
    "mixed line ends.html": b"<p>Rain\r\nand\n<b>wind\rand</b>\r\nmore.\r",
    "mixed line ends.srt": b"1\r\n00:00:01,000 --> 00:00:02,000\rRain\n\r2\n00:00:03,000 --> 00:00:04,000\r\nSun",
    "separators.txt": "Rain\u2028and\u2029wind\x0b\x0c\x85 here.\x1f".encode(),
    "one long line.txt": b"rain " * 50_000,
    "one long line.md": b"rain *wind* " * 2_000,
    "many columns.md": b"|" + b"rain|" * 2_000 + b"\n|" + b"-|" * 2_000 + b"\n",
    "many references.md": b"Rain [a1].\n\n" + b"".join(b"[a%d]: x%d\n" % (n, n) for n in range(3_000)),
    "many footnotes.md": b"Rain.[^1]\n\n" + b"".join(b"[^%d]: Wind %d\n" % (n, n) for n in range(500)),
    "tags in tags.md": b"{1}Rain{/1} {2/} *{1}*\n",
    "nested emphasis.md": b"*" * 400 + b"rain" + b"*" * 400 + b"\n",
    "nested quotations.md": b"> " * 90 + b"Rain.\n\nWind.\n",
    "unclosed comment.html": b"<p>Rain<!-- <p>wind",
    "unclosed quote.html": b'<p title="rain>Wind</p><p>Sun</p>',
    "script in script.html": b"<script><!--<script>var a</script>--></script><p>Rain",
    "crossed elements.html": b"<b><i>Rain</b></i> <p><b>wind</p></b>",
    "quotes without end.html": b"<p>Rain</p><pre " + b'class="a' * 10_000,
    "untranslated in untranslated.html": b"<p>Rain</p>" + b'<div translate="no" title="a">' * 2_000,
    "null element.html": b"<>Rain</><p>< p>Wind</ p>",
    "entities.html": b"<p>Rain &amp;&nbsp;&#0;&#xD800;&#x110000;&unknown;&amp &lt;b&gt;",
    "doctype with entities.xhtml": b'<!DOCTYPE p [<!ENTITY c SYSTEM "file:///etc/passwd">]><p>Rain &c;</p>',
    "bomb of elements.html": b"<p>Rain</p>" + b"<div>" * 5_000,
    "no such charset.html": b'<meta charset="x-unknown"><p>Rain',
    "multibyte charset.html": b'<meta charset="utf-16"><p>Rain',
    "codec that is none.html": b'<meta charset="rot13"><p>Rain',
    "overlapping cues.srt": CUE + b"Rain\n\n2\n00:00:00,500 --> 00:00:09,000\nWind\n",
    "time that runs back.srt": b"1\n00:00:09,000 --> 00:00:01,000\nRain\n",
    "time out of range.srt": b"1\n99:99:99,999 --> 99:99:99,999\nRain\n",
    "numbers only.srt": CUE + b"2\n\n3\n00:00:03,000 --> 00:00:04,000\nRain\n4\n",
    "empty lines without end.srt": CUE + b"Rain" + b"\n" * 100_000,
    "spaces without end.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nRain" + b" " * 100_000,
    "arrows without end.srt": CUE + b"Rain\n" + b"--> " * 20_000,
    "no header.vtt": b"00:01.000 --> 00:02.000\nRain\n",
    "arrows.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nRain --&gt; wind --\n\n-->\nno\n",
    "right to left marks.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n\u202bRain\u202c <v \u202eAnn>wind\n".encode(),
}
REFUSED = {
    "picture.md": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    "archive.html": (b"PK\x03\x04" + b"\0" * 20, "ZIP file"),
    "paper.srt": (b"%PDF-1.7\n", "a PDF"),
    "nul.txt": (b"Rain\0", "binary"),
    "nul.md": (b"Rain *\0*", "binary"),
    "nul.html": (b"<p>Rain\0</p>", "binary"),
    "nul.vtt": (b"WEBVTT\n\0", "binary"),
    "wide without a mark.txt": ("Rain".encode("utf-16-le"), "binary"),
    "half a character.txt": (b"\xef\xbb\xbfRain\xe2\x82", "byte 7 is not valid utf-8"),
    "surrogate.txt": (b"Rain \xed\xa0\x80", "encoding is not sure"),
    "torn wide.txt": (b"\xff\xfeR\x00a", "byte 4 is not valid utf-16-le"),
    "wrong charset.html": (b'<meta charset="ascii"><p>R\xc3\xa9gen', "is not valid ascii"),
    "cues without words.srt": (CUE, "no text to translate"),
    "times without cues.vtt": (b"WEBVTT\n\nNOTE Rain\n", "no text to translate"),
    "only code.html": (b"<pre>Rain</pre><script>a</script>", "no text to translate"),
    "a program.exe": (b"MZ", "this kind of document cannot be read"),
    "no name at all.": (b"Rain", "this kind of document cannot be read"),
    "deeper than anybody.md": (b">" * 5_000 + b" Rain", "nested too deeply"),
}


@pytest.mark.parametrize("name", READ)
def test_it_is_read_and_every_byte_is_kept(name: str) -> None:
    document = read_document(name, READ[name], "en")
    assert identity(document, "en").data == READ[name]
    assert pseudo_translate(document, "en").structure_kept
    assert not any("passwd" in unit.text for unit in document.units)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_name_and_a_remedy(name: str) -> None:
    data, said = REFUSED[name]
    with pytest.raises(DocumentError, match=said) as refusal:
        read_document(name, data, None)
    assert str(refusal.value).startswith(f"{name}: ")
    assert ";" in str(refusal.value)


def test_what_is_larger_than_memory_bears_is_refused_by_its_size() -> None:
    check_size("book.txt", LARGEST)
    with pytest.raises(DocumentError, match=r"book\.txt: 500 MB is more than the 100 MB a document may have; split it"):
        check_size("book.txt", 500_000_000)
