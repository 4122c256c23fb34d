"""Identifiers under which a write may be repeated. They grow with time, since ids in order cost
the daemon a tenth of a save's speed and random ones half of it."""

from __future__ import annotations

import itertools
import os
import secrets
import time


class RequestIds:
    """Unique for each process: a start time, some random bits, and a counter. Thread-safe."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._prefix = f"{time.time_ns() // 1000:013x}-{secrets.token_hex(4)}-"
        self._counter = itertools.count()

    def next(self) -> str:
        if self._process != os.getpid():  # a fork's child would count on beside its parent
            self._begin()
        return f"{self._prefix}{next(self._counter):08x}"
