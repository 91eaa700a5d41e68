"""A Word document with source and translation together, to be proofread on paper or with comments."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from locales import Catalog
from segments.documents.docx_language import Setting

from .bilingual import Arrangement, bead_classes, bilingual_sides
from .entries import Bead, beads
from .segmenting import Version

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_RELATIONS}/content-types"><Default Extension="xml" ContentType="{_MAIN}"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="{_RELATIONS}/relationships"><Relationship Id="rId1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOT_XML = dict.fromkeys({*range(32)} - {9, 10, 13} | {0xFFFE, 0xFFFF}, "\ufffd")
_CELL = '<w:tcPr><w:tcW w:w="4800" w:type="dxa"/></w:tcPr>'
_GRID = (
    '<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders><w:insideH w:val="single" w:sz="4" w:color="BBBBBB"/>'
    '</w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="4800"/><w:gridCol w:w="4800"/></w:tblGrid>'
)


def bilingual_docx(version: Version, catalog: Catalog, language: str, arrangement: Arrangement) -> bytes:
    """Return a DOCX with all sentences of a document and what stands for them in ``catalog``, bead by bead.

    Texts are shown as a reader sees them, without tags; what is a draft or untranslated is in italics. The same catalog
    gives the same bytes.
    """
    languages = (version.language, language)
    rows = [list(_paragraphs(bead, version, languages)) for bead in beads(catalog)]
    if arrangement is Arrangement.COLUMNS:
        cells = ("".join(f"<w:tc>{_CELL}{paragraph}</w:tc>" for paragraph in row) for row in rows)
        lines = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in cells)
        body = f"<w:tbl>{_GRID}{lines}</w:tbl><w:p/>"
    else:
        body = "".join(paragraph for row in rows for paragraph in [*row, "<w:p/>"])
    document = f'<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    return _packed({"[Content_Types].xml": _TYPES, "_rels/.rels": _ROOT, "word/document.xml": document})


def _paragraphs(bead: Bead, version: Version, languages: tuple[str, str]) -> Iterator[str]:
    """Yield the paragraph of the source, and that of the translation."""
    classes = bead_classes(bead).split()
    for side, tag, text in bilingual_sides(bead, version, languages):
        look = "<w:b/>" if "heading" in classes else ""
        if side == "target" and not {"draft", "untranslated"}.isdisjoint(classes):
            look += "<w:i/>"
        if side == "source":
            look += '<w:color w:val="555555"/>'
        setting = Setting(tag)
        run = setting.run("w:", f"<w:rPr>{look}</w:rPr>")
        head = setting.paragraph("w:", "")
        words = text.translate(_NOT_XML)
        yield f'<w:p>{head}<w:r>{run}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _packed(files: dict[str, str]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name), (_HEAD + text).encode("utf-8", "replace"), ZIP_DEFLATED)
    return stream.getvalue()
