"""The old module's calls that browse and edit tables."""

import sqlite3
import unittest

from drop_in import (AES_KEY, ALICE, BOB, MODIFIED, NOBODY, PUBLIC_KEY, SAVED_AT, AnsweredTest,
                     DropInTest, reply)
from catalogd import compat, files

HEX = ALICE.hex()
COLUMNS = [{"name": "ID", "type": "TEXT", "notNull": True, "primaryKey": True},
           {"name": "Name", "type": "TEXT", "notNull": True, "primaryKey": False,
            "defaultValue": "'x'"},
           {"name": "PublicKey", "type": "BLOB", "notNull": False, "primaryKey": False}]
ALICES_ROW = {"cells": [{"text": HEX}, {"bytes": "AAE="}]}


class BrowsingTest(AnsweredTest):
    def manager(self, *replies: dict) -> compat.DatabaseManager:
        return super().manager(*map(reply, replies))


class Browsing(BrowsingTest):
    def test_table_names_are_a_list(self) -> None:
        self.assertEqual(self.manager({"tables": ["clients", "files"]}).get_table_names(),
                         ["clients", "files"])

    def test_a_schema_is_as_pragma_table_info_has_it(self) -> None:
        self.assertEqual(self.manager({"columns": COLUMNS}).get_table_schema("clients"), [
            {"cid": 0, "name": "ID", "type": "TEXT", "notnull": True, "default": None,
             "pk": True},
            {"cid": 1, "name": "Name", "type": "TEXT", "notnull": True, "default": "'x'",
             "pk": False},
            {"cid": 2, "name": "PublicKey", "type": "BLOB", "notnull": False, "default": None,
             "pk": False}])

    def test_content_shows_bytes_as_hex_and_null_as_nothing(self) -> None:
        database = self.manager(
            {"columns": ["ID", "PublicKey"], "rows": [ALICES_ROW], "next": "1"},
            {"columns": ["ID", "PublicKey"], "rows": [{"cells": [{}, {"int": 1}]}]})
        self.assertEqual(database.get_table_content("clients"), (
            ["ID", "PublicKey"], [{"ID": HEX, "PublicKey": "0001"}, {"ID": "", "PublicKey": 1}]))

    def test_a_number_without_a_fraction_is_a_float_where_it_was_one(self) -> None:
        database = self.manager({"columns": ["n"], "rows": [{"cells": [{"float": 1}]}]})
        self.assertIsInstance(database.get_table_content("files")[1][0]["n"], float)

    def test_content_ends_after_a_thousand_rows_and_says_so(self) -> None:
        database = self.manager({"columns": ["n"], "next": "1",
                                 "rows": [{"cells": [{"int": number}]} for number in range(1000)]})
        with self.assertLogs("catalogd.compat", "WARNING"):
            self.assertEqual(len(database.get_table_content("files")[1]), 1000)

    def test_a_row_is_found_by_a_key_in_hex(self) -> None:
        for column, key, cell in (("ID", HEX, {"text": HEX}), ("ID", ALICE, {"text": HEX}),
                                  ("PublicKey", "0001", {"bytes": "AAE="}),
                                  ("Name", "alice", {"text": "alice"})):
            database = self.manager({"columns": COLUMNS}, {
                "columns": ["ID", "PublicKey", "Name"], "truncated": False,
                "rows": [{"cells": [*ALICES_ROW["cells"], {}]}]})
            self.assertEqual(database.get_row_by_primary_key("clients", column, key),
                             {"ID": HEX, "PublicKey": "0001", "Name": None})
            self.assertEqual(self.parameters(1)["parameters"], [cell])

    def test_a_row_that_is_not_there_is_none(self) -> None:
        database = self.manager({"columns": COLUMNS},
                                {"columns": ["ID"], "rows": [], "truncated": False})
        self.assertIsNone(database.get_row_by_primary_key("clients", "ID", HEX))

    def test_a_column_that_is_not_there_never_reaches_sql(self) -> None:
        database = self.manager({"columns": COLUMNS})
        with self.assertRaises(sqlite3.ProgrammingError):
            database.get_row_by_primary_key("clients", "ID = 1; --", HEX)
        self.assertEqual(len(self.peer.calls), 1)

    def test_a_key_that_is_not_hex_is_an_error(self) -> None:
        for column in ("ID", "PublicKey"):
            self.assertRaises(ValueError,
                              self.manager({"columns": COLUMNS}).get_row_by_primary_key,
                              "clients", column, "zz")


class Sql(BrowsingTest):
    ROWS = {"columns": ["a", "b"], "truncated": False,
            "rows": [{"cells": [{"int": 1}, {"bytes": "AAE="}]}, {"cells": [{}, {"text": ""}]}]}

    def test_one_row_is_a_tuple_and_all_are_a_list(self) -> None:
        database = self.manager(self.ROWS, self.ROWS)
        self.assertEqual(database.execute("SELECT 1", fetchone=True), (1, b"\0\1"))
        self.assertEqual(database.execute("SELECT 1", fetchall=True), [(1, b"\0\1"), (None, "")])

    def test_no_rows_are_none_or_an_empty_list(self) -> None:
        none = {**self.ROWS, "rows": []}
        database = self.manager(none, none, self.ROWS)
        self.assertIsNone(database.execute("SELECT 1", fetchone=True))
        self.assertEqual(database.execute("SELECT 1", fetchall=True), [])
        self.assertIsNone(database.execute("SELECT 1"))

    def test_parameters_are_cells(self) -> None:
        self.manager(self.ROWS).execute("SELECT ?", (1, 1.5, "a", b"\0\1", None, True, ALICE),
                                        fetchall=True)
        self.assertEqual(self.parameters()["parameters"], [
            {"int": 1}, {"float": 1.5}, {"text": "a"}, {"bytes": "AAE="}, {}, {"int": 1},
            {"text": HEX}])

    def test_rows_are_never_cut_in_silence(self) -> None:
        cut = {**self.ROWS, "truncated": True}
        database = self.manager(cut, cut)
        self.assertRaises(sqlite3.ProgrammingError, database.execute, "SELECT 1", fetchall=True)
        self.assertEqual(database.execute("SELECT 1", fetchone=True), (1, b"\0\1"))

    def test_a_transaction_reads_with_a_cursor(self) -> None:
        database = self.manager(self.ROWS)
        with database.transaction() as transaction:
            cursor = transaction.execute("SELECT 1")
        self.assertEqual((cursor.fetchone(), list(cursor)), ((1, b"\0\1"), [(None, "")]))


