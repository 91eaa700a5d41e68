"""The kinds of arrays that the modules of alignment pass to each other, and sums over them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Places = NDArray[np.int32]
"""Indices where there are many of them."""
Floats = NDArray[np.float64]
Weights = NDArray[np.float32]
"""Scores and weights where there are many of them."""
Bools = NDArray[np.bool_]


def sums_at(place: NDArray[Any], values: NDArray[Any], length: int) -> Floats:
    """Return the sum of the values that share a place, for the places 0 to ``length - 1``."""
    return np.bincount(place.ravel(), values.ravel(), length).astype(np.float64, copy=False)


def add_at(totals: Floats, place: NDArray[Any], values: NDArray[Any]) -> None:
    """Add each value to the total at its place; only in this form, one dimension and one type, is numpy fast at it."""
    np.add.at(totals, place.ravel(), values.ravel().astype(np.float64, copy=False))


def running_total(values: NDArray[Any]) -> NDArray[Any]:
    """Return the sums of the first 0, 1, ... and of all values."""
    return np.append(np.zeros(1, values.dtype), np.cumsum(values))
