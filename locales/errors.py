"""What can go wrong with a catalog or a language tag, said so that a person can act on it."""

from collections.abc import Sequence
from dataclasses import dataclass


class LocalesError(Exception):
    """A catalog or tag could not be used; the message says what, where and what to do."""


class CatalogError(LocalesError):
    """A text is not a catalog: ``path``, ``line`` (1-based), ``problem`` and, where it is known, ``msgid``."""

    def __init__(self, path: str, line: int, problem: str, msgid: str | None = None) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem
        self.msgid = msgid


class UnencodableError(CatalogError):
    """The charset of the catalog cannot hold a character of an entry; nothing was written."""


class UnknownLanguageError(LocalesError):
    """``tag`` is not a language tag, or nobody knows its language."""

    def __init__(self, tag: str, hint: str) -> None:
        super().__init__(f"{tag!r} is not a known language; {hint}")
        self.tag = tag


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an entry, told by its ``line`` (`Entry.line`) and ``msgid``."""

    line: int
    msgid: str
    problem: str


class CompileError(LocalesError):
    """The catalog would compile to something broken; ``findings`` has every reason in file order."""

    def __init__(self, path: str, findings: Sequence[Finding]) -> None:
        first, *others = findings
        more = f" (and {len(others)} more)" if others else ""
        super().__init__(f"{path}:{first.line}: {first.problem}{more}; correct it and compile again")
        self.path = path
        self.findings = tuple(findings)
