"""Why does a sentence end where it ends, and not where it does not?"""

from collections.abc import Iterator

from segments.documents import Document
from segments.rules import NO_RULES, Rules
from segments.splitting import explain

__all__ = ["explanation"]

_AROUND = 24  # code points shown to either side


def explanation(document: Document, language: str, rules: Rules = NO_RULES) -> Iterator[str]:
    """Yield a line for each place in a document where a sentence may end: what stands there, the verdict, the reason.

    The columns are separated by tabs: ``ends`` or ``goes on``, the text around a ``|``, the reason.
    """
    for unit in document.units:
        for start, (candidate, verdict) in explain(unit.text, language, rules):
            place = start + candidate.end
            before, after = unit.text[max(0, place - _AROUND) : place], unit.text[place : place + _AROUND]
            around = " ".join(f"{before}|{after}".split())
            yield f"{'ends' if verdict.ends else 'goes on'}\t{around}\t{verdict.reason}"
