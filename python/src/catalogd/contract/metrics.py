"""Numbers over time, kept with the catalog: the backup server's own (connections, transfers, …)
and the daemon's.

Generated from protocol/io.catalogd.Metrics.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Optional, Sequence

from ..call import Call, Repeat
from .types.metrics import (HistoryReply, ListNamesReply, RecordReply, Sample, TrimReply)


def record(samples: Sequence[Sample], *, request_id: Optional[str] = None) -> Call[RecordReply]:
    """Role write. At most 10,000 samples, every one or none. `name` has 1 to 255 characters, no
    control characters; `at` absent: now. Samples of one name and time are kept beside each
    other.

    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: recorded.
    Errors beside those of every call: TooManySamples.
    """
    return Call("io.catalogd.Metrics.Record", Repeat.WITH_ID, {"samples": samples,
                                                               "requestId": request_id})


def history(name: str, *, from_: Optional[str] = None, to: Optional[str] = None,
            max_points: Optional[int] = None) -> Call[HistoryReply]:
    """Role read. Oldest first. A name that has no samples has no points.
      from, to   inclusive; a date alone means that whole day
      maxPoints  1 to 100,000, 10,000 where left out. More points than that are averaged
                 into exactly so many, each the mean time and value of as many
                 consecutive samples, give or take one.

    from_: time, RFC 3339 in UTC with milliseconds
    to: time, RFC 3339 in UTC with milliseconds
    Returns: points.
    Errors beside those of every call: TooManySamples.
    """
    return Call("io.catalogd.Metrics.History", Repeat.FREELY, {"name": name, "from": from_,
                                                               "to": to, "maxPoints": max_points})


def trim(before: str, *, request_id: Optional[str] = None) -> Call[TrimReply]:
    """Role write. Removes every sample before the given time; a date alone means its beginning.
    Where they are more than 250,000 nothing is removed: TooManySamples.

    before: time, RFC 3339 in UTC with milliseconds
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: removed.
    Errors beside those of every call: TooManySamples.
    """
    return Call("io.catalogd.Metrics.Trim", Repeat.WITH_ID, {"before": before,
                                                             "requestId": request_id})


def list_names() -> Call[ListNamesReply]:
    """Role read. Of all that has samples, in order.

    Returns: names.
    Errors beside those of every call: TooManySamples.
    """
    return Call("io.catalogd.Metrics.ListNames", Repeat.FREELY, {})
