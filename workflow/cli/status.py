"""`hexapla status`: how far the project is."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import document_argument, json_option, language_option, open_here, table

if TYPE_CHECKING:
    from ..report import Status


@click.command()
@document_argument
@language_option
@click.option("--next", "steps", is_flag=True, help="List what to do next instead, the most doubtful first.")
@json_option
def command(document: str | None, language: str | None, steps: bool, as_json: bool) -> None:
    """Show how far every document is in every language; counts are source sentences.

    For one DOCUMENT it also lists what a translation adds: sentences without a source, which no build contains.
    """
    if steps:
        _show_steps(document, language, as_json=as_json)
        return
    from ..report import additions, status

    project = open_here()
    _warn_of_git(project.root)
    found = status(project, project.select_documents(document), project.select_languages(language))
    if as_json:
        click.echo(json.dumps([_data(row) for row in found], ensure_ascii=False, indent=1))
        return
    if not found:
        click.echo("no documents yet; add one with `hexapla add FILE`", err=True)
        return
    click.echo(status_table(found))
    for row in found if document else ():
        for addition in additions(project, row.document, row.language):
            place = f"after “{addition.after}”" if addition.after else "at the start"
            click.echo(f"{row.language}: added {place}: {addition.text}")
    broken = sum(row.broken for row in found)
    if broken:
        click.echo(
            f"{broken} broken: changed in another editor; `hexapla review` shows them among the drafts", err=True
        )


def _show_steps(document: str | None, language: str | None, *, as_json: bool) -> None:
    from ..overview import next_steps, overview

    project = open_here()
    documents, languages = project.select_documents(document), project.select_languages(language)
    standings = [each for each in overview(project) if each.document in documents and each.language in languages]
    found = next_steps(standings)
    if as_json:
        rows = [asdict(step) | {"task": step.task.name.lower()} for step in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif found:
        head = ("task", "document", "language", "count", "begin with", "confidence")
        cells = [
            (s.task.name.lower(), s.document, s.language, s.count, s.row, _two_places(s.confidence)) for s in found
        ]
        click.echo(table(head, cells))
    problems = [each.problem for each in standings if each.problem]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        click.get_current_context().exit(3)


def _two_places(confidence: float | None) -> str | None:
    return None if confidence is None else f"{confidence:.2f}"


def _warn_of_git(root: Path) -> None:
    from ..git import missing_setup

    if missing_setup(root):
        click.echo("git would merge these files line by line; run `hexapla git-setup` once in this clone", err=True)


def status_table(found: "list[Status]") -> str:
    """Lay out one row a document and language."""
    states = list(found[0].states)
    head = ["document", "language", "sentences", *(state.name.lower() for state in states)]
    rows = [
        [
            s.document,
            s.language,
            s.sentences,
            *(s.states[state] for state in states),
            s.beads or None,
            s.additions or None,
            s.broken or None,
            _two_places(s.confidence),
        ]
        for s in found
    ]
    return table([*head, "beads", "additions", "broken", "confidence"], rows)


def _data(row: "Status") -> dict[str, object]:
    return asdict(row) | {"states": {state.name.lower(): count for state, count in row.states.items()}}
