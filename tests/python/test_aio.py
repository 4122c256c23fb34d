"""The client for asyncio: the same calls and errors, one connection for all tasks."""

import asyncio
import unittest

from scripted_daemon import CLOSE, ScriptedDaemon
from served import ServedTest
from catalogd import aio, clients, errors, files, jobs, service

OK = {"parameters": {}}


class Tasks(ServedTest):
    def run_with(self, work):
        async def run():
            async with aio.Client(str(self.daemon.socket)) as client:
                return await work(client)
        return asyncio.run(run())

    def test_many_tasks_share_one_connection(self) -> None:
        async def work(catalog):
            await asyncio.gather(*(catalog.call(clients.save(name=f"c{number}"))
                                   for number in range(200)))
            return await catalog.call(clients.list(limit=1000))
        self.assertEqual(len(self.run_with(work)["clients"]), 200)

    def test_an_error_is_raised_as_its_class(self) -> None:
        with self.assertRaises(errors.ClientNotFound):
            self.run_with(lambda catalog: catalog.call(clients.get(name="nobody")))

    def test_a_stream_yields_every_page(self) -> None:
        self.stored(self.saved(), *(f"{number:03}" for number in range(25)))

        async def work(catalog):
            return [file["name"] async for page in catalog.stream(files.list(limit=4))
                    for file in page["files"]]
        self.assertEqual(self.run_with(work), [f"{number:03}" for number in range(25)])

    def test_a_stream_goes_on_when_the_daemon_is_restarted(self) -> None:
        self.stored(self.saved(), *(f"{number:03}" for number in range(200)))

        async def work(catalog):
            names = []
            async for page in catalog.stream(files.list(limit=1)):
                names += [file["name"] for file in page["files"]]
                if len(names) == 2:
                    self.restart()
            return names
        self.assertEqual(self.run_with(work), [f"{number:03}" for number in range(200)])

    def test_a_transaction_is_sent_when_its_block_ends(self) -> None:
        async def work(catalog):
            async with catalog.transaction() as transaction:
                saved = transaction.add(clients.save(name="a"))
            return saved.reply["created"]
        self.assertTrue(self.run_with(work))

    def test_a_cancelled_call_leaves_those_of_other_tasks_alone(self) -> None:
        async def work(catalog):
            await catalog.call(service.get_info())  # from here on a call is sent at once
            first = asyncio.ensure_future(catalog.call(clients.save(name="a")))
            second = asyncio.ensure_future(catalog.call(clients.save(name="b")))
            await asyncio.sleep(0)
            first.cancel()
            return (await second)["client"]["name"], await catalog.call(clients.list())
        name, page = self.run_with(work)
        self.assertEqual(name, "b")
        self.assertIn("b", [client["name"] for client in page["clients"]])


class OnTheWire(unittest.TestCase):
    def called(self, daemon, *calls, timeout=5.0):
        async def run():
            async with aio.Client(daemon.socket, timeout=timeout) as client:
                return [await client.call(call) for call in calls]
        return asyncio.run(run())

    def test_a_write_without_a_reply_is_sent_again_under_its_id(self) -> None:
        with ScriptedDaemon(CLOSE, OK) as daemon:
            self.called(daemon, clients.save(name="a"))
            self.assertEqual(len(daemon.calls), 2)
            self.assertEqual(len(set(daemon.request_ids)), 1)

    def test_tasks_that_come_at_once_open_one_connection(self) -> None:
        async def run(path):
            async with aio.Client(path) as client:
                await asyncio.gather(*(client.call(service.get_info()) for _ in range(20)))
        with ScriptedDaemon(*[OK] * 20) as daemon:
            asyncio.run(run(daemon.socket))
            self.assertEqual(daemon.connections, 1)

    def test_a_job_is_not_started_twice(self) -> None:
        with ScriptedDaemon(CLOSE, OK) as daemon, self.assertRaises(errors.OutcomeUnknown):
            self.called(daemon, jobs.run("vacuum"))
        self.assertEqual(len(daemon.calls), 1)

    def test_a_job_gets_a_connection_that_cannot_have_been_closed(self) -> None:
        with ScriptedDaemon(OK, OK, OK) as daemon:
            self.called(daemon, service.get_info(), jobs.run("vacuum"), service.get_info())
            self.assertEqual(daemon.connections, 2)

    def test_the_connection_before_it_is_closed_when_nothing_is_under_way_on_it(self) -> None:
        async def run(path):
            async with aio.Client(path) as client:
                await client.call(service.get_info())
                before = client._connection
                await client.call(jobs.run("vacuum"))
                return before.alive
        with ScriptedDaemon(OK, OK) as daemon:
            self.assertFalse(asyncio.run(run(daemon.socket)))

    def test_the_reply_of_a_cancelled_call_is_dropped_and_the_connection_goes_on(self) -> None:
        async def run(path):
            async with aio.Client(path) as client:
                await client.call(service.get_info())
                first = asyncio.ensure_future(client.call(clients.save(name="a")))
                await asyncio.sleep(0)
                first.cancel()
                await client.call(clients.save(name="b"))
        with ScriptedDaemon(OK, OK, OK) as daemon:
            asyncio.run(run(daemon.socket))
            self.assertEqual((daemon.connections, len(daemon.calls)), (1, 3))

    def test_a_reply_that_does_not_come_ends_in_the_time_of_the_call(self) -> None:
        for call, kind in ((service.get_info(), errors.DeadlineExceeded),
                           (clients.save(name="a"), errors.OutcomeUnknown)):
            with ScriptedDaemon(ScriptedDaemon.SILENCE) as daemon, self.assertRaises(kind):
                self.called(daemon, call, timeout=0.05)

    def test_what_is_no_daemon_is_an_interface_error(self) -> None:
        with ScriptedDaemon([]) as daemon, self.assertRaises(errors.InterfaceError):
            self.called(daemon, service.get_info())


if __name__ == "__main__":
    unittest.main()
