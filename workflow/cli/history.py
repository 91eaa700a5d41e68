"""`hexapla history`: what people did to a sentence."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from .common import LANGUAGE, json_option, open_here
from .pieces import show_pieces, show_text, wants_colour

if TYPE_CHECKING:
    from ..context import Step


@click.command()
@click.argument("document")
@click.argument("row")
@click.option("--lang", "language", type=LANGUAGE, required=True, help="Target language.")
@json_option
def command(document: str, row: str, language: str, as_json: bool) -> None:
    """Show what was done to a sentence in the browser and with `edit` and `replace`, the latest first.

    The history is kept on this machine, beside the project's other files that git does not see.
    """
    from ..context import steps
    from ..journal import journal_path, read_journal

    project = open_here()
    (name,) = project.select_documents(document)
    (tag,) = project.select_languages(language)
    records, _ = read_journal(journal_path(project, name, tag))
    found = steps([record for record in reversed(records) if row == record.row or row in record.entries])
    if as_json:
        click.echo(json.dumps([asdict(step) for step in found], ensure_ascii=False, indent=1))
        return
    for step in found:
        click.echo(_show(step), color=wants_colour())


def _show(step: "Step") -> str:
    when = datetime.fromtimestamp(step.time).astimezone().isoformat(" ", "seconds")
    text = show_text(step.text) if step.text else show_pieces(step.diff, wants_colour())
    return f"{when} {step.user} {step.kind} {step.state} {step.operation}\n  {text}"
