"""Maintenance: what runs by itself, when, and with what result. Jobs, with the parameters that a
run by request may give:
  cleanup            removes what its retention has passed: metrics, audit
                     entries, request ids, job history, old backups
  vacuum             full: bool
  optimize           refreshes the planner's statistics
  checkpoint         truncate: bool
  foreign-key-check
  integrity-check    full: bool
  orphan-check       repair: bool
  search-index       rebuild: bool
  backup             name: string, 1 to 100 of [A-Za-z0-9._-], no dot first
  backup-proof       backup: string

Generated from protocol/io.catalogd.Jobs.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from ..call import Call, Repeat
from .types.jobs import (CancelReply, ForecastReply, HistoryReply, HoldReply, ListReply,
                         ReleaseReply, RunReply)


def list() -> Call[ListReply]:
    """Role read. `heldUntil` and `heldFor` while the server holds maintenance.

    Returns: jobs, heldUntil, heldFor.
    Errors beside those of every call: UnknownJob, NotFeasible, AlreadyRunning.
    """
    return Call("io.catalogd.Jobs.List", Repeat.FREELY, {})


def history(*, job: Optional[str] = None, limit: Optional[int] = None) -> Call[HistoryReply]:
    """Role read. Newest first.

    limit: 1 to 1,000, 100 where left out
    Returns: runs.
    Errors beside those of every call: UnknownJob, NotFeasible, AlreadyRunning.
    """
    return Call("io.catalogd.Jobs.History", Repeat.FREELY, {"job": job, "limit": limit})


def run(job: str, *, parameters: Optional[Dict[str, Any]] = None) -> Call[RunReply]:
    """Role write for optimize, checkpoint, search-index, foreign-key-check and backup, admin for
    the rest.
    [Supports 'more' flag] Runs the job now, and replies at once with its state running. With
    `more`, replies with its progress as it goes, 0 to 1 where it can be told, and last with the
    finished run. Closing the connection does not stop the job; Cancel does.

    Returns: run, progress, message.
    Errors beside those of every call: UnknownJob, NotFeasible, AlreadyRunning.
    """
    return Call("io.catalogd.Jobs.Run", Repeat.NEVER, {"job": job, "parameters": parameters})


def cancel(id: int) -> Call[CancelReply]:
    """Role admin. Replies when the run has ended.

    id: number of the run
    Returns: run.
    Errors beside those of every call: UnknownJob, NotFeasible, AlreadyRunning.
    """
    return Call("io.catalogd.Jobs.Cancel", Repeat.NEVER, {"id": id})


def forecast(job: str) -> Call[ForecastReply]:
    """Role read. What the job would cost and gain now, without running it; of integrity-check and
    vacuum their full kind.

    Returns: seconds, bytesFreed, diskNeeded, feasible, reason.
    Errors beside those of every call: UnknownJob, NotFeasible, AlreadyRunning.
    """
    return Call("io.catalogd.Jobs.Forecast", Repeat.FREELY, {"job": job})


def hold(reason: str, seconds: int) -> Call[HoldReply]:
    """Role write. Holds maintenance off while a backup runs, for at most `seconds`, a week at
    most. A job that has begun by itself ends before its next slice and begins again later.

    seconds: seconds
    Returns: until.
    Errors beside those of every call: UnknownJob, NotFeasible, AlreadyRunning.
    """
    return Call("io.catalogd.Jobs.Hold", Repeat.NEVER, {"reason": reason, "seconds": seconds})


def release() -> Call[ReleaseReply]:
    """Role write.

    Errors beside those of every call: UnknownJob, NotFeasible, AlreadyRunning.
    """
    return Call("io.catalogd.Jobs.Release", Repeat.NEVER, {})
