"""Each event that any test receives is what the daemon's schemas say, which it serves itself."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema

if TYPE_CHECKING:
    from websocket import Http

CATALOGUE = Path(__file__).parents[2] / "docs/events.md"
TEXT = {"type": "string", "minLength": 1}
# CloudEvents 1.0; the daemon's schemas are of the data alone.
ENVELOPE = jsonschema.Draft7Validator({
    "type": "object",
    "properties": {
        "specversion": {"const": "1.0"}, "source": {"const": "/catalogd"}, "id": TEXT, "type": TEXT,
        "subject": TEXT, "datacontenttype": {"const": "application/json"}, "data": {},
        "time": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"},
        "sequence": {"pattern": r"^[0-9a-zA-Z]+-\d{20}$"}},
    "required": ["specversion", "source", "id", "type", "time", "datacontenttype", "data"],
    "additionalProperties": False})
SERVED: dict[str, jsonschema.Draft7Validator] = {}  # by type, once somebody has asked for them


def ask_for_all(peer: "Http") -> None:
    """Once in a process, whose daemons are all one program."""
    if SERVED:
        return
    types = re.findall(r"^\| `(io\.catalogd\.[a-z.-]+)`", CATALOGUE.read_text(), re.M)
    SERVED.update({name: jsonschema.Draft7Validator(
        json.loads(peer.ask(f"/v1/schemas/{name}.json").body)) for name in types})


def checked(event: dict[str, Any]) -> dict[str, Any]:
    ENVELOPE.validate(event)
    SERVED[event["type"]].validate(event["data"])
    return event
