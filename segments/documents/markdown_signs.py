"""Which rules of markdown-it may begin with a character? Only these need be asked there, which takes a third less time.

Every rule looks at one character first, and says no to most. The answers are the same without asking.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from markdown_it import MarkdownIt

__all__ = ["ask_by_sign"]

_Rule = Callable[..., bool]
_INLINE = {
    "autolink": "<",
    "backticks": "`",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "html_inline": "<",
    "image": "!",
    "link": "[",
    "newline": "\n",
    "strikethrough": "~",
}
_BLOCK = {
    "admonition": "!?",
    "blockquote": ">",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "reference": "[",
}
"""The characters that a rule may begin with; any other rule may begin with all."""
_TEXT_END = re.compile(r"[\n!&*<\[\\\]_`~]")  # where a rule may begin, or the text of a link may end


def ask_by_sign(parser: MarkdownIt) -> MarkdownIt:
    """Have a parser whose rules are complete ask only those that its place may begin with."""
    parser.inline.terminator_re = _TEXT_END
    ruler = parser.inline.ruler
    names = _names(ruler)
    # The list of rules is the ruler's own. Were it a copy one day, all rules would be asked again.
    rules = ruler.getRules("")
    rules[:] = [_inline_rule(*_by_sign(rules, names, _INLINE))]
    blocks = parser.block.ruler
    names = _names(blocks)
    for chain in ("", "blockquote", "list", "paragraph", "reference"):
        chained = blocks.getRules(chain)
        chained[:] = [_block_rule(*_by_sign(chained, names, _BLOCK))]
    return parser


def _names(ruler: Any) -> dict[_Rule, str]:
    return dict(zip(ruler.getRules(""), ruler.get_active_rules(), strict=True))


def _by_sign(
    rules: list[Any], names: Mapping[_Rule, str], signs: Mapping[str, str]
) -> tuple[dict[str, list[_Rule]], list[_Rule]]:
    """Return the rules for each character in their order, and those for any other."""
    wanted = [(rule, signs.get(names[rule])) for rule in rules]
    by_sign = {
        sign: [rule for rule, own in wanted if own is None or sign in own] for sign in set("".join(signs.values()))
    }
    return by_sign, [rule for rule, own in wanted if own is None]


# The loops below are the busiest lines of a reading; a generator in `any` would take half as long again.
def _inline_rule(by_sign: Mapping[str, list[_Rule]], others: list[_Rule]) -> _Rule:
    def first_match(state: Any, silent: bool) -> bool:
        for rule in by_sign.get(state.src[state.pos], others):  # noqa: SIM110
            if rule(state, silent):
                return True
        return False

    return first_match


def _block_rule(by_sign: Mapping[str, list[_Rule]], others: list[_Rule]) -> _Rule:
    def first_match(state: Any, line: int, end: int, silent: bool) -> bool:
        place = state.bMarks[line] + state.tShift[line]
        for rule in by_sign.get(state.src[place : place + 1], others):  # noqa: SIM110
            if rule(state, line, end, silent):
                return True
        return False

    return first_match
