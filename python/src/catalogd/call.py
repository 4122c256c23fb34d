"""One call of the contract, as plain data: what the generated functions of `catalogd.contract`
make, and what every client, a transaction and a stream take."""

from __future__ import annotations

import enum
from typing import Any, Dict, Generic, Optional, TypeVar

Reply = TypeVar("Reply")

REQUEST_ID = "requestId"


class Repeat(enum.Enum):
    """What may be done when nobody knows whether a call was applied."""

    FREELY = "it changes nothing"
    WITH_ID = "the daemon applies a requestId once"
    NEVER = "it would happen twice"


class Call(Generic[Reply]):
    """`Reply` is the type of what the daemon answers. Parameters that are None are left out."""

    __slots__ = ("method", "parameters", "repeat")

    def __init__(self, method: str, repeat: Repeat, parameters: Dict[str, Any]) -> None:
        self.method = method
        self.parameters = {key: value for key, value in parameters.items() if value is not None}
        self.repeat = repeat

    def changed(self, **parameters: Any) -> Call[Reply]:
        """The same call with these parameters in place of its own."""
        return Call(self.method, self.repeat, {**self.parameters, **parameters})

    @property
    def request_id(self) -> Optional[str]:
        identifier: Optional[str] = self.parameters.get(REQUEST_ID)
        return identifier

    def __repr__(self) -> str:
        # Not the parameters: they may hold a key.
        return f"<Call of {self.method}>"


def rest_of(call: Call[Reply], result: Dict[str, Any]) -> Optional[Call[Reply]]:
    """What is left of a stream after this reply, where it can be asked for: a list goes on behind
    its last page, and what watches behind what it last saw."""
    event = result.get("event")
    position = result.get("next") or result.get("cursor") or (event or {}).get("sequence")
    return None if position is None else call.changed(after=position)
