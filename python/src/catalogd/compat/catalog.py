"""What all parts of the drop-in have in common: the client, and errors as the old module's
callers know them."""

from __future__ import annotations

import time
from typing import Iterator, Optional

from .. import errors
from ..call import Call, Reply
from ..client import Client
from .errors import translated

# What the old methods have a value for.
NOT_FOUND = (errors.ClientNotFound, errors.FileNotFound, errors.UnknownClient)
PAGE = 1000


class Catalog:
    """`catalog` is the client beneath, for what the old class has no method for."""

    catalog: Client

    def _call(self, call: Call[Reply], timeout: Optional[float] = None) -> Reply:
        try:
            return self.catalog.call(call, timeout=timeout)
        except errors.Error as error:
            raise translated(error) from error

    def _found(self, call: Call[Reply], timeout: Optional[float] = None) -> Optional[Reply]:
        """None where the client or the file is not there; every other error is raised."""
        try:
            return self.catalog.call(call, timeout=timeout)
        except NOT_FOUND:
            return None
        except errors.Error as error:
            raise translated(error) from error

    def _replies(self, call: Call[Reply], total: Optional[float] = None) -> Iterator[Reply]:
        """A stream, all of which ends within the timeout of one call."""
        limit = self.catalog.timeout if total is None else total
        try:
            yield from self.catalog.stream(call, timeout=limit, total=limit)
        except errors.Error as error:
            raise translated(error) from error

    def _listed(self, call: Call[Reply]) -> Iterator[Reply]:
        """As `_replies`; nothing where the client is not there."""
        try:
            yield from self.catalog.stream(call, total=self.catalog.timeout)
        except NOT_FOUND:
            return
        except errors.Error as error:
            raise translated(error) from error

    def _left(self, begun: float) -> float:
        """Seconds that are left of a method's timeout that has several calls to make."""
        return max(0.0, self.catalog.timeout - (time.monotonic() - begun))
