"""`hexapla build`: documents in the target languages."""

import click

from .common import document_argument, drafts_option, json_option, language_option, open_here, progress
from .published import show


@click.command()
@document_argument
@language_option
@drafts_option
@click.option(
    "--untranslated",
    type=click.Choice(["source", "mark", "omit"]),
    default="source",
    show_default=True,
    help="What stands for a sentence without a translation, or with wrong tags: its source, that in ⟦ ⟧, or nothing.",
)
@click.option(
    "--bilingual",
    type=click.Choice(["rows", "columns"]),
    help="Make HTML pages with source and translation instead, to be proofread: one below the other, or side by side.",
)
@click.option("--docx", "word", is_flag=True, help="With --bilingual: make Word documents instead of HTML pages.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    document: str | None,
    language: str | None,
    drafts: bool,
    untranslated: str,
    bilingual: str | None,
    word: bool,
    as_json: bool,
) -> None:
    """Build the documents of this project (or DOCUMENT alone) from confirmed translations, into out/.

    The exit code is 1 where a translation could not be used because its tags are not those of its source.
    """
    if word and not bilingual:
        raise click.UsageError("--docx goes with --bilingual: say how source and translation are to stand")
    from ..bilingual import Arrangement
    from ..project import is_catalog
    from ..publish import Fallback, build_documents
    from ..store import writing

    project = open_here()
    documents = project.select_documents(document)
    with writing(project.root), progress() as bar:
        made = build_documents(
            project,
            documents,
            project.select_languages(language),
            drafts=drafts,
            fallback=Fallback(untranslated),
            bilingual=Arrangement(bilingual) if bilingual else None,
            word=word,
            progress=bar,
        )
    show(project.root, made, as_json=as_json)
    for name in filter(is_catalog, documents):
        click.echo(f"{name}: is a catalog, which is not built but compiled: `hexapla compile {name}`", err=True)
    if any(published.tags for published in made):
        context.exit(1)
