"""PostgreSQL 15 with the same table, through pgbench over a Unix socket.

A private cluster below the benchmark's data folder; no other cluster is
touched, and nothing listens on the network.
"""

import os
import pathlib
import pwd
import re
import subprocess

from process import BenchError, need_program, run_program
import records

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
REMEDY = "install Debian's package postgresql-15"
# Anything else stays as Debian's package has it. Checkpoints that fall due while another subject
# is measured would disturb that one, so there are none but the one after loading; that spares
# PostgreSQL work that it would otherwise have to do.
SETTINGS = {
    "listen_addresses": "''",
    "synchronous_commit": "on",
    "fsync": "on",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "checkpoint_timeout": "1d",
    "max_wal_size": "32GB",
}
SHOWN = ("server_version", "synchronous_commit", "fsync", "wal_sync_method", "full_page_writes",
         "shared_buffers", "wal_level", "max_wal_size", "checkpoint_timeout", "jit")
# Clients in pgbench's own numbers start from zero, as everywhere in the benchmark.
CLIENT = "('c0000000-0000-7000-8000-' || lpad(to_hex(({}) % {}), 12, '0'))::uuid"
# A bijection, like the other subjects' scramble().
NAME = "'" + records.FOLDER + "' || lpad(to_hex(hashint8extended({}, 0)), 16, '0') || '" + (
    records.SUFFIX + "'")
# The time in the upper half, a hash in the lower one: a key that grows.
ID = ("encode(int8send((date_part('epoch', clock_timestamp()) * 1000000)::bigint) ||"
      " int8send(hashint8extended({}, 1)), 'hex')::uuid")


def client(number):
    return CLIENT.format(number, records.CLIENTS)


def values(number):
    name = NAME.format(number)
    return (f"{ID.format(number)}, {client(number)}, {name}, '/srv/backup/' || {name}, true,"
            f" abs({number} % 10000000), '{records.MODIFIED}',"
            f" hashint8extended({number}, 2) & 4294967295")


SCHEMA = f"""
CREATE TABLE clients (id uuid PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE files (
    id uuid PRIMARY KEY,
    client_id uuid NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 1024),
    path text NOT NULL, verified boolean NOT NULL, size bigint CHECK (size >= 0),
    modified timestamptz, crc bigint,
    UNIQUE (client_id, name));
INSERT INTO clients SELECT {client("i")}, 'client ' || i
    FROM generate_series(0, {records.CLIENTS - 1}) AS i;
"""
COLUMNS = "id, client_id, name, path, verified, size, modified, crc"
LOAD = f"""INSERT INTO files ({COLUMNS}) SELECT {values("i::bigint")}
FROM generate_series(1, RECORDS) AS i"""
SAVE = f"""\\set r random(1000000000000, 4611686018427387903)
INSERT INTO files ({COLUMNS}) VALUES ({values("(:r)::bigint")})
ON CONFLICT (client_id, name) DO UPDATE SET path = excluded.path, verified = excluded.verified,
size = excluded.size, modified = excluded.modified, crc = excluded.crc
RETURNING id, xmax = 0;
"""
# Subselects, so that the key is made once and not for each client that the join looks at.
LOOKUP = f"""\\set r random(1, RECORDS)
SELECT f.id, f.client_id, c.name, f.name, f.path, f.verified, f.size, f.modified, f.crc
FROM files f JOIN clients c ON c.id = f.client_id
WHERE f.client_id = (SELECT {client("(:r)::bigint")})
AND f.name = (SELECT {NAME.format("(:r)::bigint")});
"""


