"""Why were sentences aligned as they were? The evidence for single beads, in words and as data."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from segments import Bead
from segments.alignment import Associations, Explanation, explain

from .associations import Note, associations
from .errors import ProjectError
from .ingest import load_version
from .project import Project
from .records import hundredths, read_alignment

UNSURE = "unsure"
"""Asks for the beads that the aligner is least sure of."""
_LEAST_SURE = 10
_SHOWN = 8  # of the words and anchors of a bead in the text; the data has all


@dataclass(frozen=True, slots=True)
class Case:
    """An alignment to be explained: sentences by name (numbers, or segment ids), and the beads between them."""

    source_language: str
    target_language: str
    source: Mapping[str, str]
    target: Mapping[str, str]
    beads: Sequence[Bead]
    known: Associations | None = None

    def names(self, bead: tuple[range, range]) -> tuple[list[str], list[str]]:
        """Return the names of the sentences of a bead."""
        source, target = list(self.source), list(self.target)
        return [source[i] for i in bead[0]], [target[j] for j in bead[1]]


def explain_beads(case: Case, wanted: str) -> list[Explanation]:
    """Explain the beads of some source sentences, named with commas between, or the ten that are least sure.

    Raises:
        ProjectError: there is no such sentence.
    """
    source, target = list(case.source.values()), list(case.target.values())
    return explain(
        source,
        target,
        case.source_language,
        case.target_language,
        case.beads,
        which=_wanted(case, wanted),
        known=case.known,
    )


def _wanted(case: Case, wanted: str) -> set[int]:
    numbers = range(len(case.beads))
    if wanted == UNSURE:
        return set(sorted(numbers, key=lambda number: case.beads[number].confidence)[:_LEAST_SURE])
    places = {name: place for place, name in enumerate(case.source)}
    found = set()
    for name in wanted.split(","):
        if name.strip() not in places:
            raise ProjectError(f"{name.strip()!r}: no such source sentence; name sentences as the alignment does")
        found |= {number for number in numbers if places[name.strip()] in case.beads[number].source}
    return found


def document_case(project: Project, document: str, language: str, *, note: Note = lambda text: None) -> Case:
    """Return a document of a project with its translation as it is aligned; sentences by segment id.

    The write lock is the caller's.

    Raises:
        ProjectError: it is not aligned as it stands.
    """
    path = project.alignment_path(document, language)
    if not path.exists():
        raise ProjectError(f"{document}: is not aligned in {language}; run `hexapla align {document}` first")
    versions = [load_version(project, document, tag) for tag in (project.source, language)]
    alignment = read_alignment(path)
    if [alignment.source_digest, alignment.target_digest] != [version.digest() for version in versions]:
        raise ProjectError(f"{document}: changed since it was aligned; run `hexapla align {document}` first")
    source, target = (version.plain_texts() for version in versions)
    others = associations(project, language, without={document}, note=note)
    known = Associations.joined(list(others.values()))
    return Case(project.source, language, source, target, alignment.by_number(source, target), known)


def explained_json(case: Case, explanations: Sequence[Explanation]) -> str:
    """Serialise explanations as a JSON array, in their order; weights are in nats."""
    return json.dumps([_data(case, each) for each in explanations], ensure_ascii=False, indent=1) + "\n"


def _data(case: Case, each: Explanation) -> dict[str, object]:
    source, target = case.names((each.bead.source, each.bead.target))
    runner_up = [dict(zip(("source", "target"), case.names(bead), strict=True)) for bead in each.runner_up]
    return {
        "source": source,
        "target": target,
        "confidence": round(each.bead.confidence, 4),
        "evidence": {kind: round(weight, 3) for kind, weight in each.evidence._asdict().items()},
        "anchors": [{"key": key, "weight": round(weight, 3)} for key, weight in each.anchors],
        "pairs": [{"source": p.source, "target": p.target, "weight": round(p.weight, 3)} for p in each.pairs],
        "source_alone": list(each.source_alone),
        "target_alone": list(each.target_alone),
        "runner_up": {"beads": runner_up, "margin": round(each.margin, 3)} if runner_up else None,
    }


def explained_text(case: Case, explanations: Sequence[Explanation]) -> str:
    """Say in words what spoke for and against each bead, one after another."""
    return "\n".join("".join(f"{line}\n" for line in _lines(case, each)) for each in explanations)


def _lines(case: Case, each: Explanation) -> list[str]:
    source, target = case.names((each.bead.source, each.bead.target))
    told = sorted(each.evidence._asdict().items(), key=lambda pair: -abs(pair[1]))
    kinds = [(kind, weight) for kind, weight in told if abs(weight) >= 0.05]
    rows = [
        ("for", _weights((kind, weight) for kind, weight in kinds if weight > 0)),
        ("against", _weights((kind, weight) for kind, weight in kinds if weight < 0)),
        ("anchors", _weights(each.anchors[:_SHOWN])),
        ("pairs", _weights((f"{pair.source} = {pair.target}", pair.weight) for pair in each.pairs[:_SHOWN])),
        ("alone", " | ".join(" ".join(words[:_SHOWN]) for words in (each.source_alone, each.target_alone)).strip(" |")),
        ("instead", _instead(case, each)),
    ]
    texts = [case.source[name] for name in source] + [case.target[name] for name in target]
    head = f"{hundredths(each.bead.confidence)}  {_shown(source, target)}"
    return [head, *(f"  {' '.join(text.split())}" for text in texts), *(f"    {w:8} {t}" for w, t in rows if t)]


def _weights(pairs: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {weight:.1f}" for name, weight in pairs)


def _instead(case: Case, each: Explanation) -> str:
    if not each.runner_up:
        return ""
    beads = ", ".join(_shown(*case.names(bead)) for bead in each.runner_up)
    if each.margin < 0:
        return f"{beads}: tells {-each.margin:.1f} more here, but fits the rest of the text less"
    return f"{beads}: tells {each.margin:.1f} less"


def _shown(source: Sequence[str], target: Sequence[str]) -> str:
    return f"{' '.join(source) or '–'} : {' '.join(target) or '–'}"
