"""The old module's calls about files, compared with what legacy callers expect."""

import unittest

from drop_in import ALICE, BOB, MODIFIED, NOBODY, SAVED_AT, DropInTest, reply
from scripted_daemon import CLOSE, ScriptedDaemon
from catalogd import compat

HEX = "000102030405060708090a0b0c0d0e0f"


class Files(DropInTest):
    def setUp(self) -> None:
        super().setUp()
        self.alice()

    def test_saving_returns_none(self) -> None:
        self.assertIsNone(self.database.save_file_info_to_db(
            ALICE, "a.txt", "received_files/a.txt", False, 5, SAVED_AT, 77))

    def test_a_file_is_found_with_all_that_is_known(self) -> None:
        self.save("a.txt", crc=77)
        self.assertEqual(self.database.get_file_info(HEX, "a.txt"), {
            "filename": "a.txt", "path": "received_files/a.txt", "verified": False,
            "client": "alice", "size": 5, "date": MODIFIED, "crc": 77})

    def test_what_is_not_there_is_none(self) -> None:
        self.assertIsNone(self.database.get_file_info(HEX, "a.txt"))
        self.assertIsNone(self.database.get_file_info(NOBODY.hex(), "a.txt"))

    def test_an_upload_and_its_check_are_one_verified_record(self) -> None:
        self.save("a.txt", crc=77)
        self.save("a.txt", verified=True)
        self.assertEqual(self.database.get_total_files_count(), 1)
        info = self.database.get_file_info(HEX, "a.txt")
        self.assertEqual((info["verified"], info["crc"], info["size"]), (True, 77, 5))

    def test_an_aborted_transfer_unverifies_and_keeps_what_is_known(self) -> None:
        self.save("a.txt", verified=True, crc=77)
        self.database.save_file_info_to_db(ALICE, "a.txt", "received_files/a.txt", False, 0, "",
                                           None)
        self.assertEqual(self.database.get_file_info(HEX, "a.txt"), {
            "filename": "a.txt", "path": "received_files/a.txt", "verified": False,
            "client": "alice", "size": 5, "date": MODIFIED, "crc": 77})

    def test_an_empty_file_has_size_0(self) -> None:
        self.save("empty", size=0)
        self.assertEqual(self.database.get_file_info(HEX, "empty")["size"], 0)

    def test_the_files_of_a_client_are_tuples_or_dictionaries(self) -> None:
        self.save("b.txt", verified=True)
        self.save("a.txt")
        self.assertEqual(self.database.get_client_files(ALICE), [
            ("a.txt", "received_files/a.txt", 0), ("b.txt", "received_files/b.txt", 1)])
        self.assertEqual(self.database.get_files_for_client(HEX), [
            {"filename": "a.txt", "path": "received_files/a.txt", "verified": False},
            {"filename": "b.txt", "path": "received_files/b.txt", "verified": True}])

    def test_a_client_that_is_not_there_has_no_files(self) -> None:
        self.assertEqual(self.database.get_client_files(NOBODY), [])
        self.assertEqual(self.database.get_files_for_client(NOBODY.hex()), [])

    def test_all_files_have_their_clients_name_and_bytes(self) -> None:
        self.save("a.txt")
        self.assertEqual(self.database.get_all_files(), [
            {"filename": "a.txt", "path": "received_files/a.txt", "verified": False,
             "client": "alice", "size": 5, "date": MODIFIED, "client_id": ALICE}])

    def test_more_files_than_a_page_are_all_listed(self) -> None:
        with self.database.transaction() as transaction:
            for number in range(2500):
                transaction.save_file_info_to_db(ALICE, f"{number:04}", "/x", False, 1, SAVED_AT)
        names = [file["filename"] for file in self.database.get_all_files()]
        self.assertEqual(names, [f"{number:04}" for number in range(2500)])

    def test_verification_is_true_where_the_file_is_there(self) -> None:
        self.save("a.txt", crc=77)
        self.assertIs(self.database.update_file_verification(HEX, "a.txt", True, 78), True)
        info = self.database.get_file_info(HEX, "a.txt")
        self.assertEqual((info["verified"], info["crc"]), (True, 78))
        self.assertIs(self.database.update_file_verification(HEX, "b.txt", True, 78), False)

    def test_deleting_is_true_where_the_file_was_there(self) -> None:
        self.save("a.txt")
        self.save("b.txt")
        self.assertIs(self.database.delete_file(HEX, "a.txt"), True)
        self.assertIs(self.database.delete_file_record(ALICE, "b.txt"), True)
        self.assertEqual(self.database.get_all_files(), [])
        self.assertIs(self.database.delete_file(HEX, "a.txt"), False)
        self.assertIs(self.database.delete_file_record(ALICE, "b.txt"), False)

    def test_a_file_of_nobody_is_refused(self) -> None:
        with self.assertRaises(compat.IntegrityError):
            self.save("a.txt", client=BOB)

    def test_identifiers_that_are_none_are_an_error_and_not_an_empty_answer(self) -> None:
        for value in ("", "zz", "00" * 15, "00" * 17, None, 16):
            with self.subTest(value=value):
                for call in (self.database.get_files_for_client,
                             lambda one: self.database.get_file_info(one, "a"),
                             lambda one: self.database.delete_file(one, "a")):
                    self.assertRaises(ValueError, call, value)

    def test_values_that_no_file_has_are_refused(self) -> None:
        for size, date, crc in ((2 ** 63, SAVED_AT, None), (-1, SAVED_AT, None),
                                ("5", SAVED_AT, None), (5, "yesterday", None),
                                (5, SAVED_AT, 2 ** 32), (5, SAVED_AT, -1), (5, SAVED_AT, 1.5)):
            with self.subTest(size=size, date=date, crc=crc), self.assertRaises(ValueError):
                self.database.save_file_info_to_db(ALICE, "a", "/a", False, size, date, crc)
        self.assertEqual(self.database.get_total_files_count(), 0)

    def test_every_way_in_which_the_old_server_wrote_a_time_is_taken(self) -> None:
        for text in (SAVED_AT, "2025-01-10 13:00:00", "2025-01-10T12:00:00+00:00Z",
                     "2025-01-10T12:00:00.000000+00:00", "2025-01-10T12:00:00Z", MODIFIED):
            self.database.save_file_info_to_db(ALICE, "a", "/a", False, 5, text)
            self.assertEqual(self.database.get_file_info(HEX, "a")["date"], MODIFIED, text)


