"""What a person may change of hexapla.toml; its comments, its order and all other lines stay as they are."""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from locales.tags import canonical

from .errors import ProjectError
from .folders import SETTINGS
from .ingest import resegment
from .project import Progress, Project, parse_settings
from .session import recover
from .store import read_bytes, save_files, writing

QUOTATIONS = ("weigh", "cut", "keep")
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
    """Return what the settings say of all languages, or of one alone."""
    table = project.splitting.get(language, {}) if language else project.splitting
    said: Mapping[str, Any] = table if isinstance(table, Mapping) else {}
    abbreviations, never, always = (tuple(map(str, said.get(name, ()))) for name in LISTS)
    return Habits(abbreviations, never, always, str(said.get("quotations", "")))


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

    The files of a language that is not among them stay where they are.

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
        named = table.get("languages", {}) if isinstance(table, dict) else {}
        if left := set(project.targets).difference(tags).intersection(map(str, named)):
            raise ProjectError(f'[people."{login}"] has a role in {left.pop()}; take that out of {SETTINGS} first')
    recover(project)
    with writing(project.root):
        wider, documents = replace(project, targets=tags), project.documents()
        for number, document in enumerate(documents if set(tags) - set(project.targets) else ()):
            progress("segment", number, len(documents))
            resegment(wider, document)
        return _save(project, {"targets": list(tags)})


def change_habits(project: Project, wanted: Habits, language: str = "") -> Project:
    """Say of the sentences of all languages, or of one, where they end; the rest of ``[splitting]`` stays.

    Raises:
        ProjectError: a pattern is no regular expression, or another value cannot be used.
    """
    values = {name: [text for text in getattr(wanted, name) if text.strip()] for name in LISTS}
    path = ("splitting", language) if language else ("splitting",)
    with writing(project.root):
        return _save(project, {**values, "quotations": wanted.quotations}, path)


def edited(text: str, values: Mapping[str, str | list[str]], path: Sequence[str] = ()) -> str:
    """Return the text of a TOML file with values set in a table of it; an empty one is left out.

    Raises:
        ProjectError: it is no TOML, or something else stands where the table should be.

    >>> print(edited('name = "town"  # ours', {"name": "Tarnholt"}))
    name = "Tarnholt"  # ours
    """
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ProjectError(f"{SETTINGS}: cannot be read as TOML ({error}); mend it or restore it from git") from None
    table: MutableMapping[str, Any] = document
    for name in path:
        table = table.setdefault(name, tomlkit.table())
        if not isinstance(table, MutableMapping):
            raise ProjectError(f"{SETTINGS}: {name} is a table, [{'.'.join(path)}]; make it one")
    for name, value in values.items():
        _put(table, name, value)
    return document.as_string()


def _save(project: Project, values: Mapping[str, str | list[str]], path: Sequence[str] = ()) -> Project:
    """Set values in the settings and write them, if the project can be read from them thereafter."""
    home = project.root / SETTINGS
    parse_settings(project.root, data := read_bytes(home))
    new = edited(data.decode("utf-8-sig"), values, path).encode()
    changed = parse_settings(project.root, new)
    for language in (changed.source, *changed.targets):
        changed.rules(language)
    save_files({home: new})
    return changed


def _put(table: MutableMapping[str, Any], name: str, value: Any) -> None:
    """Set a value in a table; of a list, only what is new or gone changes."""
    present = table.get(name)
    if present == value:
        return
    if not value:
        table.pop(name, None)
    elif isinstance(present, Array) and isinstance(value, list):
        _rewrite(present, value)
    else:
        table[name] = value


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
