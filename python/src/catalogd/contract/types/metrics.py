"""What the calls of io.catalogd.Metrics take and return.

Generated from protocol/io.catalogd.Metrics.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import List, Optional, TypedDict


class _Sample(TypedDict):
    name: str
    value: float


class Sample(_Sample, total=False):
    """at: time, RFC 3339 in UTC with milliseconds"""

    at: Optional[str]


class Point(TypedDict):
    """at: time, RFC 3339 in UTC with milliseconds"""

    at: str
    value: float


class RecordReply(TypedDict):
    recorded: int


class HistoryReply(TypedDict):
    points: List[Point]


class TrimReply(TypedDict):
    removed: int


class ListNamesReply(TypedDict):
    names: List[str]
