"""What the catalog has to hold after a sequence of calls, and what each has to answer.

A record is a dict, its key ("client", id) or ("file", client's id, name); None where there is no
such record. A file's `id` is None as long as no reply has told it.
"""

from typing import Any, Callable, Iterator, Optional

Key = tuple[str, ...]
Record = Optional[dict[str, Any]]
State = dict[Key, dict[str, Any]]
Told = Callable[[dict[str, Any]], None]  # raises Wrong where a reply is not the right one

CLIENTS = "io.catalogd.Clients."
FILES = "io.catalogd.Files."

# Answers that promise that nothing was done.
REFUSALS = {"io.catalogd.Busy", "io.catalogd.DeadlineExceeded"}
KEPT_WHEN_LEFT_OUT = ("size", "modified", "crc", "mimeType", "category", "attributes")


class Wrong(Exception):
    """An answer that contradicts what was answered before."""


def equal(expected: Record, found: Record) -> bool:
    if expected is None or found is None:
        return expected is found
    return all(value == found.get(field) for field, value in expected.items()
               if value is not None or field != "id") and expected.keys() == found.keys()


def file_of(reply: dict[str, Any]) -> dict[str, Any]:
    """The record that a reply's file stands for."""
    fields = ("id", "path", "verified", *KEPT_WHEN_LEFT_OUT)
    return {field: reply.get(field) for field in fields}


def totals_of(state: State, client: str) -> dict[str, int]:
    """The totals that the client's record has to give."""
    files = [record for key, record in state.items() if key[:2] == ("file", client)]
    return {"files": len(files), "verifiedFiles": sum(file["verified"] for file in files),
            "bytes": sum(file["size"] or 0 for file in files)}


class Model:
    """Applies calls in order. `touched` are the keys that the last one may have changed."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.touched: set[Key] = set()

    def apply(self, method: str, parameters: dict[str, Any], reply: Optional[dict[str, Any]],
              error: Optional[str]) -> Optional[Told]:
        """With the reply's parameters or the error's name, or neither where none came. Returns
        what a reply has to say that is still to come; nothing where it has to be an error."""
        self.touched = set()
        if error in REFUSALS:
            return None
        expected, told = self.HANDLERS[method](self, parameters)
        if error != expected and (error or reply is not None):
            raise Wrong(f"{method} {parameters} was answered {error}, expected {expected}")
        if reply is not None and told is not None:
            told(reply)
        return told if expected is None else None

    def put(self, key: Key, record: Record) -> None:
        self.touched.add(key)
        if record is None:
            self.state.pop(key, None)
        else:
            self.state[key] = record

    Outcome = tuple[Optional[str], Optional[Told]]

    def save_client(self, given: dict[str, Any]) -> Outcome:
        key = ("client", given["id"])
        before = self.state.get(key)
        record = {field: given.get(field) or (before or {}).get(field)
                  for field in ("name", "publicKey", "sessionKey")}
        self.put(key, record)

        def told(reply: dict[str, Any]) -> None:
            client = reply["client"]
            found = (reply["created"], client["name"], client.get("publicKey"),
                     client["hasSessionKey"])
            check(found, (before is None, record["name"], record["publicKey"],
                          record["sessionKey"] is not None), given)
        return None, told

    def delete_client(self, given: dict[str, Any]) -> Outcome:
        key = ("client", given["id"])
        if key not in self.state:
            return CLIENTS + "NotFound", None
        files = list(self.files_of(given["id"]))
        for file in files:
            self.put(file, None)
        self.put(key, None)
        return None, lambda reply: check(reply["deletedFiles"], len(files), given)

    def files_of(self, client: str) -> Iterator[Key]:
        return (key for key in self.state if key[:2] == ("file", client))

    def save_one(self, client: str, file: dict[str, Any]) -> bool:
        """Whether the record is new."""
        key = ("file", client, file["name"])
        before = self.state.get(key)
        record = {"id": before["id"] if before else None, "path": file["path"],
                  "verified": file.get("verified", False)}
        for field in KEPT_WHEN_LEFT_OUT:
            record[field] = file.get(field, before[field] if before else None)
        self.put(key, record)
        return before is None

    def save_file(self, given: dict[str, Any]) -> Outcome:
        if ("client", given["clientId"]) not in self.state:
            return FILES + "UnknownClient", None
        created = self.save_one(given["clientId"], given["file"])
        key = ("file", given["clientId"], given["file"]["name"])

        def told(reply: dict[str, Any]) -> None:
            check(reply["created"], created, given)
            take_over(reply)
        take_over = self.teller_of(key)
        return None, told

    def teller_of(self, key: Key) -> Told:
        """Compares a reply with the record as it is now, and learns its identifier from it."""
        expected = self.state[key]

        def told(reply: dict[str, Any]) -> None:
            record = file_of(reply["file"])
            if not equal(expected, record):
                raise Wrong(f"{key} was answered as {record}, expected {expected}")
            if self.state.get(key) is expected:
                self.state[key] = record
        return told

    def save_many(self, given: dict[str, Any]) -> Outcome:
        if ("client", given["clientId"]) not in self.state:
            return FILES + "UnknownClient", None
        created = sum(self.save_one(given["clientId"], file) for file in given["files"])
        return None, lambda reply: check((reply["created"], reply["updated"]),
                                         (created, len(given["files"]) - created), given)

    def existing(self, given: dict[str, Any]) -> tuple[Key, Optional[str]]:
        """The file that a call names, and the error where there is none."""
        key = ("file", given["clientId"], given["name"])
        if ("client", given["clientId"]) not in self.state:
            return key, FILES + "UnknownClient"
        return key, None if key in self.state else FILES + "NotFound"

    def set_verified(self, given: dict[str, Any]) -> Outcome:
        key, error = self.existing(given)
        if error:
            return error, None
        changed = {"verified": given["verified"]}
        if "crc" in given:
            changed["crc"] = given["crc"]
        self.put(key, {**self.state[key], **changed})
        return None, self.teller_of(key)

    def delete_file(self, given: dict[str, Any]) -> Outcome:
        key, error = self.existing(given)
        if error:
            return error, None
        before = self.state[key]
        self.put(key, None)
        return None, lambda reply: check(equal(before, file_of(reply["file"])), True, given)

    HANDLERS = {CLIENTS + "Save": save_client, CLIENTS + "Delete": delete_client,
                FILES + "Save": save_file, FILES + "SaveMany": save_many,
                FILES + "SetVerified": set_verified, FILES + "Delete": delete_file}


def check(found: Any, expected: Any, given: dict[str, Any]) -> None:
    if found != expected:
        raise Wrong(f"{given} was answered with {found}, expected {expected}")
