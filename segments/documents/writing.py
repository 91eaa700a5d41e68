"""How are translations written into a document? Into the places of its units; all other bytes stay as they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..errors import DocumentError
from ..model import Span
from .model import Document, Part, Unit
from .rendering import render, restored
from .splicing import splice

__all__ = ["Edit", "encodable", "encode", "unit_edits", "write_units"]

Edit = tuple[Span, str]


def write_units(
    document: Document,
    targets: Mapping[int, str],
    target_language: str,
    edits: Iterable[Edit] = (),
    *,
    references: bool = False,
) -> bytes:
    """Return the bytes of a document that is one text, with ``targets`` in the place of its units, and other ``edits``.

    A unit without a target, or with its own text as target, stays byte for byte. The encoding and the byte order mark
    stay, too. A character that the encoding lacks is written as a character reference where ``references`` are known to
    the format; elsewhere the document is then written in UTF-8 (see :func:`encodable`). Raise :class:`DocumentError`
    for a target that is no valid text or belongs to no unit.
    """
    (part,) = document.parts
    text = splice(part.text, [*unit_edits(document, targets, target_language)[0], *edits])
    return encode(document.name, part, text, references=references)


def unit_edits(document: Document, targets: Mapping[int, str], target_language: str) -> list[list[Edit]]:
    """Return for each part of a document what its text has to be changed to for its units to read as ``targets``.

    Raise :class:`DocumentError` for a target that belongs to no unit, or has tags that its unit has not.
    """
    edits: list[list[Edit]] = [[] for _ in document.parts]
    for hosted in _with_hosted(document.units):
        given = [(document.units[i], targets[i]) for i in hosted if i in targets]
        changed = [(unit, target) for unit, target in given if target != unit.text]
        host = document.units[hosted[0]]
        if changed and changed[0][0] is host:
            inside = [(unit.host, render(unit, target, target_language)) for unit, target in changed if unit.host]
            edits[host.part].append((host.extent, render(host, changed[0][1], target_language, inside)))
        elif changed:
            edits[host.part] += [(unit.extent, render(unit, target, target_language)) for unit, target in changed]
        elif given:
            edits[host.part] += restored(given[0][0])
    return edits


def encode(name: str, part: Part, text: str, *, references: bool = False) -> bytes:
    """Return ``text`` in the encoding of ``part``, after its byte order mark; see :func:`write_units`."""
    text = part.bom.decode(part.encoding) + text
    for encoding in (part.encoding, "utf-8"):
        try:
            return text.encode(encoding, "xmlcharrefreplace" if references else "strict")
        except UnicodeEncodeError as error:
            failure = error
    raise DocumentError(f"{name}: a translation holds {failure.object[failure.start]!a}, which is no character.")


def encodable(document: Document, targets: Mapping[int, str]) -> bool:
    """Tell whether the encodings of ``document`` have all characters of the targets, so that they can stay."""
    try:
        for index, target in targets.items():
            target.encode(document.parts[document.units[index].part].encoding)
    except UnicodeEncodeError:
        return False
    return True


def _with_hosted(units: Sequence[Unit]) -> Iterator[list[int]]:
    """Yield the numbers of each unit and of those that lie in its markup."""
    group: list[int] = []
    for number, unit in enumerate(units):
        if group and unit.host is None:
            yield group
            group = []
        group.append(number)
    if group:
        yield group
