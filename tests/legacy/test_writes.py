"""Writes: defects 15 to 35 of the old server's layer."""

import base64
import unittest

from server import CLIENTS, FILES, LegacyTest
from varlink import Closed

KEY = base64.b64encode(bytes(160)).decode()


class Writes(LegacyTest):

    def setUp(self) -> None:
        super().setUp()
        self.laptop = self.saved_client("laptop", publicKey=KEY)

    def test_saving_a_client_again_keeps_its_files(self) -> None:
        def save_both(number: int) -> None:
            connection = self.connect()
            for i in range(20):
                connection.call(f"{CLIENTS}.Save", id=self.laptop, name="laptop")
                connection.call(f"{FILES}.Save", clientId=self.laptop, file={
                    "name": f"{number}-{i}", "path": "/p"})

        self.at_once(save_both, 50)
        self.assertEqual(len(self.names_in(self.laptop)), 1_000)

    def test_a_name_that_another_client_has_is_refused_and_nothing_changes(self) -> None:
        self.save(self.laptop, "a")
        self.assertEqual(self.error(f"{CLIENTS}.Save", id="f" * 32, name="laptop"), "NameTaken")
        self.assertEqual(self.client("laptop")["id"], self.laptop)
        self.assertEqual(self.names_in(self.laptop), {"a"})

    def test_a_file_of_no_client_is_refused_on_every_connection(self) -> None:
        for _ in range(10):
            with self.subTest():
                self.peer = self.connect()
                self.assertEqual(self.error(f"{FILES}.Save", clientId="f" * 32, file={
                    "name": "a", "path": "/p"}), "UnknownClient")
        self.save(self.laptop, "a")
        self.call(f"{CLIENTS}.Delete", id=self.laptop)
        self.assertEqual(self.statistics()["files"], 0)

    def test_an_upload_and_its_check_make_one_record(self) -> None:
        self.save(self.laptop, "a", verified=False, size=7, crc=99)
        self.save(self.laptop, "a", verified=True, size=7)
        self.assertTrue(self.file(self.laptop, "a")["verified"])
        self.assertEqual(self.statistics()["files"], 1)
        self.assertEqual(self.statistics()["bytes"], 7)

    def test_a_crc_that_is_left_out_stays(self) -> None:
        self.save(self.laptop, "a", crc=99)
        self.save(self.laptop, "a", verified=True)
        self.assertEqual(self.file(self.laptop, "a")["crc"], 99)

    def test_a_transfer_that_failed_keeps_the_size_and_loses_the_mark(self) -> None:
        self.save(self.laptop, "a", verified=True, size=7)
        self.save(self.laptop, "a", verified=False)
        self.assertEqual(self.file(self.laptop, "a")["size"], 7)
        self.assertFalse(self.file(self.laptop, "a")["verified"])
        self.save(self.laptop, "never came")
        self.assertEqual(self.statistics()["averageFileBytes"], 7)

    def test_deleting_succeeds_exactly_where_something_went(self) -> None:
        self.save(self.laptop, "a")
        self.assertEqual(self.call(f"{CLIENTS}.Delete", id=self.laptop)["deletedFiles"], 1)
        self.assertEqual(self.error(f"{CLIENTS}.Delete", id=self.laptop), "NotFound")

    def test_deleting_a_file_removes_its_record(self) -> None:
        self.save(self.laptop, "a")
        self.call(f"{FILES}.Delete", clientId=self.laptop, name="a")
        self.assertEqual(self.error(f"{FILES}.Get", clientId=self.laptop, name="a"), "NotFound")

    def test_a_stored_file_that_another_record_names_is_never_given_up(self) -> None:
        desktop = self.saved_client("desktop")
        self.save(self.laptop, "a", path="/shared")
        self.save(desktop, "a", path="/shared")
        self.call(f"{FILES}.Delete", clientId=desktop, name="a")
        self.assertEqual(self.removals(), [])
        self.call(f"{FILES}.Delete", clientId=self.laptop, name="a")
        self.kill()
        self.assertEqual(set(self.removals()), {"/shared"})

    def test_a_write_that_fails_is_an_error(self) -> None:
        self.daemon.database.rename(self.folder / "elsewhere.db")
        try:
            self.assertIn(self.error(f"{FILES}.Save", clientId=self.laptop, file={
                "name": "a", "path": "/p"}), {"OutcomeUnknown", "ReadOnly"})
        except Closed:
            pass  # the daemon looks once a second, too, and has ended before it read the call

    def test_a_size_beyond_63_bits_is_refused(self) -> None:
        for size in (2 ** 63, 2 ** 64, -1):
            self.assertIn(self.error(f"{FILES}.Save", clientId=self.laptop, file={
                "name": "a", "path": "/p", "size": size}), {"InvalidParameter", "InvalidValue"})
        self.save(self.laptop, "a", size=2 ** 63 - 1)

    def test_identifiers_keys_and_names_that_cannot_be_are_refused(self) -> None:
        odd = base64.b64encode(bytes(31)).decode()
        for wrong in ({"id": None, "name": ""}, {"id": "", "name": "x"},
                      {"id": "00", "name": "x"}, {"id": "0" * 34, "name": "x"},
                      {"name": "x" * 5_000}, {"name": "x", "publicKey": odd},
                      {"name": "x", "sessionKey": odd}, {"name": "x", "sessionKey": ""}):
            with self.subTest(wrong=wrong):
                self.assertIn(self.error(f"{CLIENTS}.Save", **wrong),
                              {"InvalidParameter", "InvalidValue"})
        self.assertEqual(self.statistics()["clients"], 1)

    def test_counts_of_an_import_are_exact_whoever_else_writes(self) -> None:
        def insert(number: int) -> int:
            clients = [{"name": f"{number % 2}-{i}"} for i in range(100)]
            return self.connect().call(f"{CLIENTS}.Import", clients=clients)["inserted"]

        self.assertEqual(sum(self.at_once(insert, 8)), 200)
        self.assertEqual(self.statistics()["clients"], 201)

    def test_an_edit_is_no_contact_and_can_clear_a_key(self) -> None:
        seen = self.client("laptop")["lastSeen"]
        self.call(f"{CLIENTS}.Update", id=self.laptop, name="renamed", clear=["publicKey"])
        self.assertEqual(self.client("renamed")["lastSeen"], seen)
        self.assertNotIn("publicKey", self.client("renamed"))

    def test_an_edit_is_made_whole_or_not_at_all(self) -> None:
        self.assertEqual(self.error(f"{CLIENTS}.Update", id=self.laptop, name="renamed",
                                    clear=["sessionKey", "nothing"]), "InvalidValue")
        rename = {"method": f"{CLIENTS}.Update", "parameters": {"id": self.laptop, "name": "b"}}
        fails = {"method": f"{CLIENTS}.Delete", "parameters": {"id": "f" * 32}}
        self.assertEqual(self.error("io.catalogd.Transaction", operations=[rename, fails]),
                         "TransactionFailed")
        self.assertEqual(self.client("laptop")["id"], self.laptop)

    def test_a_registration_whose_reply_was_lost_can_be_repeated(self) -> None:
        first = self.call(f"{CLIENTS}.Save", name="new", requestId="r1")
        self.kill()
        self.assertEqual(self.call(f"{CLIENTS}.Save", name="new", requestId="r1"), first)
        self.assertEqual(self.statistics()["clients"], 2)

    def test_a_client_that_was_not_saved_is_not_there(self) -> None:
        self.assertEqual(self.error(f"{CLIENTS}.Save", id="f" * 32, name="laptop"), "NameTaken")
        self.assertEqual(self.error(f"{CLIENTS}.Get", id="f" * 32), "NotFound")
        clients = self.call(f"{CLIENTS}.List")["clients"]
        self.assertEqual([client["id"] for client in clients], [self.laptop])

    def test_a_check_that_was_acknowledged_outlives_a_kill(self) -> None:
        self.save(self.laptop, "a", crc=99)
        self.call(f"{FILES}.SetVerified", clientId=self.laptop, name="a", verified=True)
        self.kill()
        self.assertTrue(self.file(self.laptop, "a")["verified"])

    def test_a_contact_can_be_recorded_at_any_time(self) -> None:
        later = "2999-01-10T12:00:00.000Z"
        self.call(f"{CLIENTS}.Touch", id=self.laptop, at=later)
        self.call(f"{CLIENTS}.Touch", id=self.laptop)
        self.assertEqual(self.client("laptop")["lastSeen"], later)

    def test_there_are_no_orphans_to_repair(self) -> None:
        for name in ("a", "b"):
            self.save(self.laptop, name)
        self.call(f"{CLIENTS}.Delete", id=self.laptop)
        self.kill()
        self.assertEqual(self.statistics()["files"], 0)
        self.assertEqual(self.call(f"{FILES}.List")["files"], [])
        self.assertEqual(self.found(), [])

    def test_stored_files_of_a_deleted_client_are_named_until_they_are_gone(self) -> None:
        self.save(self.laptop, "a", path="/1")
        self.save(self.laptop, "b", path="/2")
        self.call(f"{CLIENTS}.Delete", id=self.laptop)
        self.kill()
        self.assertEqual(sorted(self.removals()), ["/1", "/2"])
        ids = [each["id"] for each in self.call(f"{FILES}.ListRemovals")["removals"]]
        self.assertEqual(self.call(f"{FILES}.ConfirmRemovals", ids=ids)["confirmed"], 2)
        self.assertEqual(self.removals(), [])


if __name__ == "__main__":
    unittest.main()
