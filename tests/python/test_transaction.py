"""A block collects calls and sends them once."""

import unittest

from scripted_daemon import ScriptedDaemon
from served import ServedTest
from catalogd import Client, clients, errors, files


class Block(ServedTest):
    def client_names(self) -> list:
        return [client["name"] for client in self.catalog.call(clients.list())["clients"]]

    def test_all_operations_are_applied_and_their_replies_known_afterwards(self) -> None:
        client = self.saved()
        with self.catalog.transaction() as transaction:
            saved = transaction.add(files.save(client, {"name": "a", "path": "/srv/a"}))
            read = transaction.add(files.get(client_id=client, name="a"))
        self.assertEqual(read.reply["file"], saved.reply["file"])

    def test_a_block_that_raises_sends_nothing(self) -> None:
        with self.assertRaises(KeyError), self.catalog.transaction() as transaction:
            transaction.add(clients.save(name="a"))
            raise KeyError
        self.assertEqual(self.client_names(), [])

    def test_one_that_fails_undoes_all_and_is_the_cause(self) -> None:
        with self.assertRaises(errors.TransactionFailed) as failed:
            with self.catalog.transaction() as transaction:
                transaction.add(clients.save(name="a"))
                transaction.add(clients.delete("0" * 32))
        self.assertEqual(failed.exception.parameters["index"], 1)
        self.assertIsInstance(failed.exception.__cause__, errors.ClientNotFound)
        self.assertEqual(self.client_names(), [])

    def test_what_was_read_before_is_expected_to_be_so_still(self) -> None:
        client = self.saved()
        self.stored(client, "a")
        with self.assertRaises(errors.TransactionFailed) as failed:
            with self.catalog.transaction() as transaction:
                transaction.add(files.get(client_id=client, name="a"),
                                expect={"file": {"crc": 77}})
                transaction.add(files.delete(client, "a"))
        self.assertIsInstance(failed.exception.__cause__, errors.ExpectationFailed)
        self.assertEqual(self.names(client), ["a"])

    def test_one_that_may_fail_is_undone_alone(self) -> None:
        with self.catalog.transaction() as transaction:
            kept = transaction.add(clients.save(name="a"))
            refused = transaction.add(clients.delete("0" * 32), on_error="continue")
        self.assertTrue(kept.reply["created"])
        self.assertIsInstance(refused.error, errors.ClientNotFound)
        with self.assertRaises(errors.ClientNotFound):
            refused.reply

    def test_a_savepoint_is_kept_or_undone_as_a_whole(self) -> None:
        with self.catalog.transaction() as transaction:
            with transaction.savepoint() as kept:
                first = kept.add(clients.save(name="a"))
            with transaction.savepoint() as undone:
                second = undone.add(clients.save(name="b"))
                undone.add(clients.delete("0" * 32))
        self.assertTrue(first.reply["created"])
        self.assertIsInstance(second.error, errors.TransactionFailed)
        self.assertEqual(self.client_names(), ["a"])

    def test_a_reply_before_the_end_of_the_block_is_refused(self) -> None:
        with self.catalog.transaction() as transaction:
            saved = transaction.add(clients.save(name="a"))
            with self.assertRaises(errors.ProgrammingError):
                saved.reply

    def test_an_operation_with_an_id_of_its_own_is_refused(self) -> None:
        with self.assertRaises(errors.ProgrammingError), self.catalog.transaction() as transaction:
            transaction.add(clients.save(name="a", request_id="mine"))


class OnTheWire(unittest.TestCase):
    def test_a_block_is_one_call(self) -> None:
        with ScriptedDaemon({"parameters": {"results": [{}, {}]}}) as daemon:
            with Client(daemon.socket) as catalog, catalog.transaction() as transaction:
                transaction.add(clients.save(name="a"))
                transaction.add(clients.save(name="b"))
                self.assertEqual(daemon.calls, [])
            self.assertEqual(len(daemon.calls), 1)
            self.assertIsNotNone(daemon.request_ids[0])

    def test_an_empty_block_sends_nothing(self) -> None:
        with ScriptedDaemon() as daemon:
            with Client(daemon.socket) as catalog, catalog.transaction():
                pass
            self.assertEqual(daemon.connections, 0)


if __name__ == "__main__":
    unittest.main()
