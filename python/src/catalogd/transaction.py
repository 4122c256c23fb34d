"""A transaction as it is collected: operations, and what became of each."""

from __future__ import annotations

import contextlib
from typing import Any, Dict, Generic, Iterator, List, Literal, Optional, Sequence, Union, cast

from .call import Call, Reply
from .codec import error_of
from .contract import catalog
from .contract.types.catalog import Operation, Outcome, TransactionReply
from .errors import Error, ProgrammingError

OnError = Literal["abort", "continue"]


class Recorded(Generic[Reply]):
    """What will be known of an operation when the transaction has been applied."""

    def __init__(self) -> None:
        self._outcome: Optional[Outcome] = None

    def settle(self, outcome: Outcome) -> None:
        self._outcome = outcome

    @property
    def error(self) -> Optional[Error]:
        """Why an operation with on_error="continue" was undone."""
        outcome = self._settled()
        name = outcome.get("error")
        return None if name is None else error_of(name, outcome.get("parameters") or {})

    @property
    def reply(self) -> Reply:
        """What the call would have returned; raises its error."""
        error = self.error
        if error is not None:
            raise error
        return cast(Reply, self._settled().get("parameters") or {})

    def _settled(self) -> Outcome:
        if self._outcome is None:
            raise ProgrammingError("the transaction has not been applied")
        return self._outcome


class Transaction:
    """Collects calls; nothing is sent before its block ends. One of a block inside it is undone
    or kept as a whole."""

    def __init__(self) -> None:
        self._operations: List[Operation] = []
        self._recorded: List[Union[Recorded[Any], Transaction]] = []

    def __len__(self) -> int:
        return len(self._operations)

    def add(self, call: Call[Reply], *, expect: Optional[Dict[str, Any]] = None,
            on_error: Optional[OnError] = None) -> Recorded[Reply]:
        """`expect`: values that the reply must contain, objects as subsets; otherwise the
        operation has failed with ExpectationFailed. `on_error`: "abort", the default, fails the
        whole transaction; "continue" undoes this operation alone."""
        if call.request_id is not None:
            raise ProgrammingError(f"{call.method}: only the whole transaction has a requestId")
        recorded: Recorded[Reply] = Recorded()
        self._append(call, recorded, expect, on_error)
        return recorded

    @contextlib.contextmanager
    def savepoint(self, *, on_error: OnError = "continue") -> Iterator[Transaction]:
        """A transaction inside this one, at most 8 deep."""
        inner = Transaction()
        yield inner
        if len(inner):
            self._append(inner.call(), inner, None, on_error)

    def _append(self, call: Call[Any], recorded: Union[Recorded[Any], Transaction],
                expect: Optional[Dict[str, Any]], on_error: Optional[OnError]) -> None:
        operation: Operation = {"method": call.method, "parameters": call.parameters}
        if expect is not None:
            operation["expect"] = expect
        if on_error is not None:
            operation["onError"] = on_error
        self._operations.append(operation)
        self._recorded.append(recorded)

    def clear(self) -> None:
        """Forgets what was collected."""
        self._operations.clear()
        self._recorded.clear()

    def call(self, request_id: Optional[str] = None) -> Call[TransactionReply]:
        return catalog.transaction(self._operations, request_id=request_id)

    def settle(self, results: Sequence[Outcome]) -> None:
        for recorded, outcome in zip(self._recorded, results):
            if isinstance(recorded, Recorded):
                recorded.settle(outcome)
            elif outcome.get("error") is None:
                recorded.settle((outcome.get("parameters") or {}).get("results", []))
            else:
                recorded.refuse(outcome)

    def refuse(self, outcome: Outcome) -> None:
        """The whole of it was undone: each of its operations ended in that error."""
        for recorded in self._recorded:
            if isinstance(recorded, Recorded):
                recorded.settle(outcome)
            else:
                recorded.refuse(outcome)
