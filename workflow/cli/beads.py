"""`hexapla beads`: mend the alignment of a document with its translation, as the align page does."""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .common import LANGUAGE, json_option, open_here, table
from .pieces import show_text

if TYPE_CHECKING:
    from ..groups import Side
    from ..open_alignment import OpenAlignment, Place, Result
    from ..regroup import Request
    from ..session import Session

F = TypeVar("F", bound=Callable[..., Any])
WIDTH = 44  # characters of a text in the list

side_option = click.option(
    "--side", type=click.Choice(["source", "target"]), default="target", show_default=True, help="Which text."
)


def on_document(command: F) -> F:
    """Give a command the options that name an alignment."""
    language = click.option("--lang", "language", type=LANGUAGE, required=True, help="Target language.")
    return click.argument("document")(language(command))


def on_bead(command: F) -> F:
    """Give a command the options that name a bead of an alignment."""
    return on_document(click.argument("number", type=click.IntRange(1))(command))


@click.group()
def command() -> None:
    """Mend the beads of a document and its translation: which sentences belong together.

    A bead is named by its NUMBER in `hexapla beads list`. What a person makes counts as confirmed, and stays when
    texts are aligned again. Every change can be taken back.
    """


@command.command("list")
@on_document
@click.option("--below", type=click.FloatRange(0, 1), help="Only unconfirmed beads of less confidence than this.")
@json_option
def list_(document: str, language: str, below: float | None, as_json: bool) -> None:
    """List the beads with their confidence and who confirmed them."""
    from ..groups import beads_of, strangers

    with _alignment(document, language) as (alignment, _):
        _, groups = alignment.groups()
        beads = list(enumerate(beads_of(groups, *alignment.ids()), 1))
        sides = alignment.sentences()
    if strangers([bead for _, bead in beads]):
        click.echo(
            f"{document} and its translation in {language} hardly belong together: is it the right file?", err=True
        )
    if below is not None:
        beads = [(n, bead) for n, bead in beads if bead.confirmed_by is None and bead.confidence < below]
    if as_json:
        rows = [
            {
                "number": n,
                "source": bead.source,
                "target": bead.target,
                "confidence": bead.confidence,
                "confirmed_by": bead.confirmed_by,
            }
            for n, bead in beads
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    from ..records import hundredths

    lines = []
    for n, bead in beads:
        texts = [" ".join(side[i] for i in ids) for side, ids in zip(sides, (bead.source, bead.target), strict=True)]
        shape = f"{len(bead.source)}:{len(bead.target)}"
        lines.append((n, shape, hundredths(bead.confidence), bead.confirmed_by or "", *map(_short, texts)))
    click.echo(table(("No.", "bead", "confidence", "confirmed by", "source", "target"), lines))


@command.command()
@on_bead
def merge(document: str, language: str, number: int) -> None:
    """Join a bead and the next one."""
    _change(document, language, number, "merge")


@command.command()
@on_bead
@click.option("--source", type=click.IntRange(0), required=True, help="Source sentences that stay in front.")
@click.option("--target", type=click.IntRange(0), required=True, help="Target sentences that stay in front.")
def split(document: str, language: str, number: int, source: int, target: int) -> None:
    """Split a bead in two."""
    _change(document, language, number, "split", source=source, target=target)


@command.command()
@on_bead
@click.argument("where", type=click.Choice(["up", "down", "push", "pull"]))
@side_option
def move(document: str, language: str, number: int, where: str, side: "Side") -> None:
    """Move sentences of one side: the first one up, the last one down, or all from here on (push, pull)."""
    _change(document, language, number, where, side)


@command.command()
@on_document
@click.argument("source", type=click.IntRange(1))
@click.argument("target", type=click.IntRange(1))
def link(document: str, language: str, source: int, target: int) -> None:
    """Link a SOURCE sentence with a TARGET sentence, both by number in their texts.

    What lies between becomes omissions and additions.
    """
    _change(document, language, 1, "link", source=source - 1, target=target - 1)


@command.command()
@on_bead
@side_option
def unlink(document: str, language: str, number: int, side: "Side") -> None:
    """Part both sides of a bead: an omission and an addition. The one of --side comes second."""
    _change(document, language, number, "unlink", side)


@command.command()
@on_document
@click.argument("number", type=click.IntRange(1), required=False)
@click.option("--min-confidence", "minimum", type=click.FloatRange(0, 1), help="All beads that have it, not one.")
@click.option("--take-back", is_flag=True, help="The bead is not confirmed any more.")
def confirm(document: str, language: str, number: int | None, minimum: float | None, take_back: bool) -> None:
    """Confirm a bead, or all above a confidence: they stay when texts are aligned again."""
    if (number is None) == (minimum is None) or (take_back and minimum is not None):
        raise click.UsageError("give the NUMBER of a bead, or --min-confidence")
    if minimum is not None:
        _change(document, language, 1, "above", minimum=minimum)
    else:
        _change(document, language, number or 1, "unconfirm" if take_back else "confirm")


@command.command()
@on_bead
def realign(document: str, language: str, number: int) -> None:
    """Align everything anew between the confirmed beads around a bead."""
    with _alignment(document, language) as (alignment, user):
        _say(alignment.realign(secrets.token_hex(6), _place(alignment, number), user))


@command.command()
@on_document
@click.option("--redo", is_flag=True, help="Do again what was taken back last.")
def undo(document: str, language: str, redo: bool) -> None:
    """Take back what you did last to these beads or to sentence borders, here or on the align page."""
    from ..people import default_name

    with _session(document, language) as (session, name, tag):
        user = default_name(session.project.root)
        result = session.undo_beads(name, tag, secrets.token_hex(6), user, redo=redo)
        session.alignment(name, tag).checkpoint()
        if result.result == "saved" and result.edit is None:
            click.echo(f"the sentence border is {'moved again' if redo else 'where it was'}", err=True)
        else:
            _say(result)


def _change(document: str, language: str, number: int, name: str, side: "Side" = "target", **numbers: Any) -> None:
    from ..regroup import Request

    request = Request(name, side, **numbers)
    with _alignment(document, language) as (alignment, user):
        _say(_apply(alignment, number, request, user))


def _apply(alignment: "OpenAlignment", number: int, request: "Request", user: str) -> "Result":
    place = _place(alignment, number)
    return alignment.apply(
        secrets.token_hex(6), request.name, place, lambda groups, at: request.plan(groups, at, user), user
    )


@contextmanager
def _alignment(document: str, language: str) -> "Iterator[tuple[OpenAlignment, str]]":
    """Open an alignment, with the name of who works on it; the files are written when it is closed."""
    from ..people import default_name

    with _session(document, language) as (session, name, tag):
        alignment = session.alignment(name, tag)
        yield alignment, default_name(session.project.root)
        alignment.checkpoint()


@contextmanager
def _session(document: str, language: str) -> "Iterator[tuple[Session, str, str]]":
    """Open a session, and check the names of a document and a language."""
    from ..session import Session

    project = open_here()
    (name,) = project.select_documents(document)
    (tag,) = project.select_languages(language)
    with Session(project) as session:
        yield session, name, tag


def _place(alignment: "OpenAlignment", number: int) -> "Place":
    from ..errors import ProjectError
    from ..open_alignment import Place

    _, groups = alignment.groups()
    if number > len(groups):
        raise ProjectError(f"there is no bead {number}; `hexapla beads list` shows {len(groups)}")
    return Place(*alignment.place(number - 1))


def _say(result: "Result") -> None:
    from ..errors import ProjectError

    if result.edit is None:
        raise ProjectError(result.message)
    old, new = (
        " ".join(f"{group.source}:{group.target}" for group in side) for side in (result.edit.old, result.edit.new)
    )
    click.echo(f"{_short(old)} -> {_short(new)}; `hexapla beads undo` takes it back", err=True)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return show_text(flat if len(flat) <= WIDTH else f"{flat[: WIDTH - 1]}…")
