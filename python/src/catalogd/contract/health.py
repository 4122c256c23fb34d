"""How the daemon and its database are, now and as it changes.

Generated from protocol/io.catalogd.Health.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Optional, Sequence

from ..call import Call, Repeat
from .types.health import (GetReply, Health, WatchReply)


def get() -> Call[GetReply]:
    """Role read. What the checks last saw; asking is cheap and runs no check.

    Returns: health.
    """
    return Call("io.catalogd.Health.Get", Repeat.FREELY, {})


def watch(*, types: Optional[Sequence[str]] = None,
          after: Optional[str] = None) -> Call[WatchReply]:
    """[Requires 'more' flag] Role read. First a snapshot event, then each event as it happens, the
    same CloudEvents as on the WebSocket. `after` is the last sequence seen: what came since
    takes the place of the snapshot, as long as the daemon still has it; else the first event
    tells what is lost.
      types   those that are wanted, "io.catalogd.job.finished" or "io.catalogd.job.*"; left out: all
              but samples. Snapshots, heartbeats and what is lost are told to everybody

    after: cursor, from `next` of the page before
    Returns: event.
    """
    return Call("io.catalogd.Health.Watch", Repeat.FREELY, {"types": types, "after": after})
