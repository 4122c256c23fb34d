"""Whether the daemon holds what its writers were promised: through its socket, and in its file."""

import sqlite3
from pathlib import Path
from typing import Any

from kill_writer import client_ids
from ledger import Entry, LedgerReader
from model import CLIENTS, FILES, Key, Model, Record, State, Wrong, equal, file_of, totals_of
from varlink import CallFailed, Connection


class Violation(Exception):
    """The daemon has broken a promise."""


def found(connection: Connection, writer: int) -> State:
    """All that the daemon holds of a writer's records."""
    state: State = {}
    for client in client_ids(writer):
        try:
            reply = connection.call(CLIENTS + "Get", id=client)["client"]
        except CallFailed as failure:
            if failure.error != CLIENTS + "NotFound":
                raise Violation(f"client {client} cannot be read: {failure}") from None
            continue
        key = connection.call(CLIENTS + "GetSessionKey", id=client).get("sessionKey")
        for page in connection.stream(FILES + "List", clientId=client):
            for file in page["files"]:
                state["file", client, file["name"]] = file_of(file)
        state["client", client] = {"name": reply["name"], "publicKey": reply.get("publicKey"),
                                   "sessionKey": key}
        told = {field: reply[field] for field in ("files", "verifiedFiles", "bytes")}
        if told != totals_of(state, client):
            raise Violation(f"client {client} is said to have {told}, "
                            f"its files make {totals_of(state, client)}")
    return state


class Promises:
    """What one writer was told so far."""

    def __init__(self, writer: int, ledger: Path) -> None:
        self.writer = writer
        self.ledger = LedgerReader(ledger)
        self.state: State = {}  # after every call that was applied
        self.acknowledged = 0

    def check(self, connection: Connection) -> None:
        """What is found must be what the first N calls make, N not before the last one that was
        acknowledged: then none of those is lost, none is half there, and none was made up.

        Calls without an answer are made again under their ids. Those that had been applied must be
        answered as they were then, and change nothing; the others come after them."""
        entries = self.ledger.entries()
        self.check_repeated(entries)
        calls = [entry for entry in entries if entry.told is None]
        answered = sum(entry.answered for entry in calls)
        state = found(connection, self.writer)
        fitting, left = self.prefixes(calls, answered, state)
        if not fitting or fitting[-1] < answered:
            raise Violation(self.explain(calls, answered, fitting, left))
        self.move_on(calls[:fitting[-1]])
        self.acknowledged += sum(entry.answered for entry in entries)

    def check_repeated(self, entries: list[Entry]) -> None:
        for entry in entries:
            if entry.told is not None and entry.answered:
                if entry.error:
                    raise Violation(f"writer {self.writer}: {entry.method} {entry.parameters} was "
                                    f"applied, and then answered {entry.error}")
                self.judge(entry.told, entry.reply)

    def judge(self, told: Any, *arguments: Any) -> Any:
        try:
            return told(*arguments)
        except Wrong as wrong_answer:
            raise Violation(f"writer {self.writer}: {wrong_answer}") from None

    def apply(self, model: Model, entry: Entry) -> Any:
        return self.judge(model.apply, entry.method, entry.parameters, entry.reply, entry.error)

    def move_on(self, applied: list[Entry]) -> None:
        """To the state after these; what their answers must say is noted."""
        model = Model(self.state)
        for entry in applied:
            told = self.apply(model, entry)
            if not entry.answered:
                entry.told = told

    def prefixes(self, entries: list[Entry], answered: int,
                 state: State) -> tuple[list[int], dict[Key, Any]]:
        """After how many calls the records are those that were found, and which were not right
        after all calls that were answered."""
        model = Model(dict(self.state))
        wrong = {key for key in model.state.keys() | state.keys()
                 if not equal(model.state.get(key), state.get(key))}
        fitting = [] if wrong else [0]
        left: dict[Key, tuple[Record, Record]] = {}
        for number, entry in enumerate(entries, 1):
            if number == answered + 1:
                left = self.compared(model, state, wrong)
            self.apply(model, entry)
            wrong -= model.touched
            wrong |= {key for key in model.touched
                      if not equal(model.state.get(key), state.get(key))}
            if not wrong:
                fitting.append(number)
        return fitting, left or self.compared(model, state, wrong)

    @staticmethod
    def compared(model: Model, state: State, wrong: set[Key]) -> dict[Key, Any]:
        return {key: (model.state.get(key), state.get(key)) for key in sorted(wrong)}

    def explain(self, entries: list[Entry], answered: int, fitting: list[int],
                left: dict[Key, Any]) -> str:
        who = f"writer {self.writer}, {len(entries)} calls since the last check"
        if fitting:
            return (f"LOST: {who}, {answered} of them acknowledged, and only the first "
                    f"{fitting[-1]} are there")
        examples = "\n".join(f"  {key}: expected {expected}, found {there}"
                             for key, (expected, there) in list(left.items())[:3])
        return (f"NOT WHOLE: {who}, {answered} of them acknowledged; what is there comes of no "
                f"first part of them; {len(left)} records differ, among them\n{examples}")


def check_stopped(database: Path) -> None:
    """The file of a daemon that has stopped, with another program's eyes."""
    # Not read-only: such a connection would leave a -shm file behind.
    connection = sqlite3.connect(database)
    try:
        for pragma, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            told = connection.execute(f"PRAGMA {pragma}").fetchall()
            if told != sound:
                raise Violation(f"{pragma} says {told[:5]}")
        check_totals(connection)
    finally:
        connection.close()


def check_totals(connection: sqlite3.Connection) -> None:
    kept = connection.execute("""
        SELECT client, files, verified_files, (bytes_high << 32) + bytes_low
        FROM client_totals ORDER BY client""").fetchall()
    counted = connection.execute("""
        SELECT clients.number, count(files.number), coalesce(sum(verified), 0),
               coalesce(sum(size), 0)
        FROM clients LEFT JOIN files ON client = clients.number GROUP BY clients.number
        ORDER BY clients.number""").fetchall()
    if kept != counted:
        differing = [pair for pair in zip(kept, counted) if pair[0] != pair[1]][:3]
        raise Violation(f"the kept totals are not the counted ones: {differing}")
    kept = connection.execute("""
        SELECT clients, files, verified_files, sized_files, (bytes_high << 32) + bytes_low,
               (verified_high << 32) + verified_low
        FROM summary""").fetchone()
    counted = connection.execute("""
        SELECT (SELECT count(*) FROM clients), count(*), coalesce(sum(verified), 0), count(size),
               coalesce(sum(size), 0), coalesce(sum(size) FILTER (WHERE verified), 0)
        FROM files""").fetchone()
    if kept != counted:
        raise Violation(f"the statistics say {kept}, counting says {counted}")
