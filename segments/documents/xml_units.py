"""Which stretches of an XML text are translated, and where is the markup in them? A vocabulary says what elements are.

The tags are read once, in order. What is open is a stack of units, for a unit may lie in another one, as the paragraphs
of a text box do.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from ..errors import DocumentError
from ..model import Span
from .xml_syntax import TAG, attribute_spans, declared_namespaces

__all__ = ["Item", "Kind", "Role", "Run", "Stretch", "Vocabulary", "Words", "find_stretches"]

_DEEPEST = 500  # elements in each other


class Role(Enum):
    """What an element is to a translator. Any other element in a unit is a placeholder, whatever it holds."""

    UNIT = auto()  # translated as a whole
    RUN = auto()  # characters that look alike
    LOOK = auto()  # in a run: how it looks
    TEXT = auto()  # the characters of a run
    PAIR = auto()  # markup around text
    COMPUTED = auto()  # the same, but a placeholder unless there is a letter in it: a page number
    HEAD = auto()  # in a unit or pair: what it is
    GHOST = auto()  # nothing that a reader sees, such as where a spelling mistake begins


_PAIRS = (Role.PAIR, Role.COMPUTED)


class Kind(Enum):
    """What an item of a unit is."""

    TEXT = auto()
    OPEN = auto()
    CLOSE = auto()
    ALONE = auto()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the elements of a format are. Names have the prefix that ``namespaces`` gives to their namespace.

    ``flowing`` tells that characters stand in units and pairs themselves, not only in the texts of runs. ``attributes``
    are those that a reader sees or hears, by element, without prefix. ``field`` tells of a placeholder
    whether it is the "begin", "separate" or "end" of a field, whose result is text.
    """

    namespaces: Mapping[str, str]
    roles: Mapping[str, Role]
    attributes: Mapping[str, frozenset[str]]
    flowing: bool = False
    field: Callable[[str], str] = lambda tag: ""


@dataclass(slots=True)
class Run:
    """Where a run lies, and its properties as written."""

    start: int
    end: int = 0
    look: str = ""


@dataclass(slots=True)
class Item:
    """Something in a unit: where it lies, and in which run.

    ``field`` tells that it is part of a field, ``computed`` that a program computes what it holds, and ``closes`` what
    opened the pair that it ends.
    """

    kind: Kind
    start: int
    end: int
    run: Run | None = None
    field: str = ""
    computed: bool = False
    closes: "Item | None" = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A unit as it was found: the names of the elements around it and its own, where its content starts, its properties
    as written, and its items in order.
    """

    path: tuple[str, ...]
    start: int
    head: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Words:
    """The value of an attribute that a reader sees or hears."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class _Element:
    name: str  # empty for one of another namespace
    role: Role | None
    seen: frozenset[str]


@dataclass(slots=True)
class _Open:
    """A unit that is being read; ``skipped`` is the depth, start and role of an element passed over as a whole."""

    depth: int
    start: int
    flowing: bool
    items: list[Item] = field(default_factory=list)
    run: Run | None = None
    head: str = ""
    skipped: tuple[int, int, Role | None] | None = None


def find_stretches(name: str, text: str, vocabulary: Vocabulary) -> list[Stretch | Words]:
    """Return the units of a well-formed ``text`` as they end, and the attributes that are seen as they begin.

    ``name`` is named in errors. Raise :class:`DocumentError` where elements lie too deep in each other.
    """
    search = _Search(name, text, vocabulary)
    search.run()
    return search.found


