"""A daemon that is killed and restarted under the client: every write happens once."""

import asyncio
import threading
import unittest

from served import ServedTest, SteppedClock
from catalogd import aio, clients, errors

WRITES = 60


class KilledUnderTheClient(ServedTest):
    def kill_and_restart(self, times: int, saving: threading.Thread) -> None:
        """While `saving` runs; each time when more of its writes are known to be there."""
        done = 0
        while saving.is_alive() and done < times:
            self.restart()
            done += 1
        self.assertGreater(done, 0)

    def test_each_client_is_created_exactly_once(self) -> None:
        created = []
        catalog_client = self.client(timeout=60)

        def save() -> None:
            for number in range(WRITES):
                reply = catalog_client.call(clients.save(name=f"c{number}"))
                created.append(reply["created"])
        saving = threading.Thread(target=save)
        saving.start()
        self.kill_and_restart(5, saving)
        saving.join()
        # A write that was applied twice would find its own client, under an id that it did not
        # ask for: NameTaken, or created false.
        self.assertEqual(created, [True] * WRITES)

    def test_a_pipeline_goes_on_where_it_was_cut(self) -> None:
        replies = []
        catalog_client = self.client(timeout=60)
        calls = [clients.save(name=f"c{number}") for number in range(2000)]
        saving = threading.Thread(target=lambda: replies.extend(catalog_client.pipeline(calls)))
        saving.start()
        self.kill_and_restart(5, saving)
        saving.join()
        self.assertEqual([reply["created"] for reply in replies], [True] * len(calls))

    def test_a_transaction_is_applied_once(self) -> None:
        catalog_client = self.client(timeout=60)
        saved = []

        def save() -> None:
            for number in range(WRITES):
                with catalog_client.transaction() as transaction:
                    saved.append([transaction.add(clients.save(name=f"{number}{part}"))
                                  for part in "ab"])
        saving = threading.Thread(target=save)
        saving.start()
        self.kill_and_restart(5, saving)
        saving.join()
        self.assertEqual({one.reply["created"] for both in saved for one in both}, {True})

    def test_the_client_for_asyncio_as_well(self) -> None:
        created = []

        async def save() -> None:
            async with aio.Client(str(self.daemon.socket), timeout=60) as client:
                replies = await client.pipeline(
                    clients.save(name=f"c{number}") for number in range(2000))
                created.extend(reply["created"] for reply in replies)
        saving = threading.Thread(target=asyncio.run, args=(save(),))
        saving.start()
        self.kill_and_restart(5, saving)
        saving.join()
        self.assertEqual(created, [True] * 2000)


class Away(ServedTest):
    """The daemon is down for some seconds of the client's own clock."""

    def setUp(self) -> None:
        super().setUp()
        self.clock = SteppedClock()
        self.catalog = self.client(clock=self.clock)

    def down_for(self, seconds: float) -> None:
        self.daemon.kill()
        self.clock.when(seconds, self.daemon.start)

    def test_three_seconds_are_waited_for(self) -> None:
        client = self.saved()
        self.down_for(3)
        self.stored(client, "a")
        self.assertEqual(self.names(client), ["a"])
        self.assertTrue(3 <= self.clock.now - 1000 < 4)

    def test_sixty_seconds_are_not_and_the_next_call_after_them_succeeds(self) -> None:
        client = self.saved()
        self.down_for(60)
        with self.assertRaises(errors.OperationalError):
            self.stored(client, "a")
        self.assertTrue(9 <= self.clock.now - 1000 <= 10)
        self.clock.sleep(51)
        self.stored(client, "b")
        self.assertIn("b", self.names(client))


if __name__ == "__main__":
    unittest.main()
