"""How does a DOCX say which language its words are in, and which way they run?

ECMA-376-1: w:lang 17.3.2.20, w:rtl 17.3.2.30, w:bidi 17.3.1.6 and 17.6.1, w:bidiVisual 17.4.1, DrawingML 21.1.2. The
order of properties is fixed: each is put before those that may follow it.
"""

import re
from dataclasses import dataclass

from ..model import Span
from .direction import direction
from .xml_syntax import with_attribute

__all__ = ["Setting"]

_AFTER_LANGUAGE = ("eastAsianLayout", "specVanish", "oMath", "rPrChange")
_AFTER_RTL = ("cs", "em", "lang", *_AFTER_LANGUAGE)
_AFTER_BIDI = (
    *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
    *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr"),
    "pPrChange",
)
_AFTER_SECTION_BIDI = ("rtlGutter", "docGrid", "printerSettings", "sectPrChange")
_AFTER_TABLE_BIDI = (
    *("tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd"),
    *("tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription", "tblPrChange"),
)
_TWINS = (("b", "bCs"), ("i", "iCs"), ("sz", "szCs"))  # ECMA-376-1, 17.3.2.1 to 17.3.2.39
_EAST_ASIAN = frozenset({"ja", "ko", "lzh", "wuu", "yue", "zh"})
_MIRRORED = re.compile(r"<[^>]*\srtl\s*=")
_EMPTY = re.compile(r"<([^\s/>]+)([^>]*)/>")
_LAYOUT = re.compile(
    r"<(?P<prefix>(?:[\w.-]+:)?)(?P<name>sectPr|tblPr)(?:\s[^>]*)?(?<!/)>.*?</(?P=prefix)(?P=name)>", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The language of a translation (BCP 47), as the properties of runs, paragraphs, tables and sections say it.

    ``explicit`` tells that the styles of the document make text run from right to left where nothing else is said.
    """

    language: str
    explicit: bool = False

    def run(self, prefix: str, look: str) -> str:
        """Return the properties of a run, which may be missing in the source.

        Bold, italics and size have a twin each for scripts that run from right to left, and only that counts there.

        >>> Setting("fa").run("w:", "<w:rPr><w:b/></w:rPr>")
        '<w:rPr><w:b/><w:bCs/><w:rtl/><w:lang w:val="fa" w:bidi="fa"/></w:rPr>'
        """
        right_to_left = direction(self.language) == "rtl"
        east_asian = self.language.split("-")[0].lower() in _EAST_ASIAN
        script = "bidi" if right_to_left else "eastAsia" if east_asian else ""
        also = f' {prefix}{script}="{self.language}"' if script else ""
        properties = _twinned(prefix, look or f"<{prefix}rPr/>", right_to_left=right_to_left)
        properties = self._flagged(prefix, properties, "rtl", _AFTER_RTL)
        language = f'<{prefix}lang {prefix}val="{self.language}"{also}/>'
        return _with(properties, prefix, "lang", language, _AFTER_LANGUAGE)

    def paragraph(self, prefix: str, head: str) -> str:
        """Return the properties of a paragraph, which may be missing in the source.

        >>> Setting("he").paragraph("w:", '<w:pPr><w:jc w:val="center"/></w:pPr>')
        '<w:pPr><w:bidi/><w:jc w:val="center"/></w:pPr>'
        """
        if not head and not self.explicit and direction(self.language) == "ltr":
            return ""
        return self._flagged(prefix, head or f"<{prefix}pPr/>", "bidi", _AFTER_BIDI)

    def drawing_run(self, prefix: str, look: str) -> str:
        """Return the properties of a run in a drawing."""
        return with_attribute(look or f"<{prefix}rPr/>", "lang", self.language)

    def drawing_paragraph(self, prefix: str, head: str) -> str:
        """Return the properties of a paragraph in a drawing."""
        if direction(self.language) == "ltr":
            return with_attribute(head, "rtl", "0") if _MIRRORED.match(head) else head
        return with_attribute(head or f"<{prefix}pPr/>", "rtl", "1")

    def layout_edits(self, text: str) -> list[tuple[Span, str]]:
        """Return what changes in a part for its tables and sections to run as the language does."""
        edits = []
        for found in _LAYOUT.finditer(text):
            name, following = (
                ("bidi", _AFTER_SECTION_BIDI) if found["name"] == "sectPr" else ("bidiVisual", _AFTER_TABLE_BIDI)
            )
            properties = self._flagged(found["prefix"], found[0], name, following)
            if properties != found[0]:
                edits.append((Span(*found.span()), properties))
        return edits

    def _flagged(self, prefix: str, properties: str, name: str, following: tuple[str, ...]) -> str:
        flag = f"<{prefix}{name}/>" if direction(self.language) == "rtl" else ""
        if not flag and self.explicit:
            flag = f'<{prefix}{name} {prefix}val="0"/>'
        return _with(properties, prefix, name, flag, following)


def _twinned(prefix: str, properties: str, *, right_to_left: bool) -> str:
    """Return the properties of a run, each that counts in one direction alone said for the other one, too."""
    if not right_to_left and not re.search(rf'<{prefix}rtl(?:\s[^>]*"(?:1|on|true)")?\s*/>', properties):
        return properties
    own, change, before = properties.partition(f"<{prefix}rPrChange")  # how it looked once is no matter
    for plain, twin in _TWINS:
        known, missing = (plain, twin) if right_to_left else (twin, plain)
        found = re.search(rf"<{prefix}{known}((?:\s[^>]*)?)/>", own)
        if found and not re.search(rf"<{prefix}{missing}[\s/]", own):
            place = found.end() if right_to_left else found.start()
            own = f"{own[:place]}<{prefix}{missing}{found[1]}/>{own[place:]}"
    return own + change + before


def _with(properties: str, prefix: str, name: str, child: str, following: tuple[str, ...]) -> str:
    """Return properties with ``child`` in the place of the one called ``name``, before those ``following``."""
    if empty := _EMPTY.fullmatch(properties):
        properties = f"<{empty[1]}{empty[2]}></{empty[1]}>"
    place = re.search(rf"<{prefix}(?:{'|'.join(following)})[\s/>]|</[^<>]*>\Z", properties)
    end = place.start() if place else len(properties)
    return re.sub(rf"<{prefix}{name}(?:\s[^>]*)?/>", "", properties[:end]) + child + properties[end:]
