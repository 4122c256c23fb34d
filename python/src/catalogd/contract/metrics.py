"""Numbers over time, kept with the catalog: the backup server's own (connections, transfers, …)
and the daemon's.

Generated from protocol/io.catalogd.Metrics.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Optional, Sequence

from ..call import Call, Repeat
from .types.metrics import (HistoryReply, ListNamesReply, RecordReply, Sample, TrimReply)


def record(samples: Sequence[Sample], *, request_id: Optional[str] = None) -> Call[RecordReply]:
    """Role write.

    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: recorded.
    """
    return Call("io.catalogd.Metrics.Record", Repeat.WITH_ID, {"samples": samples,
                                                               "requestId": request_id})


def history(name: str, *, from_: Optional[str] = None, to: Optional[str] = None,
            max_points: Optional[int] = None) -> Call[HistoryReply]:
    """Role read. Oldest first. More points than `maxPoints` are averaged into that many.

    from_: time, RFC 3339 in UTC with milliseconds
    to: time, RFC 3339 in UTC with milliseconds
    Returns: points.
    """
    return Call("io.catalogd.Metrics.History", Repeat.FREELY, {"name": name, "from": from_,
                                                               "to": to, "maxPoints": max_points})


def trim(before: str, *, request_id: Optional[str] = None) -> Call[TrimReply]:
    """Role write. Removes every sample before the given time.

    before: time, RFC 3339 in UTC with milliseconds
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: removed.
    """
    return Call("io.catalogd.Metrics.Trim", Repeat.WITH_ID, {"before": before,
                                                             "requestId": request_id})


def list_names() -> Call[ListNamesReply]:
    """Role read.

    Returns: names.
    """
    return Call("io.catalogd.Metrics.ListNames", Repeat.FREELY, {})
