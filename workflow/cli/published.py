"""How `build` says what it made and what it left out."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import table

if TYPE_CHECKING:
    from ..publish import Published

_SHOWN = 60  # characters of a sentence that a message shows


def show(root: Path, made: Sequence["Published"], *, as_json: bool) -> None:
    """Print one row a file, and say how many drafts were left out."""
    if as_json:
        rows = [asdict(p) | {"path": p.path.relative_to(root).as_posix()} for p in made]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    head = ("file", "sentences", "drafts left out", "untranslated", "broken")
    click.echo(
        table(head, [(p.path.relative_to(root), p.translated, p.drafts, p.untranslated, p.broken) for p in made])
    )
    for published in made:
        for place, problem in _problems(published):
            click.echo(f"{published.document} {published.language}: {place}: {problem}", err=True)
    drafts = sum(p.drafts for p in made)
    broken = sum(p.broken for p in made)
    if broken:
        click.echo(
            f"{broken} sentences stay as source: another editor broke their beads; see `hexapla review`", err=True
        )
    if drafts:
        click.echo(f"{drafts} drafts were left out; confirm them, or take them too with --drafts", err=True)


def _problems(published: "Published") -> Iterator[tuple[str, str]]:
    """Yield where something is wrong, and what."""
    if published.lacking:
        yield (
            published.path.name,
            f"{published.lacking} lacks characters of the translation; they are written as character references where"
            " the format has them, else the document is in UTF-8",
        )
    for tag in published.tags:
        yield f"{tag.segment} “{_short(tag.source)}”", f"not used, {tag.problem}"
    for cue in published.cues:
        yield cue.cue, cue.problem


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
