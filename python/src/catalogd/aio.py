"""The client for asyncio: the same calls, all on one connection, however many tasks make them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from types import TracebackType
from typing import Any, AsyncIterator, Iterable, List, Optional, Type, TypeVar, cast

from .aio_connection import SharedConnection, StreamConnection, connected
from .attempts import Attempts, NoReply
from .call import REQUEST_ID, Call, Reply, Repeat, rest_of
from .client import DEFAULT_TIMEOUT, default_socket
from .codec import encode
from .hierarchy import Error
from .request_ids import RequestIds
from .transaction import Transaction

Self = TypeVar("Self", bound="Client")


class Client:
    """As `catalogd.Client`, for the tasks of one event loop. A task that is cancelled, or whose
    time runs out, leaves the other tasks' calls alone."""

    def __init__(self, socket: Optional[str] = None, *,
                 timeout: float = DEFAULT_TIMEOUT) -> None:
        self.socket = socket or default_socket()
        self.timeout = timeout
        self._request_ids = RequestIds()
        self._connection: Optional[SharedConnection] = None
        self._connecting: Optional[asyncio.Lock] = None  # made in the event loop that it is for

    async def close(self) -> None:
        """Calls that are under way end; a later one opens a new connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def __aenter__(self: Self) -> Self:
        return self

    async def __aexit__(self, kind: Optional[Type[BaseException]],
                        error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        await self.close()

    async def call(self, call: Call[Reply], *, timeout: Optional[float] = None) -> Reply:
        """The daemon's reply. Raises the errors of `catalogd.errors`."""
        if call.repeat is Repeat.WITH_ID and call.request_id is None:
            call = call.changed(**{REQUEST_ID: self._request_ids.next()})
        attempts = self._attempts(call, timeout)
        while True:
            try:
                connection = await self._connected(attempts, fresh=call.repeat is Repeat.NEVER)
                frame = encode(call, timeout=attempts.daemons_timeout)
                answer = await connection.call(frame, attempts.remaining)
                return cast(Reply, answer.result())
            except (Error, NoReply) as failure:
                await asyncio.sleep(attempts.pause_after(failure))

    async def pipeline(self, calls: Iterable[Call[Reply]], *, timeout: Optional[float] = None,
                       return_exceptions: bool = False) -> List[Reply]:
        """The replies of many calls, sent without waiting for each: writes share commits. Each
        stands for itself; one that has to be sent again is applied after later ones."""
        made = [asyncio.ensure_future(self.call(call, timeout=timeout)) for call in calls]
        results = await asyncio.gather(*made, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException) and not return_exceptions:
                raise result
        return cast(List[Reply], results)

    async def stream(self, call: Call[Reply], *,
                     timeout: Optional[float] = None) -> AsyncIterator[Reply]:
        """Every reply of a call with `more`, on a connection of its own. `timeout` is for each
        reply. A list that is cut short goes on behind its last page. Where the loop may be left
        early, `contextlib.aclosing` closes the connection at once."""
        attempts = self._attempts(call, timeout)
        while True:
            try:
                ends = await connected(self.socket, attempts.remaining)
                connection = StreamConnection(ends)
                try:
                    frame = encode(call, more=True, timeout=attempts.daemons_timeout)
                    connection.send(frame)
                    while True:
                        answer = await connection.receive(attempts.remaining)
                        result = answer.result()
                        yield cast(Reply, result)
                        if not answer.continues:
                            return
                        rest = rest_of(call, result)
                        call = rest or call
                        attempts.begin(again=rest is not None)
                finally:
                    connection.close()
            except (Error, NoReply) as failure:
                await asyncio.sleep(attempts.pause_after(failure))

    @contextlib.asynccontextmanager
    async def transaction(self, *, timeout: Optional[float] = None,
                          request_id: Optional[str] = None) -> AsyncIterator[Transaction]:
        """A block that collects calls, sent as one when it ends: all are applied, or none.
        Nothing is sent where the block raises."""
        transaction = Transaction()
        yield transaction
        if len(transaction):
            reply = await self.call(transaction.call(request_id), timeout=timeout)
            transaction.settle(reply["results"])

    def _attempts(self, call: Call[Any], timeout: Optional[float]) -> Attempts:
        return Attempts(call, self.timeout if timeout is None else timeout, time.monotonic)

    async def _connected(self, attempts: Attempts, *, fresh: bool) -> SharedConnection:
        """The one that all share, opened by whoever comes first. `fresh`: of a call that cannot
        be repeated, which must not go to a daemon that has ended meanwhile."""
        connection = self._connection
        if connection is not None and connection.alive and not fresh:
            return connection
        if self._connecting is None:
            self._connecting = asyncio.Lock()
        async with self._connecting:
            if self._connection is connection or self._connection is None:
                ends = await connected(self.socket, attempts.remaining)
                self._connection = SharedConnection(ends)
                if connection is not None:
                    connection.retire()
            return self._connection
