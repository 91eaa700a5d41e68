"""How `compile` and `build` say what they made and what they left out."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import table

if TYPE_CHECKING:
    from ..publish import Published


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
    drafts = sum(p.drafts for p in made)
    broken = sum(p.broken for p in made)
    if broken:
        click.echo(
            f"{broken} sentences stay as source: another editor broke their beads; see `hexapla review`", err=True
        )
    if drafts:
        click.echo(f"{drafts} drafts were left out; confirm them, or take them too with --drafts", err=True)
