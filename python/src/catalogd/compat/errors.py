"""What the drop-in raises: catalogd's errors, which are sqlite3's at the same time, so that
handlers and retry decorators that were written for the old module go on working."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import Iterator, Tuple, Type

from .. import errors


class OperationalError(errors.OperationalError, sqlite3.OperationalError):
    """Not for now: the daemon is away, busy, or takes no writes. Trying again may help."""


class IntegrityError(errors.IntegrityError, sqlite3.IntegrityError):
    """What is in the catalog contradicts the call: a name that is taken, a client that is not
    there."""


class ProgrammingError(errors.ProgrammingError, sqlite3.ProgrammingError):
    """The call itself is wrong, or its user may not make it."""


class InvalidValue(errors.DataError, ValueError):
    """A value that the catalog does not take; nothing was done."""


# What may be gone when the call is made again.
RETRIED: Tuple[Type[errors.Error], ...] = (
    errors.Unavailable, errors.Busy, errors.DeadlineExceeded, errors.ReadOnly,
    errors.OutcomeUnknown)


def translated(error: errors.Error) -> errors.Error:
    """The error as the old module's callers know it. A transaction's is that of its operation."""
    cause = error.__cause__
    if isinstance(error, errors.TransactionFailed) and isinstance(cause, errors.Error):
        return translated(cause)
    kind: Type[errors.Error] = ProgrammingError
    if isinstance(error, RETRIED):
        kind = OperationalError
    elif isinstance(error, errors.IntegrityError):
        kind = IntegrityError
    elif isinstance(error, errors.DataError):
        kind = InvalidValue
    return kind(str(error), name=error.name, parameters=error.parameters)


@contextlib.contextmanager
def translating() -> Iterator[None]:
    """For a block that makes calls of the client beneath."""
    try:
        yield
    except (OperationalError, IntegrityError, ProgrammingError, InvalidValue):
        raise
    except errors.Error as error:
        raise translated(error) from error
