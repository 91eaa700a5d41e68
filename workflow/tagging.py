"""Tags between two sides: those of a bead's sentences, and those of an existing translation matched to its source."""

import re
from collections.abc import Iterable, Iterator, Sequence

from segments.documents import Placeholder, Segment, Tag, count_tags, renumbered, tag_problems, with_numbers
from segments.documents.tags import TAG

__all__ = [
    "joined_translation",
    "matched_tags",
    "numbered_on",
    "plain_translation",
    "tag_notes",
    "translation_problems",
]

_HIGHEST = 9_999  # number of a tag
_LONGEST_NOTE = 80  # characters of markup that a note shows

_ELEMENT = re.compile(r"</?([A-Za-z][\w:-]*)")


def tag_notes(segment: Segment) -> list[str]:
    """Return what each tag of a sentence stands for, as a translator is told: ``{1}: [](place.md)``."""
    notes = []
    for number, halves in _halves([segment]):
        written = halves[0].original if len(halves) == 1 else f"{halves[0].original}…{halves[1].original}"
        words = " ".join(written.split())
        shown = words if len(words) <= _LONGEST_NOTE else f"{words[:_LONGEST_NOTE]}…"
        notes.append(f"{{{number}}}: {shown}" if len(halves) > 1 else f"{{{number}/}}: {shown}")
    return notes


def numbered_on(texts: Iterable[str]) -> list[str]:
    """Number the tags of the sentences of a bead on through all of them, as its translation names them.

    >>> numbered_on(["{1}Rain{/1}.", "Sun{1/}."])
    ['{1}Rain{/1}.', 'Sun{2/}.']
    """
    numbered = []
    first = 1
    for text in texts:
        numbered.append(renumbered(text, first)[0])
        first += count_tags(text)
    return numbered


def joined_translation(beads: Iterable[tuple[Sequence[str], str]], gap: str) -> str:
    """Join the translations of beads, each with its source sentences, to that of one bead; empty ones are left out.

    >>> joined_translation([(["{1}Rain{/1}."], "{1}Regen{/1}."), (["Sun{1/}."], "Sonne{1/}.")], " ")
    '{1}Regen{/1}. Sonne{2/}.'
    """
    texts = []
    first = 1
    for sources, text in beads:
        texts.append(with_numbers(text, range(first, first + _HIGHEST)))
        first += sum(map(count_tags, sources))
    return gap.join(filter(None, texts))


def translation_problems(sources: Sequence[str], target: str) -> list[str]:
    """Return what is wrong with the tags of a translation of these sentences, each as half a sentence."""
    return tag_problems(" ".join(numbered_on(sources)), target) if target else []


def matched_tags(sources: Sequence[Segment], targets: Sequence[Segment], gap: str) -> str:
    """Join the sentences of an existing translation, their tags numbered as those of the source they translate.

    A tag is matched to the first one that is written alike, else to one of the same kind: a link to a link, code to
    code. What the source has nothing for is left out, and what a reader sees in its place is text.

    Args:
        sources: the source sentences of a bead, whose tags are numbered on.
        targets: the target sentences of the bead.
        gap: what stands between two target sentences.
    """
    known = dict(_halves(sources))
    found = dict(_halves(targets))
    numbers: dict[int, int] = {}
    for alike in (_writing, _kind):
        free = {number: alike(halves) for number, halves in known.items() if number not in numbers.values()}
        for number, halves in found.items():
            match = next((n for n, key in free.items() if key == alike(halves)), None)
            if number not in numbers and match is not None:
                numbers[number] = match
                del free[match]

    def tag(match: re.Match[str]) -> str:
        old = match[match.lastgroup or 0]
        if int(old) in numbers:
            return match[0].replace(old, str(numbers[int(old)]))
        (first, *_) = found[int(old)]
        return first.equivalent if isinstance(first, Placeholder) else ""

    return gap.join(TAG.sub(tag, text) for text in numbered_on(segment.text for segment in targets))


def plain_translation(sources: Sequence[Segment], target: str) -> str:
    """Return what a reader sees of a translation of these sentences: no tags, code and addresses in their places."""
    known = dict(_halves(sources))

    def seen(match: re.Match[str]) -> str:
        halves = known.get(int(match[match.lastgroup or 0]), ())
        return next((tag.equivalent for tag in halves if isinstance(tag, Placeholder)), "")

    return TAG.sub(seen, target)


def _halves(segments: Sequence[Segment]) -> Iterator[tuple[int, tuple[Tag, ...]]]:
    """Yield each tag of a bead's sentences, both halves of a pair together, by its number in the bead."""
    offset = 0
    for segment in segments:
        for place, number in enumerate(segment.numbers, start=1):
            yield offset + place, tuple(tag for tag in segment.tags if tag.number == number)
        offset += len(segment.numbers)


def _writing(halves: tuple[Tag, ...]) -> tuple[object, ...]:
    return tuple((type(tag), tag.original) for tag in halves)


def _kind(halves: tuple[Tag, ...]) -> tuple[object, ...]:
    """Return what tags of one kind have in common: the element, or the signs that Markdown writes it with."""
    return tuple((type(tag), _sign(tag.original)) for tag in halves)


def _sign(original: str) -> str:
    element = _ELEMENT.match(original)
    return element[1].lower() if element else original[:2] if original[:1] in "]![" else original[:1]
