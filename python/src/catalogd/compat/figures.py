"""The methods of the old class about counts, sums and numbers over time. Every figure is the
daemon's own; those that are asked for in a row are of one moment (moment.py). JSON has one kind of
number: what was a float is made one."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from typing import Any, Dict, List, Tuple

from ..contract import catalog, health, metrics
from ..contract.errors import TooManySamples
from ..contract.types.catalog import Statistics
from .catalog import Catalog
from .errors import InvalidValue
from .moment import Moment
from .values import time_text

MIB = 1024 * 1024
GIB = 1024 * MIB
# More than a week of samples every 20 seconds: none are averaged before that.
POINTS = 100_000


def recorded(name: str, value: float) -> Any:
    return metrics.record([{"name": name, "value": float(value)}])


def before_now(**ago: float) -> str:
    text = time_text(datetime.now(timezone.utc) - timedelta(**ago))
    assert text is not None
    return text


def at_least_one(value: float, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 1:
        raise InvalidValue(f"{what} is a number of at least 1, not {value!r}")
    return value


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def stored_in(directory: str) -> Tuple[int, int]:
    """Files below a directory and their bytes; what vanishes meanwhile does not count."""
    count = size = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            try:
                size += os.lstat(os.path.join(folder, name)).st_size
            except OSError:
                continue
            count += 1
    return count, size


class Figures(Catalog):
    db_name: str
    use_pool: bool
    storage_directory: str
    _moment: Moment

    def get_total_clients_count(self) -> int:
        return self._statistics()["clients"]

    def get_total_files_count(self) -> int:
        return self._statistics()["files"]

    def get_total_bytes_transferred(self) -> int:
        """All that was ever verified: it never falls."""
        return self._statistics()["bytesTransferred"]

    def get_total_storage_bytes(self, verified_only: bool = False) -> int:
        statistics = self._statistics()
        return statistics["verifiedBytes"] if verified_only else statistics["bytes"]

    def get_average_backup_size_bytes(self, verified_only: bool = False) -> float:
        """Of the files whose size is known; 0.0 where there are none."""
        statistics = self._statistics()
        if verified_only:
            return share(statistics["verifiedBytes"], statistics["verifiedFiles"])
        return float(statistics.get("averageFileBytes") or 0)

    def get_database_stats(self) -> Dict[str, int]:
        statistics = self._statistics()
        return {"total_clients": statistics["clients"], "total_files": statistics["files"],
                "verified_files": statistics["verifiedFiles"],
                "database_size_bytes": database_bytes(statistics)}

    def get_storage_statistics(self) -> Dict[str, Any]:
        statistics = self._statistics()
        about = self._call(health.get())["health"]
        count, size = stored_in(self.storage_directory)
        return {
            "database_info": {
                "file_path": self.db_name, "connection_pool_enabled": self.use_pool,
                "file_size_mb": database_bytes(statistics) / MIB,
                "pool_size": about["pool"]["readers"]},
            "storage_info": {"directory": self.storage_directory, "total_files": count,
                             "total_size_mb": size / MIB},
            "client_stats": {
                "total_clients": statistics["clients"],
                "clients_with_keys": statistics["clientsWithKeys"],
                "average_days_since_seen": float(
                    statistics.get("averageDaysSinceSeen") or 0)},
            "file_stats": file_stats(statistics),
            # Which indexes there are is the daemon's own affair.
            "performance_info": {"indexes_count": about["indexes"], "indexes": []}}

    def record_metric(self, metric_name: str, value: float) -> bool:
        self._call(recorded(metric_name, value))
        return True

    def get_metrics_history(self, metric_name: str, hours: float = 24) -> List[Dict[str, Any]]:
        """Oldest first."""
        since = before_now(hours=at_least_one(hours, "hours"))
        points = self._call(metrics.history(
            metric_name, from_=since, max_points=POINTS))["points"]
        return [{"timestamp": point["at"], "value": float(point["value"])} for point in points]

    def cleanup_old_metrics(self, days_to_keep: float = 7) -> int:
        """How many samples were removed."""
        before = before_now(days=at_least_one(days_to_keep, "days_to_keep"))
        removed = 0
        step = before
        while True:
            try:
                gone = self._call(metrics.trim(step))["removed"]
            except InvalidValue as refusal:
                # More than one call removes: up to an earlier time first.
                earlier = refusal.parameters.get("before", step)
                if refusal.name != TooManySamples.contract_name or earlier >= step:
                    raise
                step = earlier
                continue
            removed += gone
            if step == before or not gone:
                return removed
            step = before

    def _statistics(self) -> Statistics:
        return self._moment.statistics(
            lambda: self._call(catalog.get_statistics())["statistics"])


def database_bytes(statistics: Statistics) -> int:
    return statistics["databaseBytes"] + statistics["walBytes"]


def file_stats(statistics: Statistics) -> Dict[str, Any]:
    return {
        "total_files": statistics["files"], "verified_files": statistics["verifiedFiles"],
        "verification_rate": 100 * share(statistics["verifiedFiles"], statistics["files"]),
        "average_file_size_mb": (statistics.get("averageFileBytes") or 0.0) / MIB,
        "total_size_gb": statistics["bytes"] / GIB,
        "min_file_size_kb": (statistics.get("smallestFileBytes") or 0) / 1024,
        "max_file_size_mb": (statistics.get("largestFileBytes") or 0) / MIB}
