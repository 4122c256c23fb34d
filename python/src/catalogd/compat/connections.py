"""What the old class told of its connection pool, told of the daemon's readers."""

from __future__ import annotations

import time
from typing import Any, Dict

from ..contract import health
from ..contract.types.health import Health, Pool
from .catalog import Catalog

# From this share of readers in use on, the next may find none.
RISKS = ((0.95, "critical"), (0.85, "high"), (0.7, "medium"), (0.0, "low"))


def pool_status(pool: Pool) -> Dict[str, Any]:
    return {
        "pool_size": pool["readers"], "total_connections": pool["readers"],
        "active_connections": pool["active"], "available_connections": pool["available"],
        "connections_created": pool["connectionsOpened"],
        "connections_closed": pool["connectionsClosed"],
        "pool_exhaustion_events": pool["exhaustionEvents"],
        "cleanup_operations": pool["cleanups"],
        "peak_active_connections": pool["peakActive"],
        "average_connection_age_seconds": float(pool["averageConnectionAgeSeconds"]),
        "stale_connections_cleaned": pool["staleClosed"],
        "last_cleanup_time": pool.get("lastCleanup"),
        "connection_details": {
            "queued": pool["queued"], "longest_running_ms": float(pool["longestRunningMs"]),
            "oldest_age_seconds": float(pool["oldestConnectionAgeSeconds"]),
            "max_age_seconds": float(pool["maxAgeSeconds"])},
        "monitoring_enabled": True, "cleanup_thread_alive": True}


def risk_of(utilization: float) -> str:
    return next(name for bound, name in RISKS if utilization >= bound)


class ConnectionPool:
    """What callers of the old class reach for behind it."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        # Connections beyond the pool were the old one's way out; there are none.
        self.emergency_connections: Dict[int, Any] = {}

    def get_pool_status(self) -> Dict[str, Any]:
        return self._connections.get_connection_pool_metrics()


class Connections(Catalog):
    def get_connection_pool_metrics(self) -> Dict[str, Any]:
        return pool_status(self._health()["pool"])

    def monitor_connection_pool(self) -> Dict[str, Any]:
        about = self._health()
        return {"monitoring_enabled": True, "pool_status": pool_status(about["pool"]),
                "pool_utilization": float(about["pool"]["utilization"]),
                "warnings": about["warnings"], "recommendations": about["recommendations"],
                "health_score": about["score"]}

    def check_pool_exhaustion(self) -> Dict[str, Any]:
        about = self._health()
        pool = about["pool"]
        return {"pool_enabled": True, "exhaustion_risk": risk_of(pool["utilization"]),
                "pool_utilization": float(pool["utilization"]),
                "available_connections": pool["available"],
                "active_connections": pool["active"], "pool_size": pool["readers"],
                "exhaustion_events": pool["exhaustionEvents"],
                "issues": about["warnings"], "recommendations": about["recommendations"]}

    def force_cleanup_connections(self) -> Dict[str, Any]:
        """Closes this process's idle connections to the daemon."""
        begun = time.monotonic()
        before = self._own_connections()
        cleaned = self.catalog.pool.clear()
        return {"cleanup_performed": True, "connections_before": before,
                "connections_after": self._own_connections(), "connections_cleaned": cleaned,
                "cleanup_time": time.monotonic() - begun}

    def cleanup_connection_pool(self) -> None:
        """A later call connects again."""
        self.catalog.close()

    def _own_connections(self) -> Dict[str, int]:
        pool = self.catalog.pool
        return {"total": pool.idle + pool.active, "active": pool.active}

    def _health(self) -> Health:
        return self._call(health.get())["health"]
