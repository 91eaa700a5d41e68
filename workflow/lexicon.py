"""Which translations of a word has the aligner learned from a project, and from which documents?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segments.alignment import Associations, translations
from segments.alignment.keys import keys, shown

from .associations import Note, associations
from .project import Project


@dataclass(frozen=True, slots=True)
class Learned:
    """One translation of a word, as the aligner sees words: stems, single characters, numbers.

    ``word`` is of ``language`` and ``translation`` of ``into``. ``count`` is how often it is thought to have translated
    the word (confirmed beads count more), ``probability`` its share of all that did, 0 to 1; ``documents`` are the
    counts of each document, the highest first.
    """

    language: str
    into: str
    word: str
    translation: str
    count: float
    probability: float
    documents: Mapping[str, float]


def look_up(project: Project, term: str, languages: Sequence[str], *, note: Note = lambda text: None) -> list[Learned]:
    """Return the learned translations of each word of a term, the likeliest first.

    The term is taken to be of the source language; where nothing is learned of it, of the others. The write lock is the
    caller's.

    Raises:
        ProjectError: a file cannot be written.
    """
    known = {language: associations(project, language, note=note) for language in languages}
    found = []
    for language, by_document in known.items():
        for word in dict.fromkeys(keys(term, project.source).words):
            found += _learned(by_document, word, project.source, language)
    if found:
        return found
    for language, by_document in known.items():
        for word in dict.fromkeys(keys(term, language).words):
            found += _learned(by_document, word, language, project.source, of_target=True)
    return found


def _learned(
    by_document: Mapping[str, Associations], word: str, language: str, into: str, *, of_target: bool = False
) -> list[Learned]:
    counts = {
        document: {each.word: each.times for each in translations(known, word, of_target=of_target)}
        for document, known in by_document.items()
    }
    together = Associations.joined(list(by_document.values()))
    return [
        Learned(
            language,
            into,
            shown(word),
            shown(each.word),
            each.times,
            each.probability,
            dict(sorted(_having(counts, each.word), key=lambda pair: -pair[1])),
        )
        for each in translations(together, word, of_target=of_target)
    ]


def _having(counts: Mapping[str, Mapping[str, float]], translation: str) -> list[tuple[str, float]]:
    return [(document, each[translation]) for document, each in counts.items() if translation in each]
