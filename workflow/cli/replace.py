"""`hexapla replace`: find and replace in translations."""

import secrets

import click

from .common import language_option, open_here
from .pieces import show_pieces, wants_colour


@click.command()
@click.argument("find")
@click.argument("with_", metavar="WITH")
@click.argument("document", required=False)
@language_option
@click.option("--query", default="", help="Only in what this query finds; see `hexapla find`.")
@click.option("--regex", is_flag=True, help=r"FIND is a regular expression; WITH may name its groups: \1.")
@click.option("--case", is_flag=True, help="Upper and lower case differ.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def command(
    find: str,
    with_: str,
    document: str | None,
    language: str | None,
    query: str,
    regex: bool,
    case: bool,
    dry_run: bool,
) -> None:
    """Replace a text in translations; confirmed ones stay confirmed.

    Exit code 1: some were changed by somebody else meanwhile, and stay.
    """
    from locales.diff import word_diff

    from ..people import default_name
    from ..searching import Replacement, carry_out, plan_replacement
    from ..session import Session

    project = open_here()
    user = default_name(project.root)
    names, tags = project.select_documents(document), project.select_languages(language)
    with Session(project) as session:
        catalogs = [session.open(name, tag) for name in names for tag in tags]
        changes = plan_replacement(catalogs, query, Replacement(find, with_, regex, case), user)
        for change in changes:
            diff = word_diff("\n".join(change.row.texts), "\n".join(change.decision.texts))
            click.echo(f"{change.catalog.document} {change.catalog.language} {change.row.id}")
            click.echo(f"  {show_pieces(diff, wants_colour())}", color=wants_colour())
        if dry_run or not changes:
            click.echo(f"{len(changes)} would change", err=True)
            return
        group = secrets.token_hex(6)
        results = [outcome.result for outcome in carry_out(changes, group, user)]
        for catalog in catalogs:
            catalog.checkpoint()
    saved = results.count("saved")
    click.echo(f"{saved} changed; `hexapla undo {group}` takes it back", err=True)
    if saved < len(results):
        click.echo(f"{len(results) - saved} stay: somebody changed them meanwhile", err=True)
        click.get_current_context().exit(1)
