"""Sentences and aligned sentences in the forms that other tools read."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from locales import Catalog
from locales.tags import language_gap
from segments import Bead
from segments.splitting import SPLITTER

from . import entries
from .errors import ProjectError
from .records import BeadRecord
from .segmenting import Version


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two texts as sentences, and the beads between them; languages are BCP 47 tags."""

    name: str
    source_language: str
    target_language: str
    source: Sequence[str]
    target: Sequence[str]
    beads: Sequence[Bead]

    def texts(self, bead: Bead) -> tuple[list[str], list[str]]:
        """Return the sentences of a bead on both sides."""
        return [self.source[i] for i in bead.source], [self.target[j] for j in bead.target]


def beads_text(bitext: Bitext) -> str:
    """One bead a line, ``i,j:k,l``: 0-based sentence numbers, an empty side for a deletion or addition."""
    return "".join(f"{_numbers(bead.source)}:{_numbers(bead.target)}\n" for bead in bitext.beads)


def tsv_text(bitext: Bitext) -> str:
    """One bead a line: source, target, confidence; tabs and line ends in a text become spaces."""
    lines = []
    for bead in bitext.beads:
        source, target = (" ".join(" ".join(side).split()) for side in bitext.texts(bead))
        lines.append(f"{source}\t{target}\t{bead.confidence:.4f}\n")
    return "".join(lines)


def json_text(bitext: Bitext) -> str:
    """Serialise languages and beads, each with sentence numbers, texts and confidence, as one JSON object."""
    rows = []
    for bead in bitext.beads:
        source, target = bitext.texts(bead)
        rows.append(
            {
                "source": list(bead.source),
                "target": list(bead.target),
                "confidence": round(bead.confidence, 4),
                "source_text": source,
                "target_text": target,
            }
        )
    languages = {"source_language": bitext.source_language, "target_language": bitext.target_language}
    return json.dumps(languages | {"beads": rows}, ensure_ascii=False, indent=1) + "\n"


def tmx_text(bitext: Bitext) -> str:
    """Serialise the beads with text on both sides as TMX 1.4b (LISA OSCAR, 2005)."""
    units = []
    for bead in bitext.beads:
        if bead.source and bead.target:
            pair = zip((bitext.source_language, bitext.target_language), bitext.texts(bead), strict=True)
            sides = "".join(_tmx_side(language, texts) for language, texts in pair)
            confidence = f'      <prop type="x-confidence">{bead.confidence:.4f}</prop>\n'
            units.append(f"    <tu>\n{confidence}{sides}    </tu>\n")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tmx version="1.4">\n'
        '  <header creationtool="Hexapla" creationtoolversion="1" segtype="sentence" o-tmf="Hexapla" adminlang="en"'
        f' srclang={quoteattr(bitext.source_language)} datatype="plaintext"/>\n'
        f"  <body>\n{''.join(units)}  </body>\n"
        "</tmx>\n"
    )


def _tmx_side(language: str, texts: Sequence[str]) -> str:
    text = _xml(language_gap(language).join(texts))
    return f"      <tuv xml:lang={quoteattr(language)}><seg>{text}</seg></tuv>\n"


def po_text(bitext: Bitext) -> str:
    """Serialise the source as a catalog whose drafts are the aligned translations.

    Raises:
        ProjectError: a text cannot stand in a catalog.
    """
    segments = {str(number): text for number, text in enumerate(bitext.source) if text.strip()}
    records = [
        BeadRecord(_filled(bead.source, bitext.source), _filled(bead.target, bitext.target), bead.confidence)
        for bead in bitext.beads
    ]
    targets = {str(number): text for number, text in enumerate(bitext.target)}
    gap = language_gap(bitext.target_language)
    try:
        pot = entries.template(bitext.name, bitext.name, segments, {})
        catalog = entries.carry_over(None, pot, bitext.name, bitext.target_language)
        entries.project_beads(catalog, [(record, gap.join(targets[i] for i in record.target)) for record in records])
    except ValueError as error:
        raise ProjectError(f"{bitext.name}: {error}, or choose another --format") from None
    return _decoded(catalog)


def _filled(places: range, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the sentences that hold text: a catalog has no entry for a blank line."""
    return tuple(str(place) for place in places if texts[place].strip())


BITEXT_FORMATS: dict[str, Callable[[Bitext], str]] = {
    "beads": beads_text,
    "tsv": tsv_text,
    "json": json_text,
    "tmx": tmx_text,
    "po": po_text,
}


def lines_text(version: Version) -> str:
    """One sentence a line, in document order; line ends inside a sentence become spaces."""
    return "".join(" ".join(text.splitlines()) + "\n" for text in version.plain_texts().values())


def units_json(version: Version) -> str:
    """Serialise units and the code-point offsets of their sentences as one JSON object."""
    units = []
    for unit, record, segments in version.unit_segments():
        rows = [
            {"start": span.start, "end": span.end, "text": segment.text, "plain": segment.plain}
            for span, segment in zip(record.spans(), segments, strict=True)
        ]
        units.append({"kind": unit.kind, "text": unit.text, "sentences": rows})
    head = {"language": version.language, "splitter": SPLITTER}
    return json.dumps(head | {"units": units}, ensure_ascii=False, indent=1) + "\n"


def template_text(version: Version) -> str:
    """Serialise the sentences as a gettext template."""
    name = version.document.name
    return _decoded(entries.template(name, name, version.texts(), version.notes()))


VERSION_FORMATS: dict[str, Callable[[Version], str]] = {"lines": lines_text, "json": units_json, "po": template_text}


def _numbers(places: range) -> str:
    return ",".join(map(str, places))


def _xml(text: str) -> str:
    """Escape for XML 1.0, which has no form for most control characters, surrogates and two noncharacters."""
    kept = (
        c if c in "\t\n\r" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff" else "\ufffd"
        for c in text
    )
    return escape("".join(kept))


def _decoded(catalog: Catalog) -> str:
    return catalog.to_bytes().decode("utf-8")
