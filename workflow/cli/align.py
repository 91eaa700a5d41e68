"""`hexapla align`: align two texts, many pairs of texts, or a project's existing translations."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import alignments
from .common import FILE, LANGUAGE, check_outputs, force_option, language_option, progress, write_results

if TYPE_CHECKING:
    from ..exchange import Bitext

FORMATS = ["beads", "tsv", "json", "tmx", "po"]


@dataclass(frozen=True, slots=True)
class Task:
    """Two files to align and where the result goes (None: standard output)."""

    source: Path
    target: Path
    output: Path | None


@click.command()
@click.argument("files", metavar="[SRC TGT | DOC]", nargs=-1)
@click.option("--source", "-s", type=LANGUAGE, help="Language of SRC.")
@click.option("--target", "-t", type=LANGUAGE, help="Language of TGT.")
@click.option("--presplit", is_flag=True, help="The files hold one sentence a line.")
@click.option("--pairs", type=FILE, metavar="LIST.tsv", help="Align many pairs: source, target, output; tab-separated.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="What to print; tsv if left out.")
@click.option("--output", "-o", type=FILE, help="Write to this file instead of standard output.")
@click.option("--check", is_flag=True, help="Only say how sure the alignment is; exit 1 if texts hardly match.")
@click.option(
    "--explain",
    metavar="unsure|NAMES",
    help="Say why: of the ten least sure beads, or of source sentences by number (in DOC by id), with commas.",
)
@click.option("--embed", metavar="NAME", help="Ask a model of meaning too: use, model2vec, or one that a package adds.")
@click.option("--after", metavar="ID", help="In DOC, align only what follows the confirmed bead of this sentence.")
@click.option("--before", metavar="ID", help="In DOC, align only up to the confirmed bead of this sentence.")
@language_option
@force_option
def command(
    files: tuple[str, ...],
    source: str | None,
    target: str | None,
    presplit: bool,
    pairs: Path | None,
    form: str | None,
    output: Path | None,
    check: bool,
    explain: str | None,
    embed: str | None,
    after: str | None,
    before: str | None,
    language: str | None,
    force: bool,
) -> None:
    """Align sentences with their translations.

    With SRC and TGT, or --pairs, files are aligned and nothing else is needed; pairs are learned from together. Paths
    in LIST.tsv are relative to it. Without, the existing translations of this project (or of DOC alone) are aligned
    again; what a person confirmed stays. --check and --explain speak of an alignment and write nothing: of these
    files, or of the project as it is aligned now.

    --explain weighs in nats; 3 more make a bead some twenty times as likely. Its shape tells how usual so many
    sentences for so many are, lengths how well those of both sides fit, words whether they translate each other
    elsewhere (the best pairs are shown), position whether at like places, borders whether both sides begin and end
    alike. Anchors are numbers and names that both show, alone are words without a counterpart, and instead comes the
    next best way to group the same sentences.
    """
    if check + (explain is not None) + bool(after or before) > 1:
        raise click.UsageError("choose one of --check, --explain and --after/--before")
    if explain is not None and (pairs or output or form not in (None, "json")):
        raise click.UsageError("--explain speaks of one pair of files or one DOC, as text or with --format json")
    if pairs is None and len(files) < 2:
        if source or target or presplit or output:
            raise click.UsageError("name two files to align, SRC and TGT, or a list of pairs with --pairs")
        if embed and (check or explain is not None or after or before):
            raise click.UsageError("--embed is for aligning documents as a whole, or files")
        document = files[0] if files else None
        if check:
            alignments.check(document, language)
        elif explain is not None:
            alignments.explain(document, language, explain, as_json=form == "json")
        elif after or before:
            alignments.realign(document, language, after, before)
        else:
            alignments.align(document, language, embed)
        return
    if len(files) != (2 if pairs is None else 0) or (pairs and output) or after or before:
        raise click.UsageError("give SRC and TGT and no more, or --pairs LIST.tsv alone")
    if source is None or target is None or language:
        raise click.UsageError("say which languages: -s en -t de")
    tasks = _tasks(pairs) if pairs else [Task(Path(files[0]), Path(files[1]), output)]
    if not check:
        check_outputs([task.output for task in tasks if task.output], force=force)
    bitexts = _aligned(tasks, source, target, embed, presplit=presplit)
    if explain is not None:
        _explain(bitexts[0], explain, as_json=form == "json")
    elif check:
        _check(tasks, bitexts)
    else:
        _write(tasks, bitexts, form or "tsv")


def _tasks(pairs: Path) -> list[Task]:
    from ..errors import ProjectError
    from ..store import read_text

    tasks = []
    for number, line in enumerate(read_text(pairs).splitlines(), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells):
            raise ProjectError(f"{pairs}:{number}: needs three columns with tabs between: source, target, output")
        tasks.append(Task(*(pairs.parent / cell for cell in cells)))
    if not tasks:
        raise ProjectError(f"{pairs}: lists no pairs; a line is source, target, output with tabs between")
    return tasks


def _aligned(tasks: list[Task], source: str, target: str, embed: str | None, *, presplit: bool) -> "list[Bitext]":
    from segments import align_documents

    from ..embedding import find_embedding
    from ..exchange import Bitext

    model = find_embedding(embed) if embed else None
    texts = [
        (_sentences(t.source, source, presplit=presplit), _sentences(t.target, target, presplit=presplit))
        for t in tasks
    ]
    with progress() as show:
        found = align_documents(
            texts, source, target, embed=model, progress=lambda done, total: show("align", done, total)
        )
    return [
        Bitext(task.source.name, source, target, left, right, beads)
        for task, (left, right), beads in zip(tasks, texts, found, strict=True)
    ]


def _sentences(path: Path, language: str, *, presplit: bool) -> list[str]:
    from segments.documents import read_document

    from ..segmenting import segment
    from ..store import read_document_bytes, read_text

    if presplit:
        text = read_text(path)
        return text.removesuffix("\n").split("\n") if text else []
    return list(segment(read_document(path.name, read_document_bytes(path), language), language).plain_texts().values())


def _write(tasks: list[Task], bitexts: "list[Bitext]", form: str) -> None:
    from ..exchange import BITEXT_FORMATS
    from ..plausibility import plausibility

    write_results({task.output: BITEXT_FORMATS[form](bitext) for task, bitext in zip(tasks, bitexts, strict=True)})
    for task, bitext in zip(tasks, bitexts, strict=True):
        if doubt := plausibility(bitext.beads).doubt:
            click.echo(f"{task.source} {task.target}: {doubt}", err=True)


def _check(tasks: list[Task], bitexts: "list[Bitext]") -> None:
    from ..plausibility import plausibility

    alignments.show_check(
        (str(task.source), str(task.target), plausibility(bitext.beads))
        for task, bitext in zip(tasks, bitexts, strict=True)
    )


def _explain(bitext: "Bitext", wanted: str, *, as_json: bool) -> None:
    from ..bead_reasons import Case

    source, target = ({str(n): text for n, text in enumerate(side)} for side in (bitext.source, bitext.target))
    case = Case(bitext.source_language, bitext.target_language, source, target, bitext.beads)
    alignments.show_explanation(case, wanted, as_json=as_json)
