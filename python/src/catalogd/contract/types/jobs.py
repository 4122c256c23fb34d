"""What the calls of io.catalogd.Jobs take and return.

Generated from protocol/io.catalogd.Jobs.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict


class _JobRun(TypedDict):
    id: int
    job: str
    trigger: str
    startedAt: str
    state: Literal["running", "succeeded", "failed", "cancelled", "postponed"]


class JobRun(_JobRun, total=False):
    """id: number of the run
    trigger: schedule, request or startup
    startedAt: time, RFC 3339 in UTC with milliseconds
    endedAt: time, RFC 3339 in UTC with milliseconds
    result: What the job found or did, in figures; why, where it failed.
    """

    endedAt: Optional[str]
    result: Optional[Dict[str, Any]]
    reason: Optional[str]


class _Job(TypedDict):
    name: str
    schedule: str
    enabled: bool
    runs: int
    failures: int


class Job(_Job, total=False):
    """schedule: "every 6h" or "daily 02:30" or "weekly sun 03:00" or "never"
    window: Only in this window of local time, "01:00-05:00".
    nextRun: time, RFC 3339 in UTC with milliseconds
    runs: Of those in the history that have ended.
    fullSchedule: Of integrity-check and vacuum: when their full kind runs.
    nextFullRun: time, RFC 3339 in UTC with milliseconds
    """

    window: Optional[str]
    nextRun: Optional[str]
    lastRun: Optional[JobRun]
    fullSchedule: Optional[str]
    fullWindow: Optional[str]
    nextFullRun: Optional[str]


class _ListReply(TypedDict):
    jobs: List[Job]


class ListReply(_ListReply, total=False):
    """heldUntil: time, RFC 3339 in UTC with milliseconds"""

    heldUntil: Optional[str]
    heldFor: Optional[str]


class HistoryReply(TypedDict):
    runs: List[JobRun]


class _RunReply(TypedDict):
    run: JobRun


class RunReply(_RunReply, total=False):
    """progress: 0 to 1"""

    progress: Optional[float]
    message: Optional[str]


class CancelReply(TypedDict):
    run: JobRun


class _ForecastReply(TypedDict):
    seconds: float
    feasible: bool


class ForecastReply(_ForecastReply, total=False):
    """seconds: seconds
    bytesFreed: bytes
    diskNeeded: bytes
    """

    bytesFreed: Optional[int]
    diskNeeded: Optional[int]
    reason: Optional[str]


class HoldReply(TypedDict):
    """until: time, RFC 3339 in UTC with milliseconds"""

    until: str


class ReleaseReply(TypedDict):
    """Nothing."""
