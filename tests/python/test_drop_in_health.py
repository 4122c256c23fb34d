"""The old module's calls about health and upkeep, against the contract's replies."""

import base64
import hashlib
import os
import shutil
import sqlite3
import tempfile
import unittest
from pathlib import Path

from drop_in import AnsweredTest, reply

POOL = {
    "readers": 4, "active": 1, "available": 3, "peakActive": 2, "utilization": 0.25, "queued": 5,
    "exhaustionEvents": 6, "connectionsOpened": 7, "connectionsClosed": 8,
    "averageConnectionAgeSeconds": 9.5, "oldestConnectionAgeSeconds": 10.5,
    "maxAgeSeconds": 3600.0, "longestRunningMs": 11.5, "staleClosed": 12, "cleanups": 13,
    "lastCleanup": "2025-01-10T12:00:00.000Z"}
CHECKS = [
    {"name": "integrity", "status": "pass", "since": "2025-01-10T12:00:00.000Z"},
    {"name": "foreign-keys", "status": "fail", "since": "2025-01-10T12:00:00.000Z",
     "reason": "2 rows have no parent"},
    {"name": "readers", "status": "pass", "since": "2025-01-10T12:00:00.000Z"},
    {"name": "database-size", "status": "warn", "since": "2025-01-10T12:00:00.000Z",
     "observed": 629145600.0, "warnAt": 524288000.0, "failAt": 1048576000.0,
     "reason": "600 MiB are more than 500"}]
HEALTH = {"health": {
    "status": "warn", "score": 80, "checks": CHECKS, "warnings": ["large"],
    "recommendations": ["vacuum"], "pool": POOL, "tables": 3, "indexes": 7}}
STATUS = {
    "pool_size": 4, "total_connections": 4, "active_connections": 1, "available_connections": 3,
    "connections_created": 7, "connections_closed": 8, "pool_exhaustion_events": 6,
    "cleanup_operations": 13, "peak_active_connections": 2,
    "average_connection_age_seconds": 9.5, "stale_connections_cleaned": 12,
    "last_cleanup_time": "2025-01-10T12:00:00.000Z",
    "connection_details": {"queued": 5, "longest_running_ms": 11.5, "oldest_age_seconds": 10.5,
                           "max_age_seconds": 3600.0},
    "monitoring_enabled": True, "cleanup_thread_alive": True}


def run(state: str = "succeeded", **more: object) -> dict:
    return reply({"run": {"id": 1, "job": "x", "trigger": "request", "state": state,
                          "startedAt": "2025-01-10T12:00:00.000Z", **more}})


def statistics(size: int) -> dict:
    return reply({"statistics": {"databaseBytes": size, "walBytes": 0}})


class Health(AnsweredTest):
    def test_health_has_checks_counts_and_the_pool(self) -> None:
        self.assertEqual(self.manager(reply(HEALTH)).get_database_health(), {
            "integrity_check": True, "foreign_key_check": False, "table_count": 3,
            "index_count": 7, "connection_pool_healthy": True,
            "issues": ["2 rows have no parent", "600 MiB are more than 500"],
            "connection_pool_metrics": {
                "enabled": True, "pool_size": 4, "active_connections": 1,
                "available_connections": 3, "utilization_percent": 25.0, "health_score": 80,
                "exhaustion_events": 6, "peak_active": 2, "warnings": ["large"],
                "recommendations": ["vacuum"]}})
        self.assertEqual(self.called, ["Health.Get"])

    def test_the_pools_metrics_come_from_either_way(self) -> None:
        database = self.manager(reply(HEALTH), reply(HEALTH))
        self.assertEqual(database.get_connection_pool_metrics(), STATUS)
        self.assertEqual(database.connection_pool.get_pool_status(), STATUS)

    def test_monitoring_has_the_status_and_a_score(self) -> None:
        self.assertEqual(self.manager(reply(HEALTH)).monitor_connection_pool(), {
            "monitoring_enabled": True, "pool_status": STATUS, "pool_utilization": 0.25,
            "warnings": ["large"], "recommendations": ["vacuum"], "health_score": 80})

    def test_exhaustion_has_a_risk(self) -> None:
        self.assertEqual(self.manager(reply(HEALTH)).check_pool_exhaustion(), {
            "pool_enabled": True, "exhaustion_risk": "low", "pool_utilization": 0.25,
            "available_connections": 3, "active_connections": 1, "pool_size": 4,
            "exhaustion_events": 6, "issues": ["large"], "recommendations": ["vacuum"]})

    def test_the_risk_grows_with_utilization(self) -> None:
        for utilization, risk in ((0.0, "low"), (0.7, "medium"), (0.85, "high"),
                                  (1.0, "critical")):
            pool = {"health": {**HEALTH["health"], "pool": {**POOL, "utilization": utilization}}}
            database = self.manager(reply(pool))
            self.assertEqual(database.check_pool_exhaustion()["exhaustion_risk"], risk)

    def test_a_cleanup_closes_this_processs_idle_connections(self) -> None:
        database = self.manager(reply(HEALTH))
        database.get_database_health()
        result = database.force_cleanup_connections()
        self.assertGreaterEqual(result.pop("cleanup_time"), 0)
        self.assertEqual(result, {
            "cleanup_performed": True, "connections_before": {"total": 1, "active": 0},
            "connections_after": {"total": 0, "active": 0}, "connections_cleaned": 1})

    def test_sizes_are_compared_with_the_daemons_limits(self) -> None:
        self.assertEqual(self.manager(reply(HEALTH)).check_database_size_limits(), {
            "size_mb": 600.0, "size_bytes": 629145600, "status": "warning",
            "threshold_warning_mb": 500.0, "threshold_critical_mb": 1000.0,
            "message": "600 MiB are more than 500"})


