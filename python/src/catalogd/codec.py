"""The wire: JSON objects, each ended by a NUL byte. No sockets, no clocks: bytes in, bytes out,
for the synchronous client and the one for asyncio alike."""

from __future__ import annotations

import itertools
import json
from typing import Any, Dict, List, NamedTuple, Optional

from .call import Call
from .errors import BY_NAME, TransactionFailed
from .hierarchy import DatabaseError, DataError, Error, ProtocolError

TIMEOUT = "io.catalogd.timeoutMs"
LARGEST_FRAME = 16 * 1024 * 1024
# What the daemon takes on one connection before it waits for its replies to be read.
CALLS_IN_FLIGHT = 64

_counting = itertools.count(1)
_answers = 0
_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Answer(NamedTuple):
    """One reply; a call of a stream has several, all but the last of which continue."""

    parameters: Dict[str, Any]
    error: Optional[str]
    continues: bool

    def result(self) -> Dict[str, Any]:
        if self.error is not None:
            raise error_of(self.error, self.parameters)
        return self.parameters


def encode(call: Call[Any], *, more: bool = False, timeout: Optional[float] = None) -> bytes:
    """A frame. `timeout` in seconds becomes the call's deadline in the daemon."""
    message: Dict[str, Any] = {"method": call.method, "parameters": call.parameters}
    if more:
        message["more"] = True
    if timeout is not None:
        message[TIMEOUT] = max(1, int(timeout * 1000))
    try:
        frame = _encoder.encode(message).encode("utf-8") + b"\0"
    except (TypeError, ValueError, RecursionError) as error:
        raise DataError(f"{call.method}: not JSON: {type(error).__name__}") from None
    if len(frame) > LARGEST_FRAME:
        raise DataError(f"{call.method}: {len(frame):,} bytes; a call has at most "
                        f"{LARGEST_FRAME:,}: split it")
    return frame


def error_of(name: str, parameters: Dict[str, Any]) -> Error:
    """The exception for an error of the contract; one that this version does not know is a
    DatabaseError."""
    error = BY_NAME.get(name, DatabaseError)(name=name, parameters=parameters)
    if isinstance(error, TransactionFailed):
        error.__cause__ = error_of(parameters.get("error", ""), parameters.get("parameters") or {})
    return error


def answers() -> int:
    """A number that changes with each answer that this process has from any daemon, by one where
    no two come at once."""
    return _answers


def _answer(frame: bytes) -> Answer:
    global _answers
    _answers = next(_counting)  # of two at once each has its own, whichever is last
    try:
        message = json.loads(str(frame, "utf-8"))
        answer = Answer(message.get("parameters") or {}, message.get("error"),
                        message.get("continues", False) is True)
    except (ValueError, RecursionError, AttributeError):
        raise ProtocolError("a frame that is no reply; is this the daemon's socket?") from None
    if not isinstance(answer.parameters, dict) or not isinstance(answer.error, (str, type(None))):
        raise ProtocolError("a reply whose members have the wrong types")
    return answer


class Decoder:
    """The replies in a stream of bytes, however it is cut."""

    def __init__(self) -> None:
        self._parts: List[bytes] = []  # of the frame that has not ended yet
        self._length = 0

    def feed(self, data: bytes) -> List[Answer]:
        """The replies that end in `data`."""
        first, *others = data.split(b"\0")
        self._parts.append(first)
        self._length += len(first)
        if self._length > LARGEST_FRAME:
            raise ProtocolError("a frame longer than any reply")
        if not others:
            return []
        whole = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self._parts, self._length = [others[-1]], len(others[-1])
        return [_answer(whole), *map(_answer, others[:-1])]
