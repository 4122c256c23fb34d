"""catalogd itself: the daemon on a database of its own, and catalogd_bench_load
as its clients."""

import contextlib
import json
import signal
import socket
import subprocess
import time

import searches
from process import BenchError, last_line, need_program, run_program, start_program

GET_INFO = b'{"method":"org.varlink.service.GetInfo"}\0'
IDLE_CONNECTIONS = 1_000
LISTS = 8
# Settings with which nothing begins by itself while something is measured.
JOBS_OFF = "jobs:\n" + "".join(f"  {name}: never\n" for name in (
    "cleanup", "checkpoint", "optimize", "vacuum", "vacuum_full", "foreign_key_check",
    "integrity_check", "integrity_check_full", "orphan_check", "search_index", "backup",
    "backup_proof"))


class Catalogd:
    name = "catalogd"

    def __init__(self, folder, options, settings="", corpus=False, http="off"):
        """`settings`: of its configuration file. `corpus`: the records of corpus.h. `http`: the
        address that it serves HTTP on."""
        self._options = options
        self._settings = settings
        self._corpus = corpus
        self._http = http
        remedy = "make bench builds it"
        self._program = need_program("catalogd", remedy, options.bin)
        self._load_program = need_program("catalogd_bench_load", remedy, options.bin)
        self.database = folder / "catalog.db"
        self._configuration = folder / "catalogd.yaml"
        self._socket = folder / "catalogd.socket"
        self._log = folder / "catalogd.log"
        self._daemon = None
        self._saved = 0
        if len(str(self._socket)) > 107:
            raise BenchError(f"{self._socket} is too long a path for a socket:"
                             " choose another place with --data")

    def prepare(self):
        self._configuration.write_text(self._settings, encoding="utf-8")
        self.start()
        self._load("clients", "clients")
        self._load("loading", "preload", "--connections", 4)

    def start(self):
        self._daemon = start_program(
            [self._program, "--config", self._configuration, "--database", self.database,
             "--socket", self._socket, "--http", self._http], self._log)
        self._wait_until_it_serves()

    @property
    def pid(self):
        return self._daemon.pid

    def client(self):
        return searches.Client(self._connect())

    def lookups(self, connections, seed):
        """One call after the other at each of the connections."""
        return self._lookups(seed, connections, 1)

    def burst(self, first, seconds):
        """Saves of names that are never repeated, at 64 connections."""
        return self._load("the burst", "save", "--connections", 64, "--first", first, "--once", 1,
                          "--milliseconds", seconds * 1000)

    def settings(self):
        return {"version": run_program([self._program, "--version"]).strip()}

    def measurements(self):
        """{key: a function of the range of records that it may use}"""
        return {
            "lookups/1": lambda first: self._lookups(first, 1, 1),
            "lookupsBesideLists/1": self._lookups_beside_lists,
            "lookups/64": lambda first: self._lookups(first, 64, 1),
            "lookups/1x16": lambda first: self._lookups(first, 1, 16),
            "lookups/64x16": lambda first: self._lookups(first, 64, 16),
            "list": lambda _first: self._load("List", "list", *self._window()),
            "saves/1": lambda first: self._saves(first, 1),
            "saves/8": lambda first: self._saves(first, 8),
            "saves/64": lambda first: self._saves(first, 64),
            "saveMany/1000": lambda first: self._batches(first, 1_000),
            "saveMany/10000": lambda first: self._batches(first, 10_000),
            "memory": lambda _first: self._memory_with_idle_connections(),
        }

    def count(self):
        return self._saved

    def stop(self):
        if self._daemon is None:
            return
        daemon, self._daemon = self._daemon, None
        daemon.send_signal(signal.SIGTERM)
        try:
            code = daemon.wait(60)
        except subprocess.TimeoutExpired:
            daemon.kill()
            raise BenchError("catalogd did not end within a minute of SIGTERM") from None
        if code != 0:
            raise BenchError(f"catalogd ended with {code}: {last_line(self._log)}")

    def _wait_until_it_serves(self):
        give_up = time.monotonic() + 30
        while time.monotonic() < give_up:
            if self._daemon.poll() is not None:
                self._daemon = None
                raise BenchError(f"catalogd does not start: {last_line(self._log)}")
            with contextlib.suppress(OSError):
                self._connect().close()
                return
            time.sleep(0.05)
        raise BenchError(f"catalogd does not answer on its socket: {last_line(self._log)}")

    def _connect(self):
        """A connection over which one call has been made."""
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(10)
            connection.connect(str(self._socket))
            connection.sendall(GET_INFO)
            reply = b""
            while not reply.endswith(b"\0"):
                part = connection.recv(65536)
                if not part:
                    raise ConnectionError("closed")
                reply += part
        except OSError:
            connection.close()
            raise
        return connection

    def _window(self, extra=0.0):
        return "--milliseconds", round((self._options.seconds + extra) * 1000)

    def _command(self, command, *arguments):
        return [self._load_program, command, "--socket", self._socket, *arguments]

    def _load(self, what, command, *arguments):
        if command in ("preload", "get"):
            arguments = (*arguments, "--records", self._options.records)
        if self._corpus and command in ("preload", "save"):
            arguments = (*arguments, "--names", "corpus")
        outcome = self._checked(what, run_program(self._command(command, *arguments)))
        if command in ("preload", "save", "many"):
            self._saved += outcome["rows"]
        return outcome

    @staticmethod
    def _checked(what, output):
        outcome = json.loads(output)
        if outcome["errors"] > 0:
            raise BenchError(f"catalogd, {what}: {outcome['errors']} calls failed, the first with"
                             f" {outcome['firstError']}")
        return outcome

    def _lookups(self, seed, connections, depth):
        return self._load(
            f"lookups of {connections} connections, {depth} deep", "get", "--connections",
            connections, "--depth", depth, "--first", seed, *self._window())

    def _saves(self, first, connections):
        return self._load(f"saves of {connections} connections", "save", "--connections",
                          connections, "--first", first, *self._window())

    def _batches(self, first, batch):
        return self._load(f"SaveMany of {batch}", "many", "--connections", 2, "--batch", batch,
                          "--rows", self._options.rows(batch), "--first", first)

    def _lookups_beside_lists(self, seed):
        # The lists begin before the lookups and end after them.
        command = self._command("list", "--connections", LISTS, *self._window(extra=2))
        with subprocess.Popen([str(part) for part in command], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as lists:
            time.sleep(0.5)
            results = self._lookups(seed, 1, 1)
            if lists.poll() is not None:
                raise BenchError(f"the lists ended early: {lists.stderr.read().strip()}")
            output, errors = lists.communicate()
        if lists.returncode != 0:
            raise BenchError(f"the lists failed: {errors.strip()}")
        results["listedPerSecond"] = self._checked("lists", output)["perSecond"]
        return results

    def _memory_with_idle_connections(self):
        with contextlib.ExitStack() as connections:
            for _ in range(IDLE_CONNECTIONS):
                connections.enter_context(self._connect())
            with open(f"/proc/{self._daemon.pid}/status", encoding="ascii") as status:
                kibibytes = next(line.split()[1] for line in status if line.startswith("VmRSS"))
        return {"mebibytes": int(kibibytes) / 1024}
