"""`hexapla confirm`: confirm sure drafts in bulk."""

import json
import math
from dataclasses import asdict

import click

from .common import document_argument, json_option, language_option, open_here, table


@click.command()
@document_argument
@language_option
@click.option("--min-confidence", "minimum", type=click.FloatRange(0, 1), help="Least confidence, 0 to 1.")
@click.option("--query", default="", help="Only what this query finds; see `hexapla find`.")
@click.option("--dry-run", is_flag=True, help="Count only.")
@json_option
def command(
    document: str | None, language: str | None, minimum: float | None, query: str, dry_run: bool, as_json: bool
) -> None:
    """Confirm drafts as they stand: those that the aligner is sure of, those that a query finds, or both.

    Counts are beads.
    """
    if minimum is None and not query.strip():
        raise click.UsageError("give --min-confidence, --query, or both")
    if minimum is not None and math.isnan(minimum):
        raise click.UsageError("--min-confidence is a number from 0 to 1")
    from ..people import default_name
    from ..review import confirm_drafts

    project = open_here()
    documents, languages = project.select_documents(document), project.select_languages(language)
    user = default_name(project.root)
    done = confirm_drafts(project, documents, languages, minimum, query, user, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in done], ensure_ascii=False, indent=1))
        return
    verb = "would confirm" if dry_run else "confirmed"
    click.echo(
        table(
            ("document", "language", verb, "drafts left"), [(d.document, d.language, d.confirmed, d.left) for d in done]
        )
    )
