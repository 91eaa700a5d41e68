"""`hexapla find`: rows of catalogs by state, text and history."""

import json
from typing import TYPE_CHECKING

import click

from .common import json_option, language_option, open_here
from .pieces import show_text

if TYPE_CHECKING:
    from ..project import Project
    from ..rows import Row


@click.command(context_settings={"ignore_unknown_options": True})  # a query may begin with a minus sign
@click.argument("query")
@click.argument("document", required=False)
@language_option
@json_option
def command(query: str, document: str | None, language: str | None, as_json: bool) -> None:
    """Find sentences by what stands in them and what was done to them.

    QUERY is words of source or translation, and terms such as state:draft, source:x, target:"x y", comment:x, tag:x,
    context:x, reference:x, changed:2026-11-01, by:NAME, mine, confidence:<0.8, is:locked, is:broken, is:omitted,
    is:plural, is:conflict, is:changed, /regular expression/. A minus sign in front turns a term around: -state:done.
    sort:confidence shows the least sure first.
    """
    project = open_here()
    found = [
        (name, tag, row)
        for name in project.select_documents(document)
        for tag in project.select_languages(language)
        for row in _find(project, name, tag, query)
    ]
    if as_json:
        click.echo(json.dumps([_data(*each) for each in found], ensure_ascii=False, indent=1))
        return
    for name, tag, row in found:
        click.echo(f"{name} {tag} {row.id} {row.state.name.lower()}")
        click.echo(f"  {show_text(' '.join(row.source))}")
        click.echo(f"  {show_text(' | '.join(row.texts))}")
    click.echo(f"{len(found)} found", err=True)


def _find(project: "Project", document: str, language: str, query: str) -> "list[Row]":
    from ..journal import journal_path, read_journal
    from ..people import default_name
    from ..queries import search
    from ..rows import rows

    records, _ = read_journal(journal_path(project, document, language))
    return search(rows(project, document, language), records, query, default_name(project.root))


def _data(document: str, language: str, row: "Row") -> dict[str, object]:
    return {
        "document": document,
        "language": language,
        "row": row.id,
        "state": row.state.name.lower(),
        "confidence": row.confidence,
        "source": row.source,
        "target": row.texts,
        "comments": row.comments,
    }
