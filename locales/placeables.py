"""The parts of a text that are not translated but placed: tags, placeholders, code, addresses."""

import re

# In the order in which they are tried at a place: what contains others comes first. A run of signs is tried from its
# start only, once: a long one would take time by the square of its length otherwise.
_PLACEABLE = re.compile(
    r"""
    (?<!`)`++[^`\n]+`+                                      # code
    | </?[A-Za-z][^<>\n]*>                                  # a tag of HTML
    | (?:https?|ftp)://[^\s<>"'`)\]}]*[^\s<>"'`)\]}.,;:!?。，、；：！？،؛؟۔]  # an address
    | (?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+            # an e-mail address
    | \{/?[\w.:!]*/?\}                                      # a numbered tag, or a field of str.format
    | %\([^()\s]*\)[-#0+\x20]*[\d.]*[a-zA-Z]                # a field of Python's %
    | %(?:\d+\$)?[-#0+]*(?:\*|\d+)?(?:\.(?:\*|\d+))?       # a directive of printf: its argument, width, precision,
      (?:hh|h|ll|l|j|z|t|L|q)?[diouxXeEfFgGaAcspn@](?![a-zA-Z])  # size and conversion
    """,
    re.VERBOSE,
)


def placeables(text: str) -> tuple[str, ...]:
    """Return the placeables of a text, in order, each as often as it stands there.

    >>> placeables("Open {1}%(name)s{/1} at https://example.org/a.")
    ('{1}', '%(name)s', '{/1}', 'https://example.org/a')
    """
    return tuple(found[0] for found in _PLACEABLE.finditer(text))


def only_placeables(text: str) -> bool:
    """Tell whether nothing of a text is to be translated: it is numbers, signs, code and addresses alone.

    >>> only_placeables("https://example.org"), only_placeables("12.5 %"), only_placeables("Page 3")
    (True, True, False)
    """
    return not any(character.isalpha() for character in _PLACEABLE.sub(" ", text))
