"""The catalog as a whole: transactions, statistics and the errors that every interface of catalogd
may return.  Values, everywhere:
  identifiers  32 lower-case hex digits; a dashed UUID is accepted
  keys         standard base64 with padding
  times        RFC 3339 in UTC with milliseconds, 2025-01-10T12:00:00.000Z;
               any offset and precision is taken, and cut to that
  sizes        bytes, 0 to 2^63-1
  crc          CRC-32 as an unsigned number, 0 to 4294967295
  cursors      opaque; give back what `next` held to go on. Each page is a
               snapshot of its own, and so is each reply of a stream. A page
               may hold fewer records than `limit`, even none: only a missing
               `next` ends a list.
  names        compare byte for byte; ties in an order go by client, then name
  any case     simple Unicode case folding as in SQLite 3.40.1's FTS5 trigram
               tokenizer, one character to one; no normalisation
  limit        1 to 1,000, 100 where left out
  requestId    any client-chosen string of 1 to 64 bytes, kept per peer user.
               The first call with it that commits is applied; a later
               identical call gets that call's reply and changes nothing.
               Only what was committed is kept: a call that ended in an error
               may be repeated with its id. Identical means equal as JSON,
               key order and nulls ignored. Kept for an hour and for the last
               1,000,000 calls unless configured otherwise.
A write's deadline ends when the writer takes it up: from then on it is done or it fails, and is
never broken off. A call may carry the header `io.catalogd.timeoutMs`: its deadline, the time in
queues included, where that is shorter than the configured one.  Each method names the role that
it needs: read, write or admin, each of which includes the one before it. A peer's role follows
from its user and groups.

Generated from protocol/io.catalogd.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Optional, Sequence

from ..call import Call, Repeat
from .types.catalog import (GetStatisticsReply, Operation, TransactionReply, WatchReply)


def transaction(operations: Sequence[Operation], *,
                request_id: Optional[str] = None) -> Call[TransactionReply]:
    """Role write. Applies the operations in order in one transaction: every one, or none. Any
    method of Clients, Files and Metrics may be used but Search and History; reads see the
    writes before them. At most 10,000 operations, nested 8 deep. A requestId belongs to the
    whole call; one inside is InvalidValue. An operation may be io.catalogd.Transaction itself:
    a nested transaction (a savepoint). With onError "continue" a failed operation is undone
    alone and the rest goes on; the default is "abort".

    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: results.
    """
    return Call("io.catalogd.Transaction", Repeat.WITH_ID, {"operations": operations,
                                                            "requestId": request_id})


def get_statistics() -> Call[GetStatisticsReply]:
    """Role read. Exact at the moment of `asOf`, and cheap however large the catalog is.

    Returns: statistics.
    """
    return Call("io.catalogd.GetStatistics", Repeat.FREELY, {})


def watch(*, after: Optional[str] = None) -> Call[WatchReply]:
    """[Requires 'more' flag] Role read. Whose records have changed, at most twice a second. First
    reply: the cursor of now, or what changed since `after`. `reset`: the daemon no longer knows
    what changed since then; fetch everything anew.

    after: cursor, from `next` of the page before
    Returns: cursor, clientIds, reset.
    """
    return Call("io.catalogd.Watch", Repeat.FREELY, {"after": after})