class Upkeep(AnsweredTest):
    def test_optimizing_tells_what_was_done(self) -> None:
        database = self.manager(statistics(4 << 20), run(), run(), statistics(1 << 20))
        self.assertEqual(database.optimize_database(), {
            "vacuum_performed": True, "analyze_performed": True, "size_before_mb": 4.0,
            "size_after_mb": 1.0, "space_saved_mb": 3.0, "errors": []})

    def test_what_could_not_be_done_is_not_said_to_be(self) -> None:
        database = self.manager(statistics(1), run(), run("failed", reason="the disk is full"),
                                statistics(1))
        result = database.optimize_database()
        self.assertEqual((result["vacuum_performed"], result["analyze_performed"]), (False, True))
        self.assertEqual(result["errors"], ["vacuum: vacuum: the disk is full"])

    def test_orphans_are_detected_or_cleaned(self) -> None:
        for found, repaired, action in ((0, 0, "none"), (2, 0, "detected"), (2, 2, "cleaned")):
            database = self.manager(run(result={"orphans": found, "repaired": repaired}))
            self.assertEqual(database._check_and_fix_orphaned_files(auto_fix=bool(repaired)), {
                "orphaned_count": found, "cleaned": repaired, "action": action})
            self.assertEqual(self.parameters(), {
                "job": "orphan-check", "parameters": {"repair": bool(repaired)}})


class Backup(AnsweredTest):
    CONTENT = os.urandom(1000)

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="catalogd-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = self.folder / "copy.db"

    def listed(self, calls: list) -> dict:
        return reply({"backups": [{
            "name": calls[1]["parameters"]["parameters"]["name"], "bytes": 1000,
            "sha256": hashlib.sha256(self.CONTENT).hexdigest()}]})

    def backed_up(self, content: bytes) -> str:
        first, second = (base64.b64encode(part).decode() for part in (content[:600],
                                                                      content[600:]))
        database = self.manager(
            reply(HEALTH), run(), self.listed,
            reply({"data": first, "offset": 0, "bytes": 1000}, continues=True),
            reply({"data": second, "offset": 600, "bytes": 1000}), reply({}))
        return database.backup_database_to_file(str(self.path))

    def test_a_backup_is_a_whole_file_and_its_path_is_returned(self) -> None:
        self.assertEqual(self.backed_up(self.CONTENT), str(self.path))
        self.assertEqual(self.path.read_bytes(), self.CONTENT)
        self.assertEqual(self.called[-1], "Admin.DeleteBackup")

    def test_a_copy_that_is_not_whole_leaves_the_file_that_was_there(self) -> None:
        self.path.write_text("before")
        with self.assertRaises(sqlite3.OperationalError):
            self.backed_up(bytes(1000))
        self.assertEqual(self.path.read_text(), "before")
        self.assertEqual(os.listdir(self.folder), ["copy.db"])


if __name__ == "__main__":
    unittest.main()
