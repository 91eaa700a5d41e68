"""Who is at work, as journals and approvals name a person, and what each may do in which language."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from getpass import getuser
from pathlib import Path

from locales import LocalesError
from locales.facts import text_digest
from locales.tags import canonical

from .errors import SettingsError
from .folders import SETTINGS
from .git import author_name
from .project import Project

LONGEST = 60
ANYBODY = "*"


class Role(StrEnum):
    """What somebody is in a language, the least first."""

    READER = "reader"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"

    def covers(self, other: "Role") -> bool:
        """Tell whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class Deed(StrEnum):
    """What a role is asked for; what is not here, everybody may do who may look."""

    EDIT = "edit"
    """Write translations and comments, confirm and undo."""
    APPROVE = "approve"
    BULK = "bulk"
    """Replace, and confirm many at once."""
    MEND = "mend"
    """Group sentences to beads; cut and join sentences."""
    SETTLE = "settle"
    """Confirm beads as they stand."""
    ADD = "add"
    """Bring documents and translations, and new versions of them."""
    BUILD = "build"
    MANAGE = "manage"
    """Change the settings of the project."""


LEAST = {
    Deed.EDIT: Role.TRANSLATOR,
    Deed.APPROVE: Role.REVIEWER,
    Deed.BULK: Role.REVIEWER,
    Deed.MEND: Role.TRANSLATOR,
    Deed.SETTLE: Role.REVIEWER,
    Deed.ADD: Role.TRANSLATOR,
    Deed.BUILD: Role.REVIEWER,
    Deed.MANAGE: Role.REVIEWER,
}


@dataclass(frozen=True, slots=True)
class Rights:
    """The role of somebody in every language, but for the languages that have one of their own.

    >>> ann = Rights(Role.READER, {"de": Role.REVIEWER})
    >>> ann.may(Deed.APPROVE, "de"), ann.may(Deed.EDIT, "fa"), ann.may(Deed.EDIT), ann.may_somewhere(Deed.EDIT)
    (True, False, False, True)
    """

    role: Role
    languages: Mapping[str, Role] = field(default_factory=dict)

    def role_in(self, language: str | None) -> Role:
        """Return the role in a language, a canonical tag; None asks for the one that holds in all of them."""
        if language is not None:
            return self.languages.get(language, self.role)
        return min((self.role, *self.languages.values()), key=list(Role).index)

    def may(self, deed: Deed, language: str | None = None) -> bool:
        """Tell whether the role in a language is enough; a deed of no one language needs it in all of them."""
        return self.role_in(language).covers(LEAST[deed])

    def may_somewhere(self, deed: Deed) -> bool:
        """Tell whether the role in any language is enough."""
        return any(role.covers(LEAST[deed]) for role in (self.role, *self.languages.values()))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who logged in: the one word that journals and catalogs take for a name, and the rights."""

    name: str
    rights: Rights


@dataclass(frozen=True, slots=True)
class People:
    """The people of a project by what they log in as; ``*`` has the rights of everybody else, where they have any."""

    by_login: Mapping[str, Person]

    def person(self, login: str) -> Person | None:
        """Return who logs in with this name, exactly; None for a stranger.

        Who is not named himself is called by the login. Two people never have one name: where a login is no one
        word, or names somebody else, a digest of it follows.
        """
        if login != ANYBODY and login in self.by_login:
            return self.by_login[login]
        anybody = self.by_login.get(ANYBODY)
        if anybody is None:
            return None
        taken = {person.name for person in self.by_login.values()}
        return Person(_own_name(login, taken), anybody.rights)


def read_people(project: Project) -> People:
    """Return the people of the tables ``[people."LOGIN"]`` of a project's settings.

    Raises:
        SettingsError: there are none, or a table cannot be used.
    """
    path = project.root / SETTINGS
    if not project.people:
        raise SettingsError(
            f'{path}: names nobody; add who may come in: [people."ann@example.org"] and role = "reviewer"'
        )
    found: dict[str, Person] = {}
    for login, table in project.people.items():
        try:
            person = _person(project, login, table)
        except ValueError as error:
            raise SettingsError(f'{path}: [people."{login}"]: {error}') from None
        twin = next((other for other, known in found.items() if known.name == person.name), None)
        if twin is not None:
            raise SettingsError(
                f'{path}: [people."{login}"]: would be called {person.name} as "{twin}" is; give one another `name`'
            )
        found[login] = person
    return People(found)


def _person(project: Project, login: str, table: object) -> Person:
    if not isinstance(table, dict) or not set(table) <= {"name", "role", "languages"}:
        raise ValueError('takes name = "…", role = "…" and languages.de = "…", no more')
    given, languages = table.get("name", login), table.get("languages", {})
    if not isinstance(given, str) or not one_word(given):
        raise ValueError("`name` needs letters or digits")
    if not isinstance(languages, dict):
        raise ValueError('languages have a role each: languages.de = "reviewer"')
    rights = Rights(
        _role(table.get("role", Role.READER)), {_tag(project, tag): _role(role) for tag, role in languages.items()}
    )
    return Person(one_word(given) if "name" in table else _own_name(login, set()), rights)


def _role(name: object) -> Role:
    if not isinstance(name, str) or name not in list(Role):
        raise ValueError(f"a role is one of {', '.join(Role)}, not {name!r}")
    return Role(name)


def _tag(project: Project, language: str) -> str:
    try:
        tag = canonical(language)
    except LocalesError as error:
        raise ValueError(str(error)) from None
    if tag not in project.targets:
        raise ValueError(f"{tag} is not a target language; those are {', '.join(project.targets)}")
    return tag


def _own_name(login: str, taken: set[str]) -> str:
    name = one_word(login)
    if name and name == login and name not in taken and "~" not in name:
        return name
    return f"{name[: LONGEST - 13]}~{text_digest([login])}"


def one_word(name: str) -> str:
    """Return a name as catalogs and journals take it: one word of visible characters, 60 at most.

    >>> one_word(" Leyla  Quliyeva ")
    'Leyla_Quliyeva'
    """
    words = ("".join(filter(str.isprintable, word)) for word in name.split())
    return "_".join(filter(None, words))[:LONGEST]


def default_name(root: Path) -> str:
    """Return who works where nobody says it: the author that git knows in the project, else the system's user."""
    name = one_word(author_name(root))
    if not name:
        with suppress(OSError, KeyError):  # a container may run as a number without a name
            name = one_word(getuser())
    return name or "reviewer"
