"""Connections of the client for asyncio."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Deque, Optional, Tuple, Union

from .attempts import ConnectionLost, TimeRanOut
from .codec import Answer, Decoder
from .hierarchy import ProtocolError

READ = 64 * 1024
Ends = Tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def connected(path: str, timeout: float) -> Ends:
    try:
        return await asyncio.wait_for(asyncio.open_unix_connection(path), timeout)
    except (OSError, asyncio.TimeoutError) as error:
        reason = getattr(error, "strerror", None) or "it did not answer in time"
        raise ConnectionLost(f"{path}: {reason}", sent=False) from None


class Replies:
    """What arrives on one connection."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._decoder = Decoder()
        self._answers: Deque[Answer] = deque()

    async def next(self) -> Answer:
        while not self._answers:
            try:
                data = await self._reader.read(READ)
            except OSError as error:
                raise ConnectionLost(str(error.strerror), sent=True) from None
            if not data:
                raise ConnectionLost("it closed the connection", sent=True)
            self._answers.extend(self._decoder.feed(data))
        return self._answers.popleft()


class StreamConnection:
    """Of one call with `more`. It is read only as far as its replies are taken."""

    def __init__(self, ends: Ends) -> None:
        reader, self._writer = ends
        self._replies = Replies(reader)

    def send(self, frame: bytes) -> None:
        self._writer.write(frame)

    async def receive(self, timeout: float) -> Answer:
        try:
            return await asyncio.wait_for(self._replies.next(), timeout)
        except asyncio.TimeoutError:
            raise TimeRanOut(sent=True) from None

    def close(self) -> None:
        self._writer.close()


class SharedConnection:
    """Replies come in the order of the calls: the first one belongs to the call that has waited
    longest. One whose caller has gone is dropped when it comes."""

    def __init__(self, ends: Ends) -> None:
        reader, self._writer = ends
        self._replies = Replies(reader)
        self._waiting: Deque[asyncio.Future[Answer]] = deque()
        self._retired = False
        self._failure: Optional[Union[ConnectionLost, ProtocolError]] = None
        self._reading = asyncio.ensure_future(self._read())

    @property
    def alive(self) -> bool:
        return self._failure is None

    async def call(self, frame: bytes, timeout: float) -> Answer:
        if self._failure is not None:
            raise ConnectionLost(str(self._failure), sent=False)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._writer.write(frame)
        self._waiting.append(answer)
        try:
            return await asyncio.wait_for(answer, timeout)
        except asyncio.TimeoutError:
            raise TimeRanOut(sent=True) from None

    def retire(self) -> None:
        """Closes when the calls that are under way have been answered."""
        self._retired = True
        if not self._waiting:
            self._reading.cancel()

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        failure: Union[ConnectionLost, ProtocolError]
        failure = ConnectionLost("the client closed the connection", sent=True)
        try:
            while not self._retired or self._waiting:
                answer = await self._replies.next()
                if not self._waiting:
                    raise ProtocolError("a reply that nobody has asked for")
                waiting = self._waiting.popleft()
                if not waiting.done():
                    waiting.set_result(answer)
        except (ConnectionLost, ProtocolError) as error:
            failure = error
        finally:
            self._end(failure)

    def _end(self, failure: Union[ConnectionLost, ProtocolError]) -> None:
        self._failure = failure
        self._writer.close()
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_exception(failure)
        self._waiting.clear()
