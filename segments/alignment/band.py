"""Which part of the search table is worth filling? A range of columns for each row.

Rows are the places between source sentences, ``0 .. n``; columns the places between target sentences, ``0 .. m``.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Band:
    """Row ``i`` holds the columns ``low[i] .. high[i] - 1``; both lists rise, and neighbouring rows overlap."""

    low: list[int]
    high: list[int]

    @classmethod
    def hull(cls, low: ArrayLike, high: ArrayLike, columns: int) -> "Band":
        """Return the narrowest band that holds the given ranges and one unbroken path from corner to corner.

        ``columns`` is ``m``, the last column.
        """
        lows = np.minimum.accumulate(np.clip(low, 0, columns).astype(np.int64)[::-1])[::-1]
        highs = np.maximum.accumulate(np.clip(high, 0, columns + 1).astype(np.int64))
        lows[0], highs[-1] = 0, columns + 1
        highs = np.maximum(highs, lows + 1)
        lows[1:] = np.minimum(lows[1:], highs[:-1] - 1)
        return cls(lows.tolist(), highs.tolist())

    @classmethod
    def along(cls, rows: ArrayLike, columns: ArrayLike, half: int) -> "Band":
        """Return the band of ``half`` columns on both sides of a line through the given nodes, in rising order.

        The first node is the first of the table and the last node its last. Where the line jumps, the band takes in
        the whole jump.
        """
        at: NDArray[np.int64] = np.asarray(rows, np.int64)
        to: NDArray[np.float64] = np.asarray(columns, np.float64)
        every = np.arange(at[-1] + 1)
        # Of several nodes in one row the line enters at the first and leaves at the last.
        entry = np.interp(every, *_first_of_each(at, to))
        leave = np.interp(every, *_first_of_each(at[::-1], to[::-1]))
        before, after = np.append(leave[:1], leave[:-1]), np.append(entry[1:], entry[-1:])
        low = np.floor(np.minimum(before, entry) - half)
        high = np.ceil(np.maximum(after, leave) + half) + 1
        return cls.hull(low, high, int(to[-1]))

    def within(self, row: int, column: int, width: int) -> slice:
        """Return where ``width`` columns from ``column`` on lie in a row of the band."""
        start = column - self.low[row]
        return slice(start, start + width)

    def ends(self, row: int, rows: int, columns: int) -> range:
        """Return the columns of a row where a bead of ``rows`` x ``columns`` may end, both its ends in the band."""
        start = row - rows
        if start < 0:
            return range(0)
        return range(max(self.low[row], self.low[start] + columns), min(self.high[row], self.high[start] + columns))

    def shared(self, row: int) -> tuple[slice, slice]:
        """Return where the columns that a row shares with the row before lie: in it, and in the row before."""
        first, last = self.low[row], self.high[row - 1]
        return slice(0, last - first), slice(first - self.low[row - 1], last - self.low[row - 1])


def _first_of_each(rows: NDArray[np.int64], columns: NDArray[np.float64]) -> tuple[NDArray[Any], NDArray[Any]]:
    distinct, first = np.unique(rows, return_index=True)
    return distinct, columns[first]