class Account:
    """Whom PostgreSQL's programs run as: it refuses to run as root."""

    def __init__(self, folder):
        self._options = {}
        self.name = pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            self._become_other(folder)

    def _become_other(self, folder):
        owner = os.stat(folder).st_uid
        try:
            entry = pwd.getpwuid(owner) if owner != 0 else pwd.getpwnam("postgres")
        except KeyError:
            raise BenchError(
                f"there is no user postgres: {REMEDY}") from None
        self.name = entry.pw_name
        self._options = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        if subprocess.run(["/usr/bin/test", "-x", str(folder)], **self._options,
                          check=False).returncode != 0:
            raise BenchError(f"user {self.name} cannot reach {folder}:"
                             " choose another place with --data")

    def options(self):
        return dict(self._options)

    def give(self, path):
        if self._options:
            os.chown(path, self._options["user"], self._options["group"])


class Postgres:
    name = "PostgreSQL"

    def __init__(self, folder, options):
        self._options = options
        self._programs = {
            name: need_program(name, REMEDY, PROGRAMS)
            for name in ("initdb", "pg_ctl", "psql", "pgbench", "postgres")}
        self._folder = folder / "postgres"
        self._folder.mkdir(mode=0o700)
        self._cluster = self._folder / "cluster"
        self._account = Account(folder)
        self._account.give(self._folder)
        if len(f"{self._folder}/.s.PGSQL.5432") > 107:
            raise BenchError(f"{self._folder} is too long a path for a socket:"
                             " choose another place with --data")

    def prepare(self):
        self._run("initdb", "-D", self._cluster, "-U", "bench", "--auth=trust", "--no-locale",
                  "--encoding=UTF8", "--no-instructions")
        lines = [f"{name} = {value}" for name, value in SETTINGS.items()]
        lines.append(f"unix_socket_directories = '{self._folder}'")
        with open(self._cluster / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(lines) + "\n")
        self._run("pg_ctl", "start", "-w", "-D", self._cluster, "-l", self._folder / "log",
                  "-s", stdin=subprocess.DEVNULL)
        self._query(SCHEMA)
        self._query(LOAD.replace("RECORDS", str(self._options.records)))
        self._query("VACUUM ANALYZE")
        self._query("CHECKPOINT")
        self._write("save.sql", SAVE)
        self._write("lookup.sql", LOOKUP.replace("RECORDS", str(self._options.records)))

    def settings(self):
        return {name: self._query(f"SHOW {name}").strip() for name in SHOWN}

    def measurements(self):
        """{key: a function of the range of records, which pgbench does not need}"""
        runs = [("saves", "save.sql", connections) for connections in (1, 8, 64)]
        runs += [("lookups", "lookup.sql", connections) for connections in (1, 64)]
        return {
            f"{what}/{connections}":
                lambda _first, script=script, count=connections: self._pgbench(script, count)
            for what, script, connections in runs}

    def count(self):
        return int(self._query("SELECT count(*) FROM files"))

    def stop(self):
        # There once it has been started, even if the start was interrupted.
        if (self._cluster / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self._cluster, "-s")

    def _pgbench(self, script, connections):
        output = self._run(
            "pgbench", "-n", "-M", "prepared", "-f", self._folder / script, "-c", connections,
            "-j", min(2, connections), "-T", max(1, round(self._options.seconds)), "-h",
            self._folder, "-U", "bench", "postgres", stdin=subprocess.DEVNULL)
        rate = re.search(r"tps = ([0-9.]+) \(without initial connection time\)", output)
        latency = re.search(r"latency average = ([0-9.]+) ms", output)
        failed = re.search(r"number of failed transactions: (\d+)", output)
        if not rate or not latency or (failed and int(failed[1]) > 0):
            raise BenchError(f"pgbench did not finish {script} with {connections} connections")
        return {"perSecond": float(rate[1]), "mean": float(latency[1]) * 1000}

    def _query(self, sql):
        return self._run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h",
                         self._folder, "-U", "bench", "-d", "postgres", "-c", sql)

    def _write(self, name, text):
        (self._folder / name).write_text(text, encoding="utf-8")
        os.chmod(self._folder / name, 0o644)

    def _run(self, program, *arguments, **options):
        return run_program([self._programs[program], *arguments], self._account,
                           cwd=self._folder, **options)
