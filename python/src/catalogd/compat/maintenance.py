"""The methods of the old class about the database's health and upkeep. The daemon does this by
itself, on its schedule; these ask it how it is, or to do it now."""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from datetime import datetime
from typing import Any, BinaryIO, Dict, List, Optional

from ..contract import admin, catalog, health, jobs
from ..contract.types.admin import Backup
from ..contract.types.health import Check, Health
from ..contract.types.jobs import JobRun
from .catalog import Catalog
from .errors import OperationalError, ProgrammingError
from .figures import MIB, database_bytes

# Seconds that a vacuum or a backup may take; asking for it ends as soon as any other call.
LONGEST_JOB = 3600.0
SIZES = {"pass": "ok", "warn": "warning", "fail": "critical"}


class Maintenance(Catalog):
    db_name: str

    def check_database_size_limits(self) -> Dict[str, Any]:
        """Against the limits of the daemon's own check."""
        check = check_of(self._about(), "database-size")
        size = int(check.get("observed") or 0)
        return {"size_mb": size / MIB, "size_bytes": size, "status": SIZES[check["status"]],
                "threshold_warning_mb": (check.get("warnAt") or 0) / MIB,
                "threshold_critical_mb": (check.get("failAt") or 0) / MIB,
                "message": check.get("reason") or "the database is within its limits"}

    def optimize_database(self) -> Dict[str, Any]:
        """What could not be done stands in `errors`; only what was done is said to be."""
        before = self._database_size()
        failures: List[str] = []
        done = {job: self._ran(job, parameters, failures)
                for job, parameters in (("optimize", None), ("vacuum", {"full": True}))}
        after = self._database_size()
        return {"vacuum_performed": done["vacuum"], "analyze_performed": done["optimize"],
                "size_before_mb": before / MIB, "size_after_mb": after / MIB,
                "space_saved_mb": (before - after) / MIB, "errors": failures}

    def backup_database_to_file(self, backup_path: Optional[str] = None) -> str:
        """A copy of the catalog in this file, which is replaced only by a whole and checked one."""
        stamp = datetime.now().strftime("%Y%m%d_%H%M%S_%f")
        path = os.path.abspath(backup_path or f"{self.db_name}_backup_{stamp}.db")
        self._about()  # a daemon that is away is told of at once, not after the longest job
        name = f"copy-{stamp}-{os.getpid()}"
        self._run("backup", {"name": name})
        try:
            backup = self._backup(name)
            descriptor, part = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".catalogd-")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    self._copy(backup, file)
                os.replace(part, path)
            except BaseException:
                os.unlink(part)
                raise
        finally:
            self._call(admin.delete_backup(name))
        return path

    def get_database_health(self) -> Dict[str, Any]:
        """As the daemon's checks last saw it: asking runs none, and is answered at once."""
        about = self._about()
        pool = about["pool"]
        return {
            "integrity_check": check_of(about, "integrity")["status"] != "fail",
            "foreign_key_check": check_of(about, "foreign-keys")["status"] != "fail",
            "table_count": about["tables"], "index_count": about["indexes"],
            "connection_pool_healthy": check_of(about, "readers")["status"] != "fail",
            "issues": [check.get("reason") or check["name"] for check in about["checks"]
                       if check["status"] != "pass"],
            "connection_pool_metrics": {
                "enabled": True, "pool_size": pool["readers"],
                "active_connections": pool["active"], "available_connections": pool["available"],
                "utilization_percent": 100 * pool["utilization"],
                "health_score": about["score"], "exhaustion_events": pool["exhaustionEvents"],
                "peak_active": pool["peakActive"], "warnings": about["warnings"],
                "recommendations": about["recommendations"]}}

    def _check_and_fix_orphaned_files(self, auto_fix: bool = False) -> Dict[str, Any]:
        """File records without a client. Foreign keys are enforced: there can be none but in a
        database that was damaged."""
        result = self._run("orphan-check", {"repair": auto_fix}).get("result") or {}
        found, repaired = int(result.get("orphans", 0)), int(result.get("repaired", 0))
        action = "none" if not found else "cleaned" if repaired else "detected"
        return {"orphaned_count": found, "cleaned": repaired, "action": action}

    def _about(self) -> Health:
        return self._call(health.get())["health"]

    def _database_size(self) -> int:
        return database_bytes(self._call(catalog.get_statistics())["statistics"])

    def _ran(self, job: str, parameters: Optional[Dict[str, Any]], failures: List[str]) -> bool:
        try:
            self._run(job, parameters)
        except (OperationalError, ProgrammingError) as error:
            failures.append(f"{job}: {error}")
            return False
        return True

    def _run(self, job: str, parameters: Optional[Dict[str, Any]]) -> JobRun:
        """Runs a job to its end; one that does not succeed raises."""
        run: Optional[JobRun] = None
        for reply in self._replies(jobs.run(job, parameters=parameters), LONGEST_JOB):
            run = reply["run"]
        if run is None:
            raise OperationalError(f"{job}: the daemon did not answer")
        if run["state"] != "succeeded":
            raise OperationalError(f"{job}: {run.get('reason') or run['state']}")
        return run

    def _backup(self, name: str) -> Backup:
        for backup in self._call(admin.list_backups())["backups"]:
            if backup["name"] == name:
                return backup
        raise OperationalError(f"the backup {name} was made and is not listed")

    def _copy(self, backup: Backup, file: BinaryIO) -> None:
        digest, length = hashlib.sha256(), 0
        for reply in self._replies(admin.read_backup(backup["name"]), LONGEST_JOB):
            data = base64.b64decode(reply["data"])
            digest.update(data)
            length += file.write(data)
        if length != backup["bytes"] or digest.hexdigest() != backup["sha256"]:
            raise OperationalError("the copy is not equal to the backup")
        file.flush()
        os.fsync(file.fileno())


def check_of(about: Health, name: str) -> Check:
    for check in about["checks"]:
        if check["name"] == name:
            return check
    raise ProgrammingError(f"the daemon has no check {name!r}")
