"""SQLite in one thread with nothing around it: the limit."""

import json

from process import need_program, run_program


class RawSqlite:
    name = "raw SQLite"

    def __init__(self, folder, options):
        self._options = options
        self._program = need_program("catalogd_bench_raw", "make bench builds it", options.bin)
        self._database = folder / "raw.db"

    def prepare(self):
        self._run("prepare")

    def settings(self):
        return {}

    def measurements(self):
        """{key: a function of the range of records that it may use}"""
        return {
            "saves/64": lambda first: self._measure("saves", first),
            "lookups/1": lambda first: self._measure("lookups", first),
            "saveMany/1000": lambda first: self._measure("batches", first, 1_000),
            "saveMany/10000": lambda first: self._measure("batches", first, 10_000),
        }

    def count(self):
        return int(self._run("count"))

    def stop(self):
        pass

    def _measure(self, what, first, batch=1_000):
        return json.loads(self._run(
            what, "--first", first, "--milliseconds", round(self._options.seconds * 1000),
            "--batch", batch, "--rows", self._options.rows(batch)))

    def _run(self, command, *arguments):
        return run_program([self._program, command, "--database", self._database, "--records",
                            self._options.records, *arguments])