class _Search:
    def __init__(self, name: str, text: str, vocabulary: Vocabulary) -> None:
        self.name, self.text, self.vocabulary = name, text, vocabulary
        self.elements = _Elements(vocabulary, {})
        self.outer_elements: list[tuple[int, _Elements]] = []  # by the depth of the element that declares others
        # Only in a comment or the like may a tag stand that is none.
        self.is_plain = all(text.find(sign, 2) < 0 for sign in ("<!--", "<![CDATA[", "<?"))
        self.path: list[_Element] = []
        self.units: list[_Open] = []
        self.found: list[Stretch | Words] = []

    def run(self) -> None:
        position = 0
        while tag := TAG.search(self.text, position):
            start, end = tag.span()
            if position < start and self.units:
                self._characters(position, start)
            position = end
            closing, name, attributes, empty, cdata = tag.groups()
            if closing:
                self._end(start, end)
            elif name:
                if attributes and "xmlns" in attributes:
                    self._declare(attributes)
                self._begin(self.elements[name], start, end)
                if empty:
                    self._end(end, end)
                elif self.is_plain and self.units and _is_leaf(self.units[-1].skipped):
                    position = self._pass_over(name, end)
            elif cdata is not None and self.units:
                self._characters(start, end)

    def _declare(self, attributes: str) -> None:
        self.outer_elements.append((len(self.path), self.elements))
        self.elements = _Elements(self.vocabulary, {**self.elements.spaces, **declared_namespaces(attributes)})

    def _characters(self, start: int, end: int) -> None:
        unit = self.units[-1]
        if unit.skipped is None and unit.flowing:
            unit.items.append(Item(Kind.TEXT, start, end, unit.run))

    def _begin(self, element: _Element, start: int, end: int) -> None:
        depth = len(self.path)
        if depth == _DEEPEST:
            raise DocumentError(f"{self.name}: its elements lie too deep in each other; save the document anew.")
        self.path.append(element)
        role = element.role
        if element.seen:
            self._add_attributes(element.seen, start, end)
        unit = self.units[-1] if self.units else None
        if role is Role.UNIT:
            if unit and unit.skipped is None:
                unit.skipped = (depth, start, None)
            self._open(depth, end, flowing=self.vocabulary.flowing)
        elif unit is None or unit.skipped is not None:
            if role is Role.TEXT:  # outside any paragraph, as in the ruby of a character
                self._open(depth, end, flowing=True)
        elif role in _PAIRS:
            unit.items.append(Item(Kind.OPEN, start, end, computed=role is Role.COMPUTED))
        elif role is Role.RUN:
            unit.run = Run(start)
        elif role is Role.TEXT:
            unit.flowing = True
        else:
            unit.skipped = (depth, start, role)

    def _end(self, start: int, end: int) -> None:
        element = self.path.pop()
        depth = len(self.path)
        if self.outer_elements and self.outer_elements[-1][0] == depth:
            _, self.elements = self.outer_elements.pop()
        if not self.units:
            return
        unit, role = self.units[-1], element.role
        if depth == unit.depth:
            self.units.pop()
            path = (*(each.name for each in self.path), element.name)
            self.found.append(Stretch(path, unit.start, unit.head, unit.items))
            if not self.units:
                return
            unit = self.units[-1]  # in which the one that ended may be a placeholder
        if unit.skipped is not None:
            if depth == unit.skipped[0]:
                self._end_skipped(unit, *unit.skipped[1:], end)
        elif role in _PAIRS:
            unit.items.append(Item(Kind.CLOSE, start, end))
        elif role is Role.RUN and unit.run:
            unit.run.end = end
            unit.run = None
        elif role is Role.TEXT:
            unit.flowing = False

    def _end_skipped(self, unit: _Open, start: int, role: Role | None, end: int) -> None:
        unit.skipped = None
        if role is None:
            unit.items.append(Item(Kind.ALONE, start, end, unit.run, self.vocabulary.field(self.text[start:end])))
        elif role is Role.LOOK and unit.run:
            unit.run.look = self.text[start:end]
        elif role is Role.HEAD and not unit.items:
            unit.head += self.text[start:end]
        elif role is Role.HEAD and unit.items[-1].kind is Kind.OPEN:
            unit.items[-1].end = end

    def _open(self, depth: int, start: int, *, flowing: bool) -> None:
        self.units.append(_Open(depth, start, flowing))

    def _add_attributes(self, seen: frozenset[str], start: int, end: int) -> None:
        for attribute, span in attribute_spans(self.text, Span(start, end)).items():
            if attribute.rpartition(":")[2] in seen and not attribute.startswith("xmlns"):
                self.found.append(Words(span, attribute))

    def _pass_over(self, name: str, position: int) -> int:
        """Return where the end tag of an element begins that holds no unit, and whose start tag ends here."""
        depth = 1
        for tag in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^>]*?(/?)>").finditer(self.text, position):
            depth += -1 if tag[1] else not tag[2]
            if not depth:
                return tag.start()
        return position


class _Elements(dict[str, _Element]):
    """What elements are, by how their names are written under these namespaces; filled as they come."""

    def __init__(self, vocabulary: Vocabulary, spaces: Mapping[str, str]) -> None:
        super().__init__()
        self.vocabulary, self.spaces = vocabulary, spaces

    def __missing__(self, written: str) -> _Element:
        prefix, _, local = written.rpartition(":")
        space = self.vocabulary.namespaces.get(self.spaces.get(prefix, ""))
        name = f"{space}:{local}" if space else ""
        element = _Element(name, self.vocabulary.roles.get(name), self.vocabulary.attributes.get(name, frozenset()))
        self[written] = element
        return element


def _is_leaf(skipped: tuple[int, int, Role | None] | None) -> bool:
    return skipped is not None and skipped[2] in (Role.LOOK, Role.HEAD, Role.GHOST)
