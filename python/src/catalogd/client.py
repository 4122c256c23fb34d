"""The synchronous client: safe for any number of threads, and for processes that fork."""

from __future__ import annotations

import contextlib
import math
import os
import time
from types import TracebackType
from typing import Any, Iterable, Iterator, List, Optional, Sequence, Type, TypeVar, cast

from .attempts import Attempts, ConnectionLost, NoReply
from .call import REQUEST_ID, Call, Reply, Repeat, rest_of
from .codec import Answer, encode
from .connection import Clock, Connection
from .hierarchy import Error
from .pool import Pool
from .request_ids import RequestIds
from .transaction import Transaction

DEFAULT_SOCKET = "/run/catalogd.sock"
DEFAULT_TIMEOUT = 10.0
Self = TypeVar("Self", bound="Client")


def default_socket() -> str:
    return os.environ.get("CATALOGD_SOCKET") or DEFAULT_SOCKET


class Client:
    """Calls of `catalogd.clients`, `catalogd.files` and so on, made over the daemon's socket.

    It connects when it has something to send, and again whenever the connection is lost. A write
    gets a requestId, so that one whose reply was lost is sent again and applied once. `timeout`,
    in seconds, bounds each call with all of its attempts.

        with Client() as catalog:
            client = catalog.call(clients.save(name="laptop"))["client"]
            catalog.call(files.save(client["id"], {"name": "a.txt", "path": "/srv/1"}))
    """

    def __init__(self, socket: Optional[str] = None, *, timeout: float = DEFAULT_TIMEOUT,
                 connections: int = 64, clock: Clock = time) -> None:
        self.socket = socket or default_socket()
        self.timeout = timeout
        self._clock = clock
        self._request_ids = RequestIds()
        self.pool = Pool(self.socket, connections, clock)

    def close(self) -> None:
        """Closes the idle connections. A later call opens new ones."""
        self.pool.clear()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()

    def call(self, call: Call[Reply], *, timeout: Optional[float] = None) -> Reply:
        """The daemon's reply. Raises the errors of `catalogd.errors`."""
        call = self._identified(call)
        attempts = self._attempts(call, timeout)
        while True:
            try:
                return cast(Reply, self._attempt(call, attempts).result())
            except (Error, NoReply) as failure:
                self._clock.sleep(attempts.pause_after(failure))

    def stream(self, call: Call[Reply], *, timeout: Optional[float] = None,
               total: float = math.inf) -> Iterator[Reply]:
        """Every reply of a call with `more`, on a connection of its own. `timeout` is for each
        reply, `total` for all of them. A list that is cut short goes on behind its last page;
        leaving the loop early closes the connection."""
        attempts = self._attempts(call, timeout, total)
        while True:
            try:
                for answer in self._answers(call, attempts):
                    result = answer.result()
                    yield cast(Reply, result)
                    if not answer.continues:
                        return
                    rest = rest_of(call, result)
                    call = rest or call
                    attempts.begin(again=rest is not None)
            except (Error, NoReply) as failure:
                self._clock.sleep(attempts.pause_after(failure))

    def pipeline(self, calls: Iterable[Call[Reply]], *, timeout: Optional[float] = None,
                 return_exceptions: bool = False) -> List[Reply]:
        """The replies of many calls, sent without waiting for each: writes share commits. They
        are applied in order, each for itself. Afterwards the first error is raised, or stands in
        its place with `return_exceptions`. A call that is refused as Busy is not sent again,
        which would change the order."""
        made = [self._identified(call) for call in calls]
        attempts = self._attempts(_least_repeatable(made), timeout)
        answers: List[Answer] = []
        while len(answers) < len(made):
            try:
                self._continue_pipeline(made, answers, attempts)
            except NoReply as failure:
                self._clock.sleep(attempts.pause_after(failure))
        results = [_outcome(answer) for answer in answers]
        for result in results:
            if isinstance(result, Error) and not return_exceptions:
                raise result
        return cast(List[Reply], results)

    @contextlib.contextmanager
    def transaction(self, *, timeout: Optional[float] = None,
                    request_id: Optional[str] = None) -> Iterator[Transaction]:
        """A block that collects calls, sent as one when it ends: all are applied, or none.
        Nothing is sent where the block raises."""
        transaction = Transaction()
        yield transaction
        if len(transaction):
            reply = self.call(transaction.call(request_id), timeout=timeout)
            transaction.settle(reply["results"])

    def _attempts(self, call: Call[Any], timeout: Optional[float],
                  total: float = math.inf) -> Attempts:
        return Attempts(call, self.timeout if timeout is None else timeout,
                        self._clock.monotonic, total=total)

    def _identified(self, call: Call[Reply]) -> Call[Reply]:
        if call.repeat is not Repeat.WITH_ID or call.request_id is not None:
            return call
        return call.changed(**{REQUEST_ID: self._request_ids.next()})

    def _attempt(self, call: Call[Any], attempts: Attempts) -> Answer:
        frame = encode(call, timeout=attempts.daemons_timeout)
        self.pool.enter(attempts.deadline)
        try:
            with self._lent(attempts, fresh=call.repeat is Repeat.NEVER) as connection:
                connection.send(frame, attempts.deadline)
                return connection.receive(attempts.deadline)
        finally:
            self.pool.leave()

    def _continue_pipeline(self, calls: Sequence[Call[Any]], answers: List[Answer],
                           attempts: Attempts) -> None:
        """Appends the answers that are missing."""
        timeout = attempts.daemons_timeout
        frames = [encode(call, timeout=timeout) for call in calls[len(answers):]]
        self.pool.enter(attempts.deadline)
        try:
            with self._lent(attempts) as connection:
                for answer in connection.exchange(frames, attempts.deadline):
                    answers.append(answer)
        finally:
            self.pool.leave()

    def _answers(self, call: Call[Any], attempts: Attempts) -> Iterator[Answer]:
        frame = encode(call, more=True, timeout=attempts.daemons_timeout)
        with self._lent(attempts, fresh=call.repeat is Repeat.NEVER) as connection:
            connection.send(frame, attempts.deadline)
            answer = connection.receive(attempts.deadline)
            while answer.continues:
                yield answer  # whoever takes it lets the time for the next one begin
                answer = connection.receive(attempts.deadline)
        yield answer

    @contextlib.contextmanager
    def _lent(self, attempts: Attempts, *, fresh: bool = False) -> Iterator[Connection]:
        """Given back only where nothing is under way on it any more."""
        connection = self.pool.take(attempts.deadline, fresh=fresh)
        try:
            yield connection
        except BaseException as error:
            connection.close()
            if isinstance(error, ConnectionLost):
                self.pool.clear()  # the idle ones have probably gone the same way
            raise
        self.pool.give(connection)


def _outcome(answer: Answer) -> Any:
    try:
        return answer.result()
    except Error as error:
        return error


def _least_repeatable(calls: Sequence[Call[Any]]) -> Call[Any]:
    """A lost connection leaves all of them in doubt that this one is."""
    for repeat in (Repeat.NEVER, Repeat.WITH_ID):
        for call in calls:
            if call.repeat is repeat:
                return call
    return calls[0] if calls else Call("", Repeat.FREELY, {})
