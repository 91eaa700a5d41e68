"""How does a translation fill the lines of a wrapped paragraph? Greedily, and so that folding them gives it back."""

from collections.abc import Callable, Iterator, Sequence

from ..lines import columns, is_cjk, joint, outside
from ..model import Span

__all__ = ["wrap"]

# Characters that may not begin or end a line (JIS X 4051, JLReq appendix A, GB/T 15834), as far as they matter here.
_NOT_FIRST = frozenset("、。，．：；？！・…‥ー々〻ゝゞヽヾ”’」』）】〉》〕］｝〟％‰℃") | frozenset(
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_NOT_LAST = frozenset("「『（【〈《〔［｛“‘〝＄￥￡")


def wrap(
    text: str,
    width: int,
    *,
    first: int = 0,
    other: int = 0,
    protected: Sequence[Span] = (),
    unfit: Callable[[str], bool] = lambda rest: False,
    ambiguous: int = 1,
) -> list[str]:
    """Set ``text``, one line, in lines of at most ``width`` columns; a word that is wider has a line of its own.

    ``first`` and ``other`` are the columns already taken on the first and on each other line. Lines end at single
    spaces and between two CJK characters, never inside a ``protected`` span nor before a rest that is ``unfit`` to
    begin a line. ``ambiguous`` is the width of a character of ambiguous width.

    >>> wrap("The sea lay still all day.", 12)
    ['The sea lay', 'still all', 'day.']
    """
    lines: list[str] = []
    line, left = "", width - first
    for space, chunk in _chunks(text, protected, unfit):
        needed = len(space) + columns(chunk, ambiguous)
        if line and needed > left:
            lines.append(line)
            line, left = chunk, width - other - columns(chunk, ambiguous)
        else:
            line, left = line + space + chunk, left - needed
    return [*lines, line]


def _chunks(text: str, protected: Sequence[Span], unfit: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Cut ``text`` where a line may end, into pairs of the space that a line end replaces and what follows it."""
    chunks: list[tuple[str, str]] = []
    start, space = 0, ""
    for gap in outside(_gaps(text), protected):
        # A look at a few words is enough to see a marker, and keeps the whole linear.
        if unfit(text[gap.end : gap.end + 80]):
            continue
        chunks.append((space, text[start : gap.start]))
        start, space = gap.end, text[gap.slice()]
    return [*chunks, (space, text[start:])]


def _gaps(text: str) -> Iterator[Span]:
    """Yield the places where a line end would fold back to what stands there now."""
    for place in range(1, len(text) - 1):
        left, here, right = text[place - 1], text[place], text[place + 1]
        if here == " " and not left.isspace() and not right.isspace() and joint(left, right) == " ":
            yield Span(place, place + 1)
        elif is_cjk(left) and is_cjk(here) and left not in _NOT_LAST and here not in _NOT_FIRST:
            yield Span(place, place)
