"""The figures of the catalog as a whole. The old module has a method for each, and a dashboard asks
for eight in a row: those are of one moment, and of one call to the daemon."""

from __future__ import annotations

from typing import Callable, NamedTuple, Optional

from .. import codec
from ..connection import Clock
from ..contract.types.catalog import Statistics

# Seconds for which an answer stands: longer than it takes to ask for some figures in a row.
STANDS_FOR = 0.005


class Told(NamedTuple):
    statistics: Statistics
    answers: int  # of the daemon to this process, this one included
    until: float


class Moment:
    """Safe for any number of threads. An answer stands until this process has another one, of a
    write above all; so whoever asks sees every write that this process knows of."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: Optional[Told] = None

    def statistics(self, ask: Callable[[], Statistics]) -> Statistics:
        told = self._told
        if told is None or not self._stands(told):
            # Whatever else comes before it may be of a write that it does not know of.
            answers = codec.answers() + 1
            told = Told(ask(), answers, self._clock.monotonic() + STANDS_FOR)
            self._told = told
        return told.statistics

    def _stands(self, told: Told) -> bool:
        return told.answers == codec.answers() and self._clock.monotonic() < told.until
