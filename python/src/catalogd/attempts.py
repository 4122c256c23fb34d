"""What to do when an attempt at a call has failed: try again, after how long, or which error to
end in. Knows neither sockets nor how one waits, so both clients share it."""

from __future__ import annotations

import math
import random
from typing import Any, Callable, Optional, Tuple, Union

from .call import Call, Repeat
from .errors import Busy, DeadlineExceeded, OutcomeUnknown, ReadOnly
from .hierarchy import Error, Unavailable

# Seconds between attempts to connect: at first, and at most.
FIRST_PAUSE = 0.01
LONGEST_PAUSE = 0.5
# The daemon gets this share of what is left, so that its own answer, which says that nothing was
# done, comes before the client stops waiting.
DAEMONS_SHARE = 0.9


class NoReply(Exception):
    """`sent` tells whether the daemon may have received the call."""

    def __init__(self, reason: str = "", *, sent: bool) -> None:
        super().__init__(reason)
        self.sent = sent


class ConnectionLost(NoReply):
    """There is no connection, or none any more."""


class TimeRanOut(NoReply):
    """The client has stopped waiting."""


Failure = Union[Error, NoReply]


class Attempts:
    """The attempts at one call within one timeout; a stream has one for each reply, and may have
    one in total."""

    def __init__(self, call: Call[Any], timeout: float, monotonic: Callable[[], float], *,
                 total: float = math.inf, chance: Callable[[], float] = random.random) -> None:
        self._call = call
        self._timeout = timeout
        self._monotonic = monotonic
        self._chance = chance
        self._end = monotonic() + total
        # Whether an attempt without an answer may have been applied.
        self._in_doubt = False
        self.begin()

    def begin(self, *, again: bool = True) -> None:
        """The time counts from now: for the call, or for the next reply of a stream, which may
        be asked for again or not."""
        self._again = again
        self._pause = FIRST_PAUSE
        self.deadline = min(self._monotonic() + self._timeout, self._end)

    @property
    def remaining(self) -> float:
        return self.deadline - self._monotonic()

    @property
    def daemons_timeout(self) -> float:
        return self.remaining * DAEMONS_SHARE

    def pause_after(self, failure: Failure) -> float:
        """Seconds to wait before the next attempt. Raises what the call ends in where there is
        none."""
        error, pause = self._judged(failure)
        if pause is None or pause >= self.remaining or not self._again:
            final = self._final(error)
            if final is failure:
                raise final  # with the cause that it has
            raise final from failure
        return pause

    def _judged(self, failure: Failure) -> Tuple[Error, Optional[float]]:
        """The error that the failure is, and how long to wait until it may be gone."""
        if isinstance(failure, NoReply) and failure.sent:
            self._in_doubt = self._in_doubt or self._call.repeat is not Repeat.FREELY
        if isinstance(failure, ConnectionLost):
            again = not failure.sent or self._call.repeat is not Repeat.NEVER
            return Unavailable(f"the daemon: {failure}"), self._next_pause() if again else None
        if isinstance(failure, TimeRanOut):
            return DeadlineExceeded(parameters={"afterMs": int(self._timeout * 1000)}), None
        if isinstance(failure, Busy):
            told = float(failure.parameters.get("retryAfterMs", 0)) / 1000
            return failure, max(told, self._next_pause()) * (1 + self._chance())
        if isinstance(failure, OutcomeUnknown) and self._call.repeat is Repeat.WITH_ID:
            self._in_doubt = True
            return failure, self._next_pause()
        assert isinstance(failure, Error)
        return failure, None

    def _next_pause(self) -> float:
        pause = self._pause
        self._pause = min(pause * 2, LONGEST_PAUSE)
        return pause * (0.5 + self._chance() / 2)

    def _final(self, error: Error) -> Error:
        """Errors that come before the daemon looks for the requestId say nothing of an earlier
        attempt that had no answer."""
        if self._in_doubt and isinstance(error, (Busy, DeadlineExceeded, ReadOnly, Unavailable)):
            identifier = self._call.request_id
            return OutcomeUnknown(parameters={"requestId": identifier} if identifier else {})
        return error
