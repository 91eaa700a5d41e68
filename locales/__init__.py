"""Catalogs: language tags, entries and their states, lossless PO files, MO files. Knows nothing of documents."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .errors import CatalogError, CompileError, Finding, LocalesError, UnencodableError, UnknownLanguageError

if TYPE_CHECKING:
    from .catalog import Catalog, new_catalog
    from .compile import compile_catalog
    from .entry import Entry, Fields, State, bead_digest, bead_state, new_entry, text_state
    from .facts import WORD_JOINER, Fact, fact_digest
    from .files import sweep, write_atomically
    from .po import parse_catalog, read_catalog
    from .tags import (
        canonical,
        direction,
        display_name,
        from_locale_id,
        language_gap,
        locale_id,
        plural_forms,
        script,
    )
    from .update import Update, update_catalog

__all__ = [
    "WORD_JOINER",
    "Catalog",
    "CatalogError",
    "CompileError",
    "Entry",
    "Fact",
    "Fields",
    "Finding",
    "LocalesError",
    "State",
    "UnencodableError",
    "UnknownLanguageError",
    "Update",
    "bead_digest",
    "bead_state",
    "canonical",
    "compile_catalog",
    "direction",
    "display_name",
    "fact_digest",
    "from_locale_id",
    "language_gap",
    "locale_id",
    "new_catalog",
    "new_entry",
    "parse_catalog",
    "plural_forms",
    "read_catalog",
    "script",
    "sweep",
    "text_state",
    "update_catalog",
    "write_atomically",
]

# Babel and the pattern of the PO grammar are paid for when they are asked for.
_HOMES = {
    "catalog": ("Catalog", "new_catalog"),
    "compile": ("compile_catalog",),
    "entry": ("Entry", "Fields", "State", "bead_digest", "bead_state", "new_entry", "text_state"),
    "facts": ("WORD_JOINER", "Fact", "fact_digest"),
    "files": ("sweep", "write_atomically"),
    "po": ("parse_catalog", "read_catalog"),
    "tags": (
        "canonical",
        "direction",
        "display_name",
        "from_locale_id",
        "language_gap",
        "locale_id",
        "plural_forms",
        "script",
    ),
    "update": ("Update", "update_catalog"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
