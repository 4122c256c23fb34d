"""One blocking connection to the daemon."""

from __future__ import annotations

import select
import socket
from collections import deque
from typing import Deque, Iterator, List, NoReturn, Optional, Protocol, Sequence, Tuple

from .attempts import ConnectionLost, TimeRanOut
from .codec import CALLS_IN_FLIGHT, Answer, Decoder

# One read: below the size at which malloc maps each block anew.
READ = 64 * 1024


class Clock(Protocol):
    """What a client takes from `time`; tests pass one that they step."""

    def monotonic(self) -> float: ...

    def sleep(self, seconds: float, /) -> None: ...


class Connection:
    """Of one thread at a time. After any failure it is of no further use: whoever holds it
    closes it."""

    def __init__(self, path: str, deadline: float, clock: Clock) -> None:
        self._clock = clock
        self._decoder = Decoder()
        self._answers: Deque[Answer] = deque()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.settimeout(self._left(deadline, sent=False))
            self._socket.connect(path)
        except (OSError, TimeRanOut) as error:
            self._socket.close()
            raise ConnectionLost(f"{path}: {_reason(error)}", sent=False) from None

    def close(self) -> None:
        self._socket.close()

    def _left(self, deadline: float, *, sent: bool = True) -> float:
        left = deadline - self._clock.monotonic()
        if left <= 0:
            raise TimeRanOut(sent=sent)
        return left

    def send(self, frame: bytes, deadline: float) -> None:
        """A frame that did not go out whole has no end: the daemon cannot have applied it."""
        try:
            self._socket.settimeout(self._left(deadline, sent=False))
            self._socket.sendall(frame)
        except socket.timeout:
            raise TimeRanOut(sent=False) from None
        except OSError as error:
            raise ConnectionLost(_reason(error), sent=False) from None

    def receive(self, deadline: float) -> Answer:
        """The next reply."""
        while not self._answers:
            try:
                self._socket.settimeout(self._left(deadline))
                data = self._socket.recv(READ)
            except socket.timeout:
                raise TimeRanOut(sent=True) from None
            except OSError as error:
                self._lost(error)
            self._take(data)
        return self._answers.popleft()

    def exchange(self, frames: Sequence[bytes], deadline: float) -> Iterator[Answer]:
        """Sends all of them, as many at a time as the daemon takes, and yields the replies in
        order. Reads while it sends: neither side waits for the other to read first."""
        unsent, under_way = deque(frames), 0
        out = memoryview(b"")
        while unsent or under_way:
            if not out:
                room = min(CALLS_IN_FLIGHT - under_way, len(unsent))
                out = memoryview(b"".join(unsent.popleft() for _ in range(room)))
                under_way += room
            readable, writable = self._wait(bool(out), deadline)
            if writable:
                out = out[self._send_some(out):]
            if readable:
                answers = self._receive_some()
                under_way -= len(answers)
                yield from answers

    def _wait(self, to_write: bool, deadline: float) -> Tuple[bool, bool]:
        poll = select.poll()
        poll.register(self._socket, select.POLLIN | (select.POLLOUT if to_write else 0))
        events = poll.poll(self._left(deadline) * 1000)
        if not events:
            raise TimeRanOut(sent=True)
        event = events[0][1]
        return bool(event & ~select.POLLOUT), bool(event & select.POLLOUT)

    def _send_some(self, data: memoryview) -> int:
        try:
            return self._socket.send(data, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0
        except OSError as error:
            self._lost(error)

    def _receive_some(self) -> List[Answer]:
        try:
            self._take(self._socket.recv(READ, socket.MSG_DONTWAIT))
        except BlockingIOError:
            pass
        except OSError as error:
            self._lost(error)
        answers = list(self._answers)
        self._answers.clear()
        return answers

    def _take(self, data: bytes) -> None:
        if not data:
            self._lost(None)
        self._answers.extend(self._decoder.feed(data))

    def _lost(self, error: Optional[OSError]) -> NoReturn:
        raise ConnectionLost(_reason(error), sent=True) from None


def _reason(error: Optional[Exception]) -> str:
    if error is None:
        return "it closed the connection"
    return getattr(error, "strerror", None) or "it did not answer in time"
