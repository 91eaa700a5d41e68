"""Which translations of a catalog have lost, doubled or crossed tags?"""

from collections.abc import Iterator

from locales import Catalog, Finding, State
from segments.documents import tag_problems

from .entries import beads
from .tagging import translation_problems


def tag_findings(catalog: Catalog, *, drafts: bool) -> Iterator[Finding]:
    """Yield what is wrong with the tags of translated entries, and of drafts where they are asked for.

    A source whose tags are not whole, such as ``{1}`` without ``{/1}``, is another notation and is passed over.
    """
    least = State.DRAFT if drafts else State.TRANSLATED
    for bead in beads(catalog):
        sources = [entry.msgid for entry in bead.entries]
        if bead.state < least or bead.head.msgid_plural is not None or not all(map(_is_whole, sources)):
            continue
        for problem in translation_problems(sources, bead.text):
            yield Finding(bead.head.line, bead.head.msgid, problem)


def _is_whole(source: str) -> bool:
    """Tell whether every first half of a pair in ``source`` has its second one, and the other way round."""
    return "}" not in source or not tag_problems(source, source)
