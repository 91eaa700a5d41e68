"""`hexapla confirm`: confirm sure drafts in bulk."""

import json
import math
import secrets

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

    Counts are beads; drafts whose tags are wrong stay drafts. It can be taken back with `hexapla undo`.
    """
    if minimum is None and not query.strip():
        raise click.UsageError("give --min-confidence, --query, or both")
    if minimum is not None and math.isnan(minimum):
        raise click.UsageError("--min-confidence is a number from 0 to 1")
    from locales import State

    from ..people import default_name
    from ..searching import carry_out, plan_confirmation
    from ..session import Session

    project = open_here()
    names, tags = project.select_documents(document), project.select_languages(language)
    user, group = default_name(project.root), secrets.token_hex(6)
    done = []
    with Session(project) as session:
        catalogs = [session.open(name, tag) for name in names for tag in tags]
        plans = [plan_confirmation(catalog, query, minimum, user) for catalog in catalogs]
        for catalog, changes in zip(catalogs, plans, strict=True):
            drafts = sum(row.state is State.DRAFT for row in catalog.rows())
            count = len(changes) if dry_run else sum(o.result == "saved" for o in carry_out(changes, group, user))
            done.append((catalog.document, catalog.language, count, drafts - count))
            catalog.checkpoint()
    if as_json:
        rows = [dict(zip(("document", "language", "confirmed", "left"), row, strict=True)) for row in done]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo(table(("document", "language", "would confirm" if dry_run else "confirmed", "drafts left"), done))
    if not dry_run and any(count for _, _, count, _ in done):
        click.echo(f"`hexapla undo {group}` takes it back", err=True)
