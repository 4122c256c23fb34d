"""The Python in-process pool, measured by python_pool.py in a process of its own."""

import json
import pathlib
import sys

from process import BenchError, run_program


class PythonPool:
    name = "Python pool"

    def __init__(self, folder, options):
        self._options = options
        self._database = folder / "pool.db"
        self._program = pathlib.Path(__file__).with_name("python_pool.py")

    def prepare(self):
        self._run("prepare")

    def settings(self):
        return {}

    def measurements(self):
        """{key: a function of the range of records that it may use}"""
        keys = [f"{what}/{threads}" for what in ("saves", "savesNormal") for threads in (1, 8, 64)]
        keys += ["lookups/1", "lookups/64"]
        return {key: lambda first, key=key: self._measure(key, first) for key in keys}

    def count(self):
        return int(self._run("count"))

    def stop(self):
        pass

    def _measure(self, key, first):
        figures = json.loads(self._run(
            "measure", "--key", key, "--first", first, "--seconds", self._options.seconds))
        if figures["perSecond"] == 0:
            raise BenchError(f"the Python pool did nothing in {key}")
        return figures

    def _run(self, command, *arguments):
        return run_program([sys.executable, self._program, command, "--database", self._database,
                            "--records", self._options.records, *arguments])
