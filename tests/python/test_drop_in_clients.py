"""The old module's calls about clients, compared with what legacy callers expect."""

import unittest

from drop_in import AES_KEY, ALICE, BOB, NOBODY, PUBLIC_KEY, DropInTest
from catalogd import compat

ANY_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


class Clients(DropInTest):
    def seen(self, client: bytes = ALICE) -> str:
        return self.database.get_client_by_id(client)[3]

    def test_saving_returns_none(self) -> None:
        self.assertIsNone(self.database.save_client_to_db(ALICE, "alice", PUBLIC_KEY, AES_KEY))

    def test_loading_gives_tuples_of_id_name_key_and_last_seen(self) -> None:
        self.alice()
        self.database.save_client_to_db(BOB, "bob", None, None)
        rows = self.database.load_clients_from_db()
        self.assertEqual([row[:3] for row in rows],
                         [(ALICE, "alice", PUBLIC_KEY), (BOB, "bob", None)])
        self.assertRegex(rows[0][3], ANY_TIME)

    def test_a_client_is_found_by_id_and_by_name(self) -> None:
        self.alice()
        row = (ALICE, "alice", PUBLIC_KEY, self.seen(), AES_KEY)
        self.assertEqual(self.database.get_client_by_id(ALICE), row)
        self.assertEqual(self.database.get_client_by_name("alice"), row)

    def test_a_client_without_keys_has_none(self) -> None:
        self.database.save_client_to_db(BOB, "bob", None, None)
        self.assertEqual(self.database.get_client_by_id(BOB), (BOB, "bob", None, self.seen(BOB),
                                                               None))

    def test_a_client_that_is_not_there_is_none(self) -> None:
        self.assertIsNone(self.database.get_client_by_id(NOBODY))
        self.assertIsNone(self.database.get_client_by_name("nobody"))

    def test_all_clients_are_dictionaries_with_hex_ids(self) -> None:
        self.alice()
        self.assertEqual(self.database.get_all_clients(), [
            {"id": "000102030405060708090a0b0c0d0e0f", "name": "alice",
             "last_seen": self.seen()}])

    def test_no_clients_are_empty_lists(self) -> None:
        self.assertEqual(self.database.load_clients_from_db(), [])
        self.assertEqual(self.database.get_all_clients(), [])

    def test_more_clients_than_a_page_are_all_listed(self) -> None:
        self.database.bulk_insert_clients([{"name": f"c{number:04}"} for number in range(1500)])
        self.assertEqual(len(self.database.get_all_clients()), 1500)

    def test_an_update_changes_what_is_given_and_is_no_sign_of_life(self) -> None:
        self.alice()
        before = self.seen()
        self.assertIs(self.database.update_client(ALICE, name="alicia"), True)
        self.assertIs(self.database.update_client(ALICE, public_key=b"q" * 160), True)
        self.assertEqual(self.database.get_client_by_id(ALICE),
                         (ALICE, "alicia", b"q" * 160, before, AES_KEY))

    def test_updating_nobody_is_false(self) -> None:
        self.assertIs(self.database.update_client(NOBODY, name="x"), False)

    def test_deleting_is_true_and_takes_the_files_along(self) -> None:
        self.alice()
        self.save("a.txt")
        self.assertIs(self.database.delete_client(ALICE), True)
        self.assertIsNone(self.database.get_client_by_id(ALICE))
        self.assertEqual(self.database.get_all_files(), [])

    def test_deleting_nobody_is_false(self) -> None:
        self.assertIs(self.database.delete_client(NOBODY), False)

    def test_saving_a_client_again_keeps_its_files_and_the_keys_left_out(self) -> None:
        self.alice()
        for number in range(20):
            self.save(f"{number}.txt")
        self.database.save_client_to_db(ALICE, "alice", None, None)
        self.assertEqual(len(self.database.get_client_files(ALICE)), 20)
        self.assertEqual(self.database.get_client_by_id(ALICE)[4], AES_KEY)

    def test_a_name_that_another_client_has_is_refused(self) -> None:
        self.alice()
        with self.assertRaises(compat.IntegrityError):
            self.database.save_client_to_db(BOB, "alice", None, None)
        self.database.save_client_to_db(BOB, "bob", None, None)
        with self.assertRaises(compat.IntegrityError):
            self.database.update_client(BOB, name="alice")
        self.assertEqual(self.database.get_client_by_name("alice")[0], ALICE)

    def test_many_clients_are_counted_exactly(self) -> None:
        self.alice()
        result = self.database.bulk_insert_clients([
            {"id": BOB, "name": "bob", "public_key": PUBLIC_KEY, "aes_key": AES_KEY},
            {"name": "carol"}, {"id": None, "name": "dave"}, {"name": "alice"}])
        self.assertEqual(result, {"success": True, "error": None,
                                  "data": {"inserted": 3, "attempted": 4, "skipped": 1}})
        self.assertEqual(self.database.get_client_by_id(BOB)[2], PUBLIC_KEY)

    def test_no_clients_at_all_are_inserted_with_success(self) -> None:
        self.assertEqual(self.database.bulk_insert_clients([])["data"],
                         {"inserted": 0, "attempted": 0, "skipped": 0})

    def test_more_than_one_call_takes_are_inserted_all_or_none(self) -> None:
        many = [{"name": f"c{number:05}"} for number in range(10_001)]
        with self.assertRaises(ValueError):
            self.database.bulk_insert_clients([*many, {"name": ""}])
        self.assertEqual(self.database.get_all_clients(), [])
        self.assertEqual(self.database.bulk_insert_clients(many)["data"]["inserted"], 10_001)

    def test_values_that_no_client_has_are_refused(self) -> None:
        save = self.database.save_client_to_db
        for arguments in ((b"short", "a", None, None), (None, "a", None, None),
                          (ALICE, "", None, None), (ALICE, "a" * 256, None, None),
                          (ALICE, "a\n", None, None), (ALICE, "a", b"short", None),
                          (ALICE, "a", None, b"short"), (ALICE, "a", "text", None)):
            with self.subTest(arguments), self.assertRaises(ValueError):
                save(*arguments)
        self.assertEqual(self.database.get_all_clients(), [])

    def test_no_error_shows_a_key(self) -> None:
        for key in (b"SECRET" * 6, "SECRET"):
            with self.assertRaises(ValueError) as refused:
                self.database.save_client_to_db(ALICE, "a", None, key)
            self.assertNotIn("SECRET", str(refused.exception))


if __name__ == "__main__":
    unittest.main()
