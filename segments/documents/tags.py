"""Numbered tags: how inline markup stands in a text that people translate, and whether a translation kept it.

``{1}`` and ``{/1}`` are the two halves of markup around text, ``{2/}`` stands for something by itself. A tag can be
typed on any keyboard, means nothing to Markdown, HTML or gettext, and says which half it is wherever it is moved to.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["TAG", "count_tags", "renumbered", "tag_problems", "with_numbers", "without_tags"]

TAG = re.compile(r"\{(?:(?P<open>[1-9]\d{0,3})|/(?P<close>[1-9]\d{0,3})|(?P<alone>[1-9]\d{0,3})/)\}")
"""Regular expression of a tag."""


def tag_problems(source: str, target: str) -> list[str]:
    """Return how the tags of a translation differ from those of its source, each as half a sentence.

    Tags may stand in another order, as long as pairs are nested.

    >>> tag_problems("{1}Rain{/1} again{2/}.", "Wieder {1}Regen.")
    ['the tag {/1} is lost', 'the tag {2/} is lost']
    >>> tag_problems("{1}Rain{/1}", "Regen")
    ['the pair {1}…{/1} is lost']
    """
    wanted, found = (Counter(match[0] for match in TAG.finditer(text)) for text in (source, target))
    problems = [f"{name} is lost" for name in _named(tag for tag in wanted if not found[tag])]
    problems += [f"{name} is not in the source" for name in _named(tag for tag in found if not wanted[tag])]
    problems += [f"{name} comes more than once" for name in _named(t for t in found if found[t] > wanted[t] > 0)]
    return problems or list(_wrongly_nested(target))


def renumbered(text: str, first: int = 1) -> tuple[str, tuple[int, ...]]:
    """Return ``text`` with its tags numbered from ``first`` in order, and the numbers they had.

    >>> renumbered("{4}Rain{/4} again{7/}.")
    ('{1}Rain{/1} again{2/}.', (4, 7))
    """
    numbers: dict[int, int] = {}

    def number(match: re.Match[str]) -> str:
        old = int(match[match.lastgroup or 0])
        return match[0].replace(str(old), str(numbers.setdefault(old, first + len(numbers))))

    return TAG.sub(number, text), tuple(numbers)


def with_numbers(text: str, numbers: Sequence[int]) -> str:
    """Return ``text`` with tag 1 numbered as the first of ``numbers``, tag 2 as the second, and so on.

    >>> with_numbers("{1}Rain{/1} again{2/}.", (4, 7))
    '{4}Rain{/4} again{7/}.'
    """

    def number(match: re.Match[str]) -> str:
        old = match[match.lastgroup or 0]
        return match[0].replace(old, str(numbers[int(old) - 1]))

    return TAG.sub(number, text)


def count_tags(text: str) -> int:
    """Count the numbers of the tags in ``text``: a pair is one."""
    return len(renumbered(text)[1])


def without_tags(text: str) -> str:
    """Return ``text`` without its tags."""
    return TAG.sub("", text)


def _named(tags: Iterable[str]) -> Iterator[str]:
    """Yield how tags are spoken of, both halves of a pair as one."""
    names = dict.fromkeys(tags)
    for tag in names:
        other = f"{{/{tag[1:]}"
        if other in names:
            yield f"the pair {tag}…{other}"
        elif not (tag.startswith("{/") and f"{{{tag[2:]}" in names):
            yield f"the tag {tag}"


def _wrongly_nested(text: str) -> Iterator[str]:
    opened: list[str] = []
    for match in TAG.finditer(text):
        if match["open"]:
            opened.append(match["open"])
        elif match["close"] and opened[-1:] == [match["close"]]:
            opened.pop()
        elif match["close"]:
            yield f"the pair {{{match['close']}}}…{match[0]} is wrongly nested"
            return
    if opened:
        yield f"the tag {{/{opened[-1]}}} is missing"
