"""`hexapla lexicon`: what the aligner has learned."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from .common import json_option, language_option, note, open_here, table

if TYPE_CHECKING:
    from ..lexicon import Learned

_SHOWN, _LEAST = 8, 0.05  # translations of a word on the terminal, and their count; --json has all


@click.command()
@click.argument("term")
@language_option
@json_option
def command(term: str, language: str | None, as_json: bool) -> None:
    """Show how the documents of this project translate TERM, a word of any of its languages.

    Words are shown as the aligner sees them: the first five letters, single characters of Chinese and the like. Counts
    come from all alignments: what a person confirmed counts in full, any other bead by its confidence.
    """
    from ..lexicon import look_up
    from ..store import writing

    project = open_here()
    languages = project.select_languages(language)
    with writing(project.root):
        found = look_up(project, term, languages, note=note)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
    elif found:
        click.echo(table(("word", "", "translation", "", "count", "probability", "documents"), _rows(found)))
    else:
        click.echo(f"{term}: nothing is learned of it yet; align documents that contain it", err=True)


def _rows(found: "list[Learned]") -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    shown: dict[tuple[str, str, str], int] = {}
    for each in found:
        key = each.language, each.into, each.word
        shown[key] = shown.get(key, 0) + 1
        if shown[key] <= _SHOWN and each.count >= _LEAST:
            counts = f"{each.count:.1f}", f"{each.probability:.3f}"
            rows.append((each.word, each.language, each.translation, each.into, *counts, _documents(each)))
    return rows


def _documents(each: "Learned") -> str:
    return ", ".join(f"{document} {count:.1f}" for document, count in each.documents.items())
