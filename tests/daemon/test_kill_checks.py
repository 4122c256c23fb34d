"""The kill test's judgement: what it must find wrong, and what it must leave alone."""

import tempfile
import unittest
from pathlib import Path
from typing import Any, Iterator

from kill_checks import Promises, Violation
from kill_writer import client_ids
from ledger import LedgerWriter
from model import CLIENTS, FILES, Model, State, totals_of
from varlink import CallFailed

CLIENT = client_ids(0)[0]
SAVED = {"client": {"id": CLIENT, "name": "one", "hasSessionKey": False}, "created": True}


def save(*names: str, **more: Any) -> tuple[str, dict[str, Any]]:
    files = [{"name": name, "path": "/" + name, **more} for name in names]
    return FILES + "SaveMany", {"clientId": CLIENT, "files": files}


class Holding:
    """Stands for a daemon that holds a state."""

    def __init__(self, state: State) -> None:
        self.state = state

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        client = self.state.get(("client", parameters["id"]))
        if client is None:
            raise CallFailed(CLIENTS + "NotFound", {})
        if method == CLIENTS + "GetSessionKey":
            return {"sessionKey": client["sessionKey"]}
        return {"client": {**client, **totals_of(self.state, parameters["id"])}}

    def stream(self, _method: str, clientId: str) -> Iterator[dict[str, Any]]:
        yield {"files": [{"name": key[2], **record} for key, record in self.state.items()
                         if key[:2] == ("file", clientId)]}


class Judgement(unittest.TestCase):
    """A writer that has saved its client and then makes the calls of a test."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="catalogd-")
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "ledger"
        self.ledger = LedgerWriter(path)
        self.addCleanup(self.ledger.file.close)
        self.promises = Promises(0, path)
        self.held = Model({})
        self.sent(CLIENTS + "Save", {"id": CLIENT, "name": "one"})
        self.ledger.note_reply({"parameters": SAVED})
        self.kept(CLIENTS + "Save", {"id": CLIENT, "name": "one"})

    def sent(self, method: str, parameters: dict[str, Any]) -> None:
        self.ledger.note_call(method, parameters)

    def acknowledged(self, created: int, updated: int = 0) -> None:
        self.ledger.note_reply({"parameters": {"created": created, "updated": updated}})

    def kept(self, method: str, parameters: dict[str, Any]) -> None:
        self.held.apply(method, parameters, None, None)
        for key, record in self.held.state.items():
            if key[0] == "file":
                record["id"] = "id of " + key[2]

    def check(self) -> None:
        self.promises.check(Holding(self.held.state))

    def test_an_acknowledged_call_that_is_there_is_right(self) -> None:
        self.sent(*save("a", "b"))
        self.acknowledged(2)
        self.kept(*save("a", "b"))
        self.check()

    def test_an_acknowledged_call_that_is_not_there_is_lost(self) -> None:
        self.sent(*save("a", "b"))
        self.acknowledged(2)
        self.assertRaisesRegex(Violation, "^LOST: ", self.check)

    def test_a_call_without_an_answer_may_be_there_or_not(self) -> None:
        self.sent(*save("a", "b"))
        self.check()
        self.kept(*save("a", "b"))
        self.check()

    def test_a_call_that_is_made_again_is_answered_as_if_it_were_the_first_time(self) -> None:
        self.sent(*save("a"))
        self.kept(*save("a"))
        self.check()
        self.acknowledged(created=1)
        self.check()

    def test_a_refused_call_that_is_made_again_comes_after_those_that_were_applied(self) -> None:
        self.sent(FILES + "Delete", {"clientId": CLIENT, "name": "a"})
        self.sent(*save("a"))
        self.kept(*save("a"))
        self.check()
        self.ledger.note_reply({"parameters": {"file": {"id": "id of a", "path": "/a",
                                                        "verified": False}}})
        self.acknowledged(created=1)
        self.kept(FILES + "Delete", {"clientId": CLIENT, "name": "a"})
        self.check()

    def test_a_call_that_was_applied_twice_is_wrong(self) -> None:
        self.sent(*save("a"))
        self.kept(*save("a"))
        self.check()
        self.acknowledged(created=0, updated=1)
        self.assertRaisesRegex(Violation, "expected", self.check)

    def test_half_a_call_is_not_whole(self) -> None:
        self.sent(*save("a", "b"))
        self.kept(*save("a"))
        self.assertRaisesRegex(Violation, "^NOT WHOLE: ", self.check)

    def test_one_field_that_differs_is_not_whole(self) -> None:
        self.sent(*save("a", size=1, crc=2))
        self.acknowledged(1)
        self.kept(*save("a", size=1, crc=3))
        self.assertRaisesRegex(Violation, "^NOT WHOLE: ", self.check)

    def test_a_later_call_without_the_one_before_it_is_not_whole(self) -> None:
        self.sent(*save("a"))
        self.sent(*save("b"))
        self.kept(*save("b"))
        self.assertRaisesRegex(Violation, "^NOT WHOLE: ", self.check)

    def test_a_record_that_nobody_sent_is_not_whole(self) -> None:
        self.kept(*save("a"))
        self.assertRaisesRegex(Violation, "^NOT WHOLE: ", self.check)

    def test_what_was_there_before_must_still_be_there(self) -> None:
        self.sent(*save("a"))
        self.acknowledged(1)
        self.kept(*save("a"))
        self.check()
        del self.held.state["file", CLIENT, "a"]
        self.assertRaisesRegex(Violation, "^NOT WHOLE: ", self.check)

    def test_an_answer_that_contradicts_an_earlier_one_is_wrong(self) -> None:
        self.sent(*save("a"))
        self.acknowledged(1)
        self.sent(*save("a"))
        self.acknowledged(1)
        self.assertRaisesRegex(Violation, "expected", self.check)


if __name__ == "__main__":
    unittest.main()
