"""`hexapla edit`: decide about one sentence."""

import secrets

import click

from .common import LANGUAGE, open_here

STATES = ("draft", "translated", "approved")


@click.command()
@click.argument("document")
@click.argument("row")
@click.option("--lang", "language", type=LANGUAGE, required=True, help="Target language.")
@click.option("--text", "texts", multiple=True, help="The translation; once for each form of a plural.")
@click.option("--omit", is_flag=True, help="The translation leaves the sentence out.")
@click.option("--state", type=click.Choice(STATES), help="What the translation is worth; translated, if not given.")
@click.option("--comment", help="Add a comment.")
@click.option("--settle", is_flag=True, help="The conflict of the sentence is decided.")
def command(
    document: str,
    row: str,
    language: str,
    texts: tuple[str, ...],
    omit: bool,
    state: str | None,
    comment: str | None,
    settle: bool,
) -> None:
    """Decide about one sentence, as the editor in the browser does; `hexapla find` shows the ids of ROWs.

    Without --text the translation stays and gets the state.
    """
    if texts and omit:
        raise click.UsageError("--text and --omit exclude each other")
    if not (texts or omit or state or comment or settle):
        raise click.UsageError("nothing to do; give --text, --omit, --state, --comment or --settle")
    from locales import State

    from ..decisions import Decision
    from ..errors import ProjectError
    from ..operations import Operation
    from ..people import default_name
    from ..session import Session

    project = open_here()
    (name,) = project.select_documents(document)
    (tag,) = project.select_languages(language)
    user = default_name(project.root)
    with Session(project) as session:
        catalog = session.open(name, tag)
        found = catalog.row(row)
        if found is None:
            raise ProjectError(f"{row}: no such sentence in {name}; `hexapla find` shows the ids")
        outcomes = []
        if texts or omit or state:
            left_out = omit or (found.omitted and not texts)
            decision = Decision(texts or found.texts, State[(state or "translated").upper()], left_out)
            outcomes += catalog.apply([Operation(secrets.token_hex(6), row, found.base, decision)], user)
        if comment:
            outcomes.append(catalog.comment(row, comment, secrets.token_hex(6), user))
        if settle:
            outcomes.append(catalog.settle(row, secrets.token_hex(6), user))
        catalog.checkpoint()
    refused = next((outcome for outcome in outcomes if outcome.result != "saved"), None)
    if refused:
        raise ProjectError(f"{row}: {refused.message}")
    undo = "" if comment or settle else f"; `hexapla undo {outcomes[0].id}` takes it back"
    click.echo(f"{name} {tag} {row} {outcomes[-1].state}{undo}", err=True)