class Search(DropInTest):
    def setUp(self) -> None:
        super().setUp()
        self.alice()
        self.save("report_1.TXT", size=10, verified=True, crc=7)
        self.save("ärger%.doc", size=2000)

    def names(self, **filters) -> list:
        return [file["filename"] for file in self.database.search_files_advanced(**filters)]

    def test_what_is_found_has_all_that_is_known(self) -> None:
        self.assertEqual(self.database.search_files_advanced("report"), [{
            "filename": "report_1.TXT", "path": "received_files/report_1.TXT", "size": 10,
            "date": MODIFIED, "verified": True, "crc": 7, "client": "alice", "category": None,
            "mime_type": None, "extension": "txt", "transfer_duration": None,
            "transfer_speed": None}])

    def test_every_filter_filters(self) -> None:
        for filters in ({"search_term": "REPORT"}, {"search_term": "_1"}, {"file_type": ".txt"},
                        {"file_type": "txt"}, {"max_size": 10}, {"verified_only": True}):
            with self.subTest(filters):
                self.assertEqual(self.names(**filters), ["report_1.TXT"])
        for filters in ({"search_term": "ÄRGER"}, {"search_term": "%"}, {"min_size": 11}):
            with self.subTest(filters):
                self.assertEqual(self.names(**filters), ["ärger%.doc"])

    def test_dates_include_their_whole_day(self) -> None:
        self.assertEqual(len(self.names(date_from="2025-01-10", date_to="2025-01-10")), 2)
        self.assertEqual(self.names(date_from="2025-01-11"), [])
        self.assertEqual(self.names(date_to="2025-01-10T12:59:59"), [])

    def test_a_clients_name_in_part_is_enough(self) -> None:
        self.assertEqual(len(self.names(client_name="LIC")), 2)
        self.assertEqual(self.names(client_name="bob"), [])

    def test_the_newest_come_first_and_at_most_a_thousand(self) -> None:
        with self.database.transaction() as transaction:
            for number in range(1001):
                date = f"2025-02-01T00:{number // 60:02}:{number % 60:02}Z"
                transaction.save_file_info_to_db(ALICE, f"n{number}", "/x", False, 1, date)
        with self.assertLogs("catalogd.compat", "WARNING"):
            found = self.names()
        self.assertEqual((len(found), found[0], found[-1]), (1000, "n1000", "n1"))

    def test_pages_that_hold_less_than_they_might_are_cut_at_a_thousand_as_well(self) -> None:
        found = {"id": "", "clientId": "", "clientName": "", "name": "", "path": "",
                 "verified": True}
        page = reply({"files": [found] * 600, "next": "x"}, continues=True)
        with ScriptedDaemon(page, page, CLOSE) as daemon, self.assertLogs("catalogd.compat"):
            database = compat.DatabaseManager(socket=daemon.socket)
            self.assertEqual(len(database.search_files_advanced("a")), 1000)

    def test_nothing_found_is_an_empty_list(self) -> None:
        self.assertEqual(self.names(search_term="nothing"), [])


if __name__ == "__main__":
    unittest.main()
