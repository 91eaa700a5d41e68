"""Where does a sentence end by the rules of an SRX file?

SRX 2.0 (LISA/GALA OSCAR, Segmentation Rules eXchange, 2008) is what translators exchange such rules in. The engine is
choppa-srx, which has to be installed beside Hexapla (the extra ``srx``).
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from .errors import RulesError
from .patterns import Pattern

__all__ = ["srx_ends"]

_BIGGEST = 4_000_000  # bytes; the largest rule sets in use have a tenth of it


def srx_ends(path: Path, language: str) -> Callable[[str], Iterator[int]]:
    """Return a function that yields where sentences end in a text, by the rules for ``language`` in an SRX file.

    Raises:
        RulesError: choppa-srx is not installed, or the file is no SRX file.
        RulesError: from the function, when a pattern takes too long.
    """
    try:
        from choppa import SrxDocument, SrxTextIterator
    except ImportError:
        raise RulesError(
            "SRX files need the package choppa-srx: install Hexapla with its extra, hexapla[srx]"
        ) from None
    _check(path)
    try:
        document = SrxDocument(ruleset=path)
        untimed = document.compile  # the engine matches with what this returns, which has no limit of its own
        document.compile = cache(lambda text: Pattern(untimed(text), str(path)))  # type: ignore[method-assign]
        list(SrxTextIterator(document, language, "One. Two."))
    except Exception as error:  # the engine lets errors of its XML, schema and pattern libraries through
        reason = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        raise RulesError(f"{path}: is no SRX 2.0 file that can be used ({reason}); check it") from None

    def ends(text: str) -> Iterator[int]:
        place = 0
        for part in SrxTextIterator(document, language, text):
            place += len(part)
            yield place

    return ends


def _check(path: Path) -> None:
    """Refuse what an XML parser should not be given: a file of no sense in size, or one that declares entities."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RulesError(f"{path}: cannot be read ({error.strerror})") from None
    if len(data) > _BIGGEST:
        raise RulesError(f"{path}: is too big for a file of rules ({len(data)} bytes)")
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise RulesError(f"{path}: declares XML entities; an SRX file has none, so it is not opened")
