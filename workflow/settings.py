"""What a person may change of hexapla.toml; its comments, its order and all other lines stay as they are."""

import tomllib
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, InlineTable, Item, Table

from locales.tags import canonical
from segments.errors import RulesError
from segments.rules import read_rules

from .errors import ProjectError
from .folders import SETTINGS
from .ingest import resegment
from .project import Progress, Project, parse_settings
from .session import recover
from .store import read_bytes, restoring, save_files, writing

USUAL = "weigh"  # says of quotations what holds where nothing is said
QUOTATIONS = (USUAL, "cut", "keep")
LISTS = ("abbreviations", "never", "always")


@dataclass(frozen=True, slots=True)
class Habits:
    """What a project says of its sentences, as it stands in ``[splitting]`` or in a table of it for one language.

    See `segments.rules.Rules`; ``quotations`` is empty where nothing is said of them.
    """

    abbreviations: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    quotations: str = ""


def habits(project: Project, language: str = "") -> Habits:
    """Return what the settings say of all languages, or of one alone, as far as it can be used: see `odd_habits`."""
    table = project.splitting.get(language, {}) if language else project.splitting
    said: Mapping[str, Any] = table if isinstance(table, Mapping) else {}
    abbreviations, never, always = (_strings(said.get(name)) for name in LISTS)
    quotations = said.get("quotations")
    return Habits(abbreviations, never, always, quotations if quotations in QUOTATIONS else "")


def odd_habits(project: Project) -> list[str]:
    """Return what is wrong with each value in ``[splitting]`` that cannot be used: where it stands, and what could."""
    found = []
    for name, value in project.splitting.items():
        tables = [{name: {key: each}} for key, each in value.items()] if isinstance(value, Mapping) else [{name: value}]
        for table in tables:
            try:
                read_rules(table)
            except RulesError as error:
                found.append(str(error))
    return found


def _strings(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def rename(project: Project, name: str) -> Project:
    """Call the project otherwise.

    Raises:
        ProjectError: the name is empty or has more than one line, or the settings cannot be written.
    """
    wanted = name.strip()
    if not wanted or not wanted.isprintable():
        raise ProjectError(f"{name!r}: is no name for a project; write one line of visible characters")
    with writing(project.root):
        return _save(project, {"name": wanted})


def choose_targets(project: Project, targets: list[str], progress: Progress = lambda *_: None) -> Project:
    """Translate into these languages; every document gets a catalog in each that is new.

    The files of a language that is not among them stay where they are. What is broken off leaves everything as it was.

    Raises:
        ProjectError, UnknownLanguageError: there is none, one occurs twice, is the source, or is no language.
        ProjectError, SegmentsError, LocalesError: a document cannot be read, or a file not be written.
    """
    tags = tuple(map(canonical, targets))
    if not tags:
        raise ProjectError("a project needs a target language at least; choose one")
    if len({project.source, *tags}) != len(tags) + 1:
        raise ProjectError("the languages must differ from each other and from the source; leave one out")
    for login, table in project.people.items():
        named = table.get("languages") if isinstance(table, dict) else None
        if left := set(project.targets).difference(tags).intersection(named if isinstance(named, dict) else ()):
            raise ProjectError(f'[people."{login}"] has a role in {left.pop()}; take that out of {SETTINGS} first')
    recover(project)
    wider = replace(project, targets=tags)
    documents = project.documents() if set(tags) - set(project.targets) else []
    with writing(project.root), restoring(path for document in documents for path in wider.files(document)):
        for number, document in enumerate(documents):
            progress("segment", number, len(documents))
            resegment(wider, document)
        return _save(project, {"targets": list(tags)})


def change_habits(project: Project, wanted: Habits, language: str = "") -> Project:
    """Say of the sentences of all languages, or of one, where they end; the rest of ``[splitting]`` stays.

    Raises:
        ProjectError: a pattern is no regular expression, or another value cannot be used.
    """
    values: dict[str, str | list[str]] = {
        name: [text for text in getattr(wanted, name) if text.strip()] for name in LISTS
    }
    if wanted.quotations:
        values["quotations"] = wanted.quotations
    try:
        read_rules({language: values} if language else values)
    except RulesError as error:
        raise ProjectError(f"{SETTINGS}: {error}") from None
    path = ("splitting", language) if language else ("splitting",)
    with writing(project.root):
        return _save(project, {"quotations": "", **values}, path)


def edited(text: str, values: Mapping[str, str | list[str]], path: Sequence[str] = ()) -> str:
    """Return the text of a TOML file with values set in a table of it; an empty one is left out.

    Raises:
        ProjectError: it is no TOML, something else stands where the table should be, or it is written too unusually.

    >>> print(edited('name = "town"  # ours', {"name": "Tarnholt"}))
    name = "Tarnholt"  # ours
    """
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ProjectError(f"{SETTINGS}: cannot be read as TOML ({error}); mend it or restore it from git") from None
    table: MutableMapping[str, Any] = document
    for name in path:
        table = table.setdefault(name, tomlkit.inline_table() if isinstance(table, InlineTable) else tomlkit.table())
        if not isinstance(table, MutableMapping):
            raise ProjectError(f"{SETTINGS}: {name} is a table, [{'.'.join(path)}]; make it one")
    for name, value in values.items():
        _put(table, name, value)
    new = document.as_string()
    if not _says(new, document.unwrap()):
        raise ProjectError(f"{SETTINGS}: is written in a way that this cannot be put in; change it by hand")
    return new


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    """Tell whether a TOML file says something: tables in unusual places come out elsewhere than they went in."""
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _save(project: Project, values: Mapping[str, str | list[str]], path: Sequence[str] = ()) -> Project:
    """Set values in the settings and write them, if the project can be read from them thereafter."""
    home = project.root / SETTINGS
    parse_settings(project.root, data := read_bytes(home))
    new = edited(data.decode("utf-8-sig"), values, path).encode()
    changed = parse_settings(project.root, new)
    save_files({home: new})
    return changed


def _put(table: MutableMapping[str, Any], name: str, value: Any) -> None:
    """Set a value in a table; of a list, only what is new or gone changes, and what is commented is never taken out."""
    present = table.get(name)
    if present == value:
        return
    if isinstance(present, Table | AoT):
        raise ProjectError(f"{SETTINGS}: {name} is a table there, with lines of its own; take it out by hand")
    if not value and not (isinstance(present, Item) and present.trivia.comment):
        table.pop(name, None)
    elif isinstance(present, Array) and isinstance(value, list):
        _rewrite(present, value)
    else:
        table[name] = value or USUAL


def _rewrite(array: Array, value: list[str]) -> None:
    """Bring a list to other values; the comments beside those that stay, stay."""
    for text in [text for text in array if text not in value]:
        array.remove(text)
    for text in value:
        if text not in array:
            array.append(text)
    if list(array) != value:  # another order, or a text twice
        array.clear()
        array.extend(value)
