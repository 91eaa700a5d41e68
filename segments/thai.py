"""Where does a sentence end in Thai, which writes no stops?

By the conditional random field "crfcut" of pythainlp, which has to be installed beside Hexapla (the extra ``thai``). It
cuts at spaces that are likely ends; it was learned from translated talks, and where writers disagree it guesses.
"""

from collections.abc import Callable, Iterator

from .errors import RulesError

__all__ = ["thai_ends"]


def thai_ends() -> Callable[[str], Iterator[int]]:
    """Return a function that yields where sentences end in a Thai text.

    Raises:
        RulesError: pythainlp is not installed.
    """
    try:
        from pythainlp.tokenize import sent_tokenize

        sent_tokenize("ฝนตก", engine="crfcut")
    except ImportError:
        raise RulesError(
            "--crfcut needs the packages pythainlp and python-crfsuite: install Hexapla with its extra, hexapla[thai]"
        ) from None

    def ends(text: str) -> Iterator[int]:
        place = 0
        for part in sent_tokenize(text, engine="crfcut", keep_whitespace=True):
            found = text.find(part.strip(), place) if isinstance(part, str) else -1
            if found < 0:
                return
            place = found + len(part.strip())
            yield place

    return ends
