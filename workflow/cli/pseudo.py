"""`hexapla pseudo`: does a document survive translation? A trial before the work begins."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from .common import FILE, LANGUAGE, check_outputs, force_option, json_option, write_results


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a document that was taken apart and rebuilt.

    ``identical`` is None where words were changed. ``letters`` are those of human text, ``reached`` those in sentences.
    ``aside`` names what is no text of the document and stays as it is.
    """

    file: str
    format: str
    units: int
    sentences: int
    letters: int
    reached: int
    structure_kept: bool
    identical: bool | None
    aside: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing but words changed."""
        return self.structure_kept and self.identical is not False


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--identity", "unchanged", is_flag=True, help="Put every sentence back as it is instead: no byte may change."
)
@click.option("--lang", "language", type=LANGUAGE, default="en", show_default=True, help="The language of FILE.")
@click.option("--output", "-o", type=FILE, help="Write the rebuilt document to this file.")
@force_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    file: Path,
    unchanged: bool,
    language: str,
    output: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Take FILE apart, change every word of its text, rebuild it, and say how much was reached and whether it held.

    With --identity every sentence is put back unchanged, but still sentence by sentence. The exit code is 1 where the
    structure did not hold, or a byte changed that should not have.
    """
    from segments.documents import identity, pseudo_translate, read_document

    from ..store import read_document_bytes

    check_outputs([output] if output else [], force=force)
    data = read_document_bytes(file)
    document = read_document(file.name, data, language)
    rebuilt = (identity if unchanged else pseudo_translate)(document, language)
    trial = Trial(
        str(file),
        document.format,
        len(document.units),
        rebuilt.sentences,
        rebuilt.letters,
        rebuilt.reached,
        rebuilt.structure_kept,
        rebuilt.data == data if unchanged else None,
        document.aside,
    )
    if output:
        write_results({output: rebuilt.data})
    click.echo(json.dumps(asdict(trial), ensure_ascii=False, indent=1) if as_json else _sentence(trial))
    if not trial.passed:
        context.exit(1)


def _sentence(trial: Trial) -> str:
    reached = f"{trial.reached} of {trial.letters} letters" if trial.letters else "no letters"
    held = "the structure held" if trial.structure_kept else "the structure did NOT hold"
    same = {None: "", True: ", every byte is the same", False: ", bytes CHANGED"}[trial.identical]
    counts = f"{trial.units} units, {trial.sentences} sentences"
    aside = "".join(f"\n    not read: {each}" for each in trial.aside)
    return f"{trial.file} ({trial.format}): {counts}, {reached} reached, {held}{same}{aside}"
