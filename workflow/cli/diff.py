"""`hexapla diff`: what changed between two catalogs."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import json_option
from .pieces import show_pieces, wants_colour

if TYPE_CHECKING:
    from locales import Catalog
    from locales.diff import Change


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@json_option
def command(old: str, new: str, as_json: bool) -> None:
    """Show by entry, and word by word, what changed from the PO or POT file A to B; - is standard input.

    Exit code 0: nothing. 1: something. References, wrapping and the order of entries are not compared.
    """
    from locales.diff import diff_catalogs

    changes = diff_catalogs(_read(old), _read(new))
    if as_json:
        rows = {"old": old, "new": new, "counts": _counts(changes), "changes": [_data(change) for change in changes]}
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        colour = wants_colour()
        for change in changes:
            click.echo("\n".join(_show(change, old if change.new is None else new, colour)), color=colour)
    click.get_current_context().exit(1 if changes else 0)


def _read(name: str) -> "Catalog":
    from locales import parse_catalog

    from ..store import read_bytes

    if name == "-":
        return parse_catalog(sys.stdin.buffer.read(), "<stdin>")
    return parse_catalog(read_bytes(Path(name)), name)


def _counts(changes: "Sequence[Change]") -> dict[str, int]:
    from locales.diff import Kind

    counts = Counter(kind for change in changes for kind in change.kinds)
    return {kind.value: counts[kind] for kind in Kind}


def _data(change: "Change") -> dict[str, object]:
    return {
        "kinds": list(change.kinds),
        "msgctxt": change.entry.msgctxt,
        "msgid": change.entry.msgid,
        "old_line": change.old.line if change.old else None,
        "new_line": change.new.line if change.new else None,
        "old_state": change.old_state or None,
        "new_state": change.new_state or None,
        "source": change.source,
        "text": change.texts,
        "comments": change.comments,
    }


def _show(change: "Change", name: str, colour: bool) -> Iterator[str]:
    """Yield the lines of a change; each field that has something to say is one."""
    yield click.style(f"{name}:{change.entry.line}: {', '.join(change.kinds)}", bold=True)
    for field, pieces in zip(("msgid", "msgid_plural"), change.source, strict=False):
        yield f"  {field} {show_pieces(pieces, colour)}"
    if change.old_state != change.new_state:
        yield f"  state {' -> '.join(filter(None, (change.old_state, change.new_state)))}"
    for index, pieces in enumerate(change.texts):
        if change.old is None or change.new is None or any(piece.kind != "same" for piece in pieces):
            field = "msgstr" if len(change.texts) == 1 else f"msgstr[{index}]"
            yield f"  {field} {show_pieces(pieces, colour)}"
    for piece in change.comments:
        yield f"  {show_pieces([piece], colour)}"
