"""What one writer has sent and what it was answered, noted before each send and at each reply."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional


@dataclass
class Entry:
    """A call; neither `reply` nor `error` where it was never answered."""

    method: str
    parameters: dict[str, Any]
    reply: Optional[dict[str, Any]] = None
    error: Optional[str] = None
    # Of a call that was applied and not answered: what its answer must say when it comes.
    told: Optional[Callable[[dict[str, Any]], None]] = None

    @property
    def answered(self) -> bool:
        return self.reply is not None or self.error is not None


class LedgerWriter:
    """Unbuffered: what was noted is in the file."""

    def __init__(self, path: Path) -> None:
        self.file = open(path, "ab", buffering=0)

    def note_call(self, method: str, parameters: dict[str, Any]) -> None:
        """Once, however often it is sent."""
        self.note({"method": method, "parameters": parameters})

    def note_reply(self, reply: dict[str, Any]) -> None:
        """Of the oldest call that has none."""
        if "error" in reply:
            self.note({"error": reply["error"]})
        else:
            self.note({"reply": reply.get("parameters", {})})

    def note(self, line: dict[str, Any]) -> None:
        self.file.write(json.dumps(line).encode() + b"\n")


class LedgerReader:
    """Reads on from where it read to the last time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0
        self.unanswered: list[Entry] = []

    def entries(self) -> list[Entry]:
        """The calls that had no answer the last time and those since, with their answers."""
        with open(self.path, "rb") as file:
            file.seek(self.offset)
            lines = file.read()
            self.offset = file.tell()
        entries = self.unanswered
        answered = 0
        for line in map(json.loads, lines.splitlines()):
            if "method" in line:
                entries.append(Entry(**line))
            else:
                entries[answered].reply = line.get("reply")
                entries[answered].error = line.get("error")
                answered += 1
        self.unanswered = entries[answered:]
        return entries
