"""A small project under review: a letter whose catalog has every kind of row."""

from pathlib import Path

import pytest

from locales import State, new_catalog, new_entry
from workflow.entries import write_bead
from workflow.project import Project, create_project
from workflow.store import save_files

SENTENCES = {
    "a.1": "The key is under the mat.",
    "a.2": "Please water the plants.",
    "b.1": "I came here in spring.",
    "b.2": "I never left.",
    "c.1": "See you on Friday.",
}


@pytest.fixture
def letter(tmp_path: Path) -> Project:
    """In German ``a.1`` is confirmed, ``a.2`` the aligner's draft, ``b.1`` a bead of two sentences, ``c.1`` empty."""
    project = create_project(tmp_path / "letters", "en", ["de", "fa"], "letters")
    entries = [
        new_entry(msgid=text, references=(f"letter.txt#{name}",), extracted=("para",))
        for name, text in SENTENCES.items()
    ]
    files = {project.document_path("letter.txt"): "\n\n".join(SENTENCES.values()).encode()}
    for language in project.targets:
        catalog = new_catalog(language, entries)
        if language == "de":
            key, plants, came, left, _ = catalog
            write_bead(catalog, [key], "Der Schlüssel liegt unter der Matte.", State.TRANSLATED)
            write_bead(catalog, [plants], "Bitte gieß die Blumen.", State.DRAFT, ("align", "0.87", "1:1"))
            write_bead(catalog, [came, left], "Ich kam im Frühling und blieb.", State.TRANSLATED)
        files[project.catalog_path("letter.txt", language)] = catalog.to_bytes()
    save_files(files)
    return project
