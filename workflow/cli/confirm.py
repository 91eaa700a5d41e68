"""`hexapla confirm`: confirm sure drafts in bulk."""

import json
import math
from dataclasses import asdict

import click

from .common import document_argument, json_option, language_option, open_here, table


@click.command()
@document_argument
@language_option
@click.option(
    "--min-confidence", "minimum", type=click.FloatRange(0, 1), required=True, help="Least confidence, 0 to 1."
)
@click.option("--dry-run", is_flag=True, help="Count only.")
@json_option
def command(document: str | None, language: str | None, minimum: float, dry_run: bool, as_json: bool) -> None:
    """Confirm drafts that the aligner is sure of and nobody has changed; counts are beads."""
    if math.isnan(minimum):
        raise click.UsageError("--min-confidence is a number from 0 to 1")
    from ..review import confirm_above

    project = open_here()
    done = confirm_above(
        project, project.select_documents(document), project.select_languages(language), minimum, dry_run=dry_run
    )
    if as_json:
        click.echo(json.dumps([asdict(row) for row in done], ensure_ascii=False, indent=1))
        return
    verb = "would confirm" if dry_run else "confirmed"
    click.echo(
        table(
            ("document", "language", verb, "drafts left"), [(d.document, d.language, d.confirmed, d.left) for d in done]
        )
    )