class Editing(DropInTest):
    def setUp(self) -> None:
        super().setUp()
        self.alice()
        self.save("a.txt", crc=77)
        self.file = self.database.catalog.call(
            files.get(client_id=HEX, name="a.txt"))["file"]["id"]

    def edit(self, table: str, key: str, **columns: object) -> bool:
        return self.database.update_table_row(table, "ID", key, columns)

    def test_a_client_is_renamed_and_its_key_changed_or_cleared(self) -> None:
        self.assertIs(self.edit("clients", HEX, Name="alicia", PublicKey=("71" * 160)), True)
        self.assertEqual(self.database.get_client_by_id(ALICE)[1:3], ("alicia", b"q" * 160))
        self.assertIs(self.edit("clients", HEX, PublicKey=None), True)
        self.assertEqual(self.database.get_client_by_id(ALICE)[2], None)

    def test_a_client_is_seen_later_but_never_back_in_time(self) -> None:
        self.assertIs(self.edit("clients", HEX, LastSeen="2999-01-01T00:00:00Z"), True)
        with self.assertRaises(sqlite3.IntegrityError):
            self.edit("clients", HEX, Name="x", LastSeen=SAVED_AT)
        self.assertEqual(self.database.get_client_by_id(ALICE)[1::2],
                         ("alice", "2999-01-01T00:00:00.000Z"))

    def test_a_files_figures_are_changed_and_the_others_kept(self) -> None:
        self.assertIs(self.edit("files", self.file, Verified=1), True)
        self.assertIs(self.edit("files", self.file, CRC=78, FileSize=6), True)
        self.assertEqual(self.database.get_file_info(HEX, "a.txt"), {
            "filename": "a.txt", "path": "received_files/a.txt", "verified": True,
            "client": "alice", "size": 6, "date": MODIFIED, "crc": 78})

    def test_a_row_that_is_not_there_is_false(self) -> None:
        for table, columns in (("clients", {"Name": "x"}), ("files", {"Verified": True})):
            self.assertIs(self.edit(table, NOBODY.hex(), **columns), False)
            self.assertIs(self.database.delete_table_row(table, "ID", NOBODY.hex()), False)

    def test_columns_that_no_call_covers_are_refused_and_nothing_changes(self) -> None:
        for table, key, columns in (
                ("clients", HEX, {"Name": "x", "AESKey": "00" * 32}), ("clients", HEX, {"ID": "0"}),
                ("clients", HEX, {"Name": None}), ("clients", HEX, {}),
                ("clients", HEX, {"Name = 'pwn', LastSeen": "x"}),
                ("files", self.file, {"PathName": "/etc/passwd"}),
                ("files", self.file, {"ClientID": HEX}), ("files", self.file, {"CRC": None}),
                ("metrics_history", "1", {"value": 1}), ("clients); --", "1", {"Name": "x"})):
            with self.subTest(columns), self.assertRaises(sqlite3.ProgrammingError):
                self.edit(table, key, **columns)
        self.assertEqual(self.database.get_client_by_id(ALICE)[1:5:3], ("alice", AES_KEY))

    def test_a_name_that_is_taken_leaves_no_lock_and_nothing_changed(self) -> None:
        self.database.save_client_to_db(BOB, "bob", PUBLIC_KEY, None)
        with self.assertRaises(sqlite3.IntegrityError):
            self.edit("clients", HEX, Name="bob")
        self.save("b.txt")

    def test_rows_are_deleted_by_their_keys(self) -> None:
        self.assertIs(self.database.delete_table_row("files", "ID", self.file), True)
        self.assertEqual(self.database.get_all_files(), [])
        self.assertIs(self.database.delete_table_row("clients", "Name", "alice"), True)
        self.assertEqual(self.database.get_all_clients(), [])

    def test_other_rows_and_other_keys_are_refused(self) -> None:
        for table, column in (("metrics_history", "id"), ("clients", "LastSeen"),
                              ("files", "FileName")):
            self.assertRaises(sqlite3.ProgrammingError, self.database.delete_table_row, table,
                              column, "x")

    def test_a_record_that_took_the_place_of_the_one_shown_is_left_alone(self) -> None:
        shown = self.database._file("ID", self.file)
        self.save("a.txt", path="another/path")
        with self.assertRaises(sqlite3.IntegrityError):
            self.database._changed(shown, [files.delete(HEX, "a.txt")])
        self.assertEqual(len(self.database.get_all_files()), 1)


if __name__ == "__main__":
    unittest.main()
