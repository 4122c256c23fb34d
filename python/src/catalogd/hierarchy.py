"""The hierarchy of errors of PEP 249, and what the client itself has to report.

    Error
    ├── InterfaceError                the daemon and this client do not understand each other
    │   └── ProtocolError
    └── DatabaseError
        ├── DataError                  a value that the catalog does not take
        ├── IntegrityError             what is there contradicts what was asked
        ├── InternalError              a fault of the daemon
        ├── NotSupportedError          the daemon has no such method
        ├── OperationalError           not for now: trying again may help
        │   └── Unavailable
        └── ProgrammingError           the call itself is wrong, or not allowed

The errors of the contract are classes below these: see `catalogd.errors`.
"""

from __future__ import annotations

from typing import Any, ClassVar, Dict, Optional


class Error(Exception):
    """Base of all. `name` is the contract's, `parameters` are as the daemon sent them."""

    contract_name: ClassVar[str] = ""

    def __init__(self, message: str = "", *, name: str = "",
                 parameters: Optional[Dict[str, Any]] = None) -> None:
        self.name = name or self.contract_name
        self.parameters: Dict[str, Any] = {} if parameters is None else parameters
        super().__init__(message or self._described())

    def _described(self) -> str:
        """Its name, and what people read first: the reason, then the rest."""
        parameters = dict(self.parameters)
        reason = parameters.pop("reason", None)
        rest = ", ".join(f"{key}={value!r}" for key, value in parameters.items())
        parts = [self.name or type(self).__name__, *([str(reason)] if reason else [])]
        return ": ".join(parts) + (f" ({rest})" if rest else "")


class InterfaceError(Error):
    """The daemon and this client do not understand each other."""


class ProtocolError(InterfaceError):
    """What came through the socket is no reply."""


class DatabaseError(Error):
    """The daemon refused the call."""


class DataError(DatabaseError):
    """A value that the catalog does not take."""


class IntegrityError(DatabaseError):
    """What is in the catalog contradicts what was asked; nothing was done."""


class InternalError(DatabaseError):
    """The daemon failed at something that is not the caller's mistake."""


class NotSupportedError(DatabaseError):
    """The daemon does not have what was asked."""


class OperationalError(DatabaseError):
    """Not the caller's mistake, and it may go away by itself."""


class ProgrammingError(DatabaseError):
    """The call itself is wrong, or its user may not make it."""


class Unavailable(OperationalError):
    """The daemon could not be reached in time; nothing was done."""
