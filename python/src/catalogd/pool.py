"""The connections of a client: as many as there are calls at a time, kept for the next."""

from __future__ import annotations

import os
import threading
from collections import deque
from typing import Deque

from .attempts import TimeRanOut
from .connection import Clock, Connection


class Pool:
    """Thread-safe. What is taken is given back, or discarded where anything went wrong on it.

    Streams have connections beyond the bound: they hold theirs for as long as they are read.
    """

    def __init__(self, path: str, bound: int, clock: Clock) -> None:
        self._path = path
        self._bound = bound
        self._clock = clock
        self._idle: Deque[Connection] = deque()  # append and pop are atomic
        self._begin()

    def _begin(self) -> None:
        """In a process of its own: the connections of a fork's parent are left to the parent."""
        self._process = os.getpid()
        self.clear()
        self._active = 0
        self._left_one = threading.Condition()

    def _own(self) -> None:
        if self._process != os.getpid():
            self._begin()

    @property
    def idle(self) -> int:
        return len(self._idle)

    @property
    def active(self) -> int:
        return self._active

    def enter(self, deadline: float) -> None:
        """Waits until fewer calls than the bound are under way."""
        self._own()
        with self._left_one:
            while self._active >= self._bound:
                left = deadline - self._clock.monotonic()
                if left <= 0 or not self._left_one.wait(left):
                    raise TimeRanOut(sent=False)
            self._active += 1

    def leave(self) -> None:
        with self._left_one:
            self._active -= 1
            self._left_one.notify()

    def take(self, deadline: float, *, fresh: bool = False) -> Connection:
        """An idle connection, or a new one. `fresh`: one that cannot have been closed by the
        daemon meanwhile."""
        self._own()
        if not fresh:
            try:
                return self._idle.pop()
            except IndexError:
                pass
        return Connection(self._path, deadline, self._clock)

    def give(self, connection: Connection) -> None:
        self._idle.append(connection)

    def clear(self) -> int:
        """Closes the idle ones, and tells how many those were."""
        closed = 0
        while True:
            try:
                self._idle.pop().close()
            except IndexError:
                return closed
            closed += 1
