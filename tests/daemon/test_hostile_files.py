"""A database that somebody damaged or made up: refused, or served without harm; never a crash or a
hang."""

import random
import sqlite3
import unittest
from collections import defaultdict

from harness import SOON, DaemonTest, NotReady
from varlink import CallFailed, Closed

PAGE = 4096
KINDS = {2: "interior index", 5: "interior table", 10: "leaf index", 13: "leaf table"}
REFUSED = {65, 74, 78}
CLIENTS, FILES = "io.catalogd.Clients", "io.catalogd.Files"


class HostileFiles(DaemonTest):
    original: bytes
    key_bytes: bytes

    @classmethod
    def setUpClass(cls) -> None:
        case = cls("catalog_with_records")
        case.setUp()
        try:
            cls.original = case.catalog_with_records()
        finally:
            case.doCleanups()

    def catalog_with_records(self) -> bytes:
        self.daemon.start()
        client = self.saved_client(sessionKey="A" * 43 + "=")
        self.connect().call(f"{FILES}.SaveMany", clientId=client, files=[
            {"name": f"name {number} {'x' * (number % 200)}", "path": f"/p/{number}",
             "size": number, "attributes": {"more": "y" * (number % 7 * 1000)}}
            for number in range(3000)])
        self.connect().call(f"{CLIENTS}.Delete", id=self.saved_client("gone"))
        self.daemon.stop()
        type(self).key_bytes = self.daemon.key_file.read_bytes()
        return self.daemon.database.read_bytes()

    def outcome(self, content: bytes) -> str:
        """What becomes of a daemon on this file, and of every kind of call to it."""
        for path in self.folder.glob("catalog*"):
            if path.is_file():
                path.unlink()
        self.daemon.database.write_bytes(content)
        self.daemon.key_file.write_bytes(self.key_bytes)
        self.daemon.key_file.chmod(0o600)
        if not self.becomes_ready():
            code = self.daemon.wait(SOON)
            self.assertIn(code, REFUSED, self.daemon.log())
            return "refused"
        self.call_everything()
        self.assertIn(self.daemon.stop(), {0, *REFUSED}, self.daemon.log())
        return "served"

    def becomes_ready(self) -> bool:
        try:
            self.daemon.start()
        except NotReady:
            return False
        return True

    def call_everything(self) -> None:
        """Each is answered, if only by an error; unless the daemon has ended in good order."""
        calls = (
            ("io.catalogd.GetStatistics", {}), (f"{CLIENTS}.List", {}),
            (f"{CLIENTS}.Get", {"name": "laptop"}), (f"{FILES}.List", {"limit": 1000}),
            (f"{FILES}.Search", {"text": "name 7", "limit": 1000}),
            (f"{FILES}.ListRemovals", {}), ("io.catalogd.Admin.ListAudit", {}),
            (f"{CLIENTS}.Save", {"name": "another"}),
            ("io.catalogd.Metrics.Record", {"samples": [{"name": "a", "value": 1}]}))
        for method, parameters in calls:
            try:
                connection = self.connect()
                connection.socket.settimeout(SOON)  # or it hangs
                connection.call(method, **parameters)
            except CallFailed:
                pass
            except (Closed, OSError):
                self.assertIn(self.daemon.wait(SOON), REFUSED, self.daemon.log())
                return

    def pages_by_kind(self) -> dict[str, list[int]]:
        pages = defaultdict(list)
        for start in range(0, len(self.original), PAGE):
            first = self.original[start + (100 if start == 0 else 0)]
            pages[KINDS.get(first, "other")].append(start)
        return pages


class Damage(HostileFiles):
    def test_bits_that_flipped_in_pages_of_every_kind(self) -> None:
        chance = random.Random(20261129)
        outcomes = set()
        for kind, pages in sorted(self.pages_by_kind().items()):
            for page in chance.sample(pages, min(3, len(pages))):
                for place in chance.randrange(12), chance.randrange(12, PAGE):
                    content = bytearray(self.original)
                    content[page + place] ^= 1 << chance.randrange(8)
                    with self.subTest(kind=kind, page=page // PAGE + 1, place=place):
                        outcomes.add(self.outcome(bytes(content)))
        self.assertEqual(outcomes, {"served", "refused"})

    def test_a_header_in_which_any_byte_is_wrong(self) -> None:
        for place in (*range(16, 28, 2), *range(28, 100, 8)):  # each field of it
            content = bytearray(self.original)
            content[place] ^= 0xFF
            with self.subTest(place=place):
                self.outcome(bytes(content))

    def test_a_file_that_was_cut(self) -> None:
        for size in 1, 100, PAGE + 1, len(self.original) // 2:
            with self.subTest(size=size):
                self.outcome(self.original[:size])

    def test_noise_behind_a_right_header(self) -> None:
        noise = random.Random(1).randbytes(len(self.original) - PAGE)
        self.outcome(self.original[:PAGE] + noise)


class MadeUp(HostileFiles):
    def edited(self, *statements: str) -> bytes:
        path = self.folder / "edited.db"
        path.write_bytes(self.original)
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA journal_mode = DELETE")
        for statement in statements:
            database.execute(statement)
        database.execute("PRAGMA journal_mode = WAL")
        database.close()
        return path.read_bytes()

    def test_a_trigger_never_runs(self) -> None:
        self.outcome(self.edited(
            "CREATE TRIGGER t AFTER INSERT ON clients BEGIN DELETE FROM files; END"))
        with sqlite3.connect(self.daemon.database) as database:
            self.assertEqual(database.execute("SELECT count(*) FROM files").fetchone(), (3000,))
        database.close()

    def test_a_view_in_the_place_of_a_table(self) -> None:
        self.outcome(self.edited("ALTER TABLE samples RENAME TO aside",
                                 "CREATE VIEW samples AS SELECT * FROM aside"))

    def test_a_schema_that_lacks_a_table(self) -> None:
        self.outcome(self.edited("DROP TABLE requests"))

    def test_another_programs_identity_is_refused(self) -> None:
        self.assertEqual(self.outcome(self.edited("PRAGMA application_id = 7")), "refused")

    def test_pages_of_another_size(self) -> None:
        self.outcome(self.edited("PRAGMA page_size = 65536", "VACUUM"))

    def test_a_text_that_no_caller_could_have_saved(self) -> None:
        self.outcome(self.edited("PRAGMA ignore_check_constraints = ON",
                                 "UPDATE clients SET name = CAST(zeroblob(100000) AS TEXT)"))


if __name__ == "__main__":
    unittest.main()
