"""What a person can change of an entry, taken down and put back exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from locales import Catalog, Entry, Fact, State, text_state


@dataclass(frozen=True, slots=True)
class Version:
    """The translation of one entry: every form, whether it is a draft, its facts, its previous source (``#|``)."""

    forms: tuple[str, ...]
    draft: bool
    facts: tuple[str, ...]
    previous: tuple[str | None, str | None, str | None]

    @property
    def approved(self) -> bool:
        """Whether it bears a fact that says so; what was put into a catalog fits its texts."""
        return any(fact.startswith("hx: approved ") for fact in self.facts)

    @property
    def state(self) -> State:
        """What it made of its entry."""
        return text_state(self.forms, draft=self.draft, approved=self.approved)

    def to_json(self) -> dict[str, Any]:
        """Return the version as JSON has it, without what is empty."""
        fields = {"forms": list(self.forms), "draft": self.draft, "facts": list(self.facts)}
        if any(text is not None for text in self.previous):
            fields["previous"] = list(self.previous)
        return {name: value for name, value in fields.items() if value or name == "forms"}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Version":
        """Return the version that `to_json` gave; raises KeyError, TypeError or ValueError for anything else."""
        msgctxt, msgid, plural = fields.get("previous", (None, None, None))
        return cls(
            tuple(fields["forms"]), bool(fields.get("draft")), tuple(fields.get("facts", ())), (msgctxt, msgid, plural)
        )


def version_of(entry: Entry) -> Version:
    """Take down what stands in an entry."""
    return Version(
        tuple(entry.forms()),
        "fuzzy" in entry.flags,
        tuple(map(str, entry.facts)),
        (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural),
    )


def restore(catalog: Catalog, entries: Sequence[Entry], versions: Sequence[Version]) -> None:
    """Put versions back into their entries; an entry that has its version already stays as it is written.

    Raises:
        ValueError: a version does not fit its entry, such as one with other plural forms.
    """
    for entry, version in zip(entries, versions, strict=True):
        if version_of(entry) == version:
            continue
        facts = [fact for fact in map(Fact.parse, version.facts) if fact]
        catalog.restore(entry, version.forms, draft=version.draft, facts=facts, previous=version.previous)
