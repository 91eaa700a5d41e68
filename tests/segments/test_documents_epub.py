from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from segments.documents import Document, identity, pseudo_translate, read_document, write_document
from segments.errors import DocumentError

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <metadata><dc:title>A walk</dc:title><dc:language>en</dc:language><dc:creator>Nobody</dc:creator>
    <dc:description>Rain &amp; sun.</dc:description></metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="two" href="two%20b.xhtml" media-type="application/xhtml+xml"/>
    <item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
    <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="css" href="a.css" media-type="text/css"/>
  </manifest>
  <spine toc="ncx"><itemref idref="one"/><itemref idref="two"/></spine>
</package>
"""
CONTENTS = """<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><docTitle><text>A walk</text></docTitle>
<docAuthor><text>Nobody</text></docAuthor>
<navMap><navPoint><navLabel><text> Start </text></navLabel></navPoint></navMap></ncx>
"""


def page(body: str) -> str:
    head = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n'
    return f'{head}<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><body>{body}</body></html>\n'


FILES = {
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": PACKAGE,
    "OEBPS/nav.xhtml": page('<nav><ol><li><a href="one.xhtml">Start</a></li></ol></nav>'),
    "OEBPS/two b.xhtml": page("<p>Then <b>home</b>.</p>"),
    "OEBPS/one.xhtml": page('<h1>Rain</h1><p>It&nbsp;rained.<br/>We stayed.</p><img src="g.png" alt="A gull"/>'),
    "OEBPS/toc.ncx": CONTENTS,
    "OEBPS/a.css": "p { color: blue }",
}


def epub(**changed: str | None) -> bytes:
    """Pack the book, with other files under the ends of their names, without those that are None."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        target.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        for name, text in FILES.items():
            other = changed.get(name.rpartition(".")[2] if "xhtml" not in name else name[6:9], text)
            if other is not None:
                target.writestr(name, other)
        if "encryption" in changed:
            target.writestr("META-INF/encryption.xml", changed["encryption"] or "")
    return stream.getvalue()


def texts(document: Document) -> list[str]:
    return [unit.text for unit in document.units]


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as source:
        return source.read(name).decode()


def test_title_contents_and_pages_are_read_in_reading_order() -> None:
    document = read_document("walk.epub", epub())
    assert texts(document) == [
        *("A walk", "Rain & sun."),
        *("A walk", "Start"),
        *("Rain", "It\u00a0rained.{1/}We stayed.", "A gull"),
        "Then {1}home{/1}.",
        "Start",
    ]


def test_a_translated_book_tells_its_language_and_direction_and_keeps_every_other_file() -> None:
    data = epub()
    document = read_document("walk.epub", data)
    out = write_document(document, {0: "قدم زدن", 4: "باران"}, "fa")
    assert "<dc:title>قدم زدن</dc:title><dc:language>fa</dc:language>" in part(out, "OEBPS/book.opf")
    assert '<spine toc="ncx" page-progression-direction="rtl">' in part(out, "OEBPS/book.opf")
    assert 'dir="rtl"' in part(out, "OEBPS/one.xhtml")
    assert "<h1>باران</h1>" in part(out, "OEBPS/one.xhtml")
    for name in ("mimetype", "META-INF/container.xml", "OEBPS/two b.xhtml", "OEBPS/toc.ncx", "OEBPS/a.css"):
        assert part(out, name) == part(data, name)


def test_a_book_is_rebuilt_from_its_sentences_and_keeps_its_structure_when_translated() -> None:
    data = epub()
    document = read_document("walk.epub", data)
    assert identity(document, "en").data == data
    assert pseudo_translate(document, "en").structure_kept


LOCKED = '<encryption><CipherReference URI="{}"/></encryption>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (epub(xml=None), "META-INF/container.xml is missing"),
        (epub(opf=None), "OEBPS/book.opf is missing"),
        (epub(one=None), "OEBPS/one.xhtml is missing"),
        (epub(xml="<container/>"), "names no book"),
        (epub(xml=CONTAINER.replace("OEBPS", "../..")), "outside of the book"),
        (epub(xml=CONTAINER.replace("OEBPS", "/etc")), "outside of the book"),
        (epub(opf=PACKAGE.replace("one.xhtml", "../../one.xhtml")), "outside of the book"),
        (epub(opf=PACKAGE.replace("one.xhtml", "%2e%2e/%2e%2e/one.xhtml")), "outside of the book"),
        (epub(opf=PACKAGE.replace("</spine>", "")), "not well-formed"),
        (epub(one="<html><p>"), "not well-formed"),
        (epub(one='<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>'), "declares entities"),
        (epub(encryption=LOCKED.format("OEBPS/one.xhtml")), "locked"),
    ],
)
def test_a_book_that_is_not_whole_or_not_open_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as refusal:
        read_document("walk.epub", data)
    assert str(refusal.value).startswith("walk.epub: ")


def test_a_book_with_locked_fonts_alone_and_one_with_a_remote_file_are_read() -> None:
    assert texts(read_document("walk.epub", epub(encryption=LOCKED.format("OEBPS/a.otf"))))
    remote = PACKAGE.replace("a.css", "https://example.org/a.css")
    assert texts(read_document("walk.epub", epub(opf=remote)))
