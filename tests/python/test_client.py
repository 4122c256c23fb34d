"""The synchronous client against the daemon."""

import os
import socket
import tempfile
import threading
import time
import unittest

from scripted_daemon import CLOSE, ScriptedDaemon
from served import ServedTest, SteppedClock
from catalogd import Client, admin, clients, errors, files, jobs, service
from catalogd.attempts import ConnectionLost
from catalogd.connection import Connection

OK = {"parameters": {}}


class Calls(ServedTest):
    def test_a_saved_client_is_found(self) -> None:
        saved = self.catalog.call(clients.save(name="laptop"))
        found = self.catalog.call(clients.get(name="laptop"))
        self.assertTrue(saved["created"])
        self.assertEqual(found["client"], saved["client"])

    def test_an_error_is_raised_as_its_class(self) -> None:
        with self.assertRaises(errors.ClientNotFound) as missing:
            self.catalog.call(clients.get(name="nobody"))
        self.assertEqual(missing.exception.parameters, {"name": "nobody"})
        with self.assertRaises(errors.InvalidValue):
            self.catalog.call(clients.save(name=""))

    def test_after_an_error_the_connection_goes_on(self) -> None:
        for _ in range(100):
            with self.assertRaises(errors.ClientNotFound):
                self.catalog.call(clients.get(name="nobody"))
        self.assertEqual(self.catalog.pool.idle, 1)

    def test_fifty_threads_share_a_client(self) -> None:
        client = self.saved()

        def save(thread: int) -> None:
            for number in range(20):
                self.stored(client, f"{thread}-{number}")
        threads = [threading.Thread(target=save, args=(number,)) for number in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(self.names(client)), 1000)
        self.assertLessEqual(self.catalog.pool.idle, 51)

    def test_more_threads_than_connections_all_finish(self) -> None:
        catalog = self.client(connections=2)
        threads = [threading.Thread(target=catalog.call, args=(clients.save(name=f"c{number}"),))
                   for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(catalog.call(clients.list())["clients"]), 20)
        self.assertLessEqual(catalog.pool.idle, 2)

    def test_a_forks_child_has_connections_and_ids_of_its_own(self) -> None:
        self.saved("before")
        child = os.fork()
        if child == 0:
            try:
                self.catalog.call(clients.save(name="from the child"))
                os._exit(0)
            finally:
                os._exit(1)
        self.saved("from the parent")
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)
        names = [one["name"] for one in self.catalog.call(clients.list())["clients"]]
        self.assertEqual(names, ["before", "from the child", "from the parent"])

    def test_idle_connections_to_a_daemon_that_has_ended_cost_one_attempt_together(self) -> None:
        clock = SteppedClock()
        catalog = self.client(clock=clock)
        self.catalog.pipeline([clients.save(name=name) for name in "abc"])
        streams = [catalog.stream(clients.list(limit=1)) for _ in range(20)]
        for read in (next, list):  # all of them under way, then all of them to their ends
            for stream in streams:
                read(stream)
        self.assertEqual(catalog.pool.idle, 20)
        self.restart()
        catalog.call(clients.save(name="d"))
        self.assertEqual(len(clock.slept), 1)

    def test_closing_leaves_no_descriptor_and_the_client_usable(self) -> None:
        before = len(os.listdir("/proc/self/fd"))
        self.saved("a")
        self.catalog.close()
        self.assertEqual(len(os.listdir("/proc/self/fd")), before)
        self.saved("b")


class ManyCalls(ServedTest):
    def test_a_pipeline_keeps_the_order(self) -> None:
        client = self.saved()
        calls = [files.save(client, {"name": "a", "path": f"/srv/{number}"})
                 for number in range(500)]
        replies = self.catalog.pipeline(calls)
        self.assertEqual([reply["file"]["path"] for reply in replies],
                         [f"/srv/{number}" for number in range(500)])

    def test_a_pipeline_of_large_calls_and_large_replies_does_not_block(self) -> None:
        client = self.saved()
        self.catalog.pipeline([files.save(client, {
            "name": f"{number}", "path": "/srv", "attributes": {"text": "x" * 60_000}})
            for number in range(100)])
        pages = self.catalog.pipeline([files.list(client_id=client)] * 100)
        self.assertEqual(len(pages), 100)
        self.assertGreater(sum(len(str(page)) for page in pages), 50_000_000)

    def test_a_refused_call_does_not_stop_those_behind_it(self) -> None:
        calls = [clients.save(name="a"), clients.save(name=""), clients.save(name="b")]
        first, refused, last = self.catalog.pipeline(calls, return_exceptions=True)
        self.assertIsInstance(refused, errors.InvalidValue)
        self.assertEqual((first["client"]["name"], last["client"]["name"]), ("a", "b"))
        with self.assertRaises(errors.InvalidValue):
            self.catalog.pipeline([clients.save(name="")])

    def test_no_calls_are_no_replies(self) -> None:
        self.assertEqual(self.catalog.pipeline([]), [])


class Streams(ServedTest):
    def test_a_list_streams_every_record_once(self) -> None:
        client = self.saved()
        self.stored(client, *(f"{number:03}" for number in range(25)))
        self.assertEqual(self.names(limit=4), [f"{number:03}" for number in range(25)])

    def test_a_stream_goes_on_behind_its_last_page_when_the_daemon_is_restarted(self) -> None:
        client = self.saved()
        self.stored(client, *(f"{number:03}" for number in range(200)))
        names = []
        for page in self.catalog.stream(files.list(limit=1)):
            names += [file["name"] for file in page["files"]]
            if len(names) == 2:
                self.restart()
        self.assertEqual(names, [f"{number:03}" for number in range(200)])

    def test_leaving_a_stream_early_closes_its_connection(self) -> None:
        self.stored(self.saved(), "a", "b", "c")
        stream = self.catalog.stream(files.list(limit=1))
        next(stream)
        idle = self.catalog.pool.idle
        stream.close()
        self.assertEqual(self.catalog.pool.idle, idle)
        self.assertEqual(self.names(), ["a", "b", "c"])

    def test_a_stream_that_is_read_to_its_end_leaves_its_connection_for_the_next_call(self) -> None:
        self.stored(self.saved(), "a", "b", "c")
        for _ in range(3):
            self.names(limit=1)
            self.assertEqual(self.catalog.pool.idle, 1)

    def test_a_slow_reader_has_the_time_of_a_call_for_each_reply(self) -> None:
        self.stored(self.saved(), *(f"{number:03}" for number in range(50)))
        clock = SteppedClock()
        for page in self.client(clock=clock).stream(files.list(limit=1)):
            clock.sleep(9)
        self.assertNotIn("next", page)

    def test_a_stream_of_one_reply_is_that_reply(self) -> None:
        self.assertEqual([page["clients"] for page in self.catalog.stream(clients.list())], [[]])


class OnTheWire(unittest.TestCase):
    def client(self, daemon: ScriptedDaemon, **options: object) -> Client:
        client = Client(daemon.socket, **{"clock": SteppedClock(), **options})
        self.addCleanup(client.close)
        return client

    def test_a_write_without_a_reply_is_sent_again_under_its_id(self) -> None:
        with ScriptedDaemon(CLOSE, CLOSE, OK) as daemon:
            self.client(daemon).call(clients.save(name="a"))
            self.assertEqual(len(daemon.calls), 3)
            self.assertEqual(len(set(daemon.request_ids)), 1)

    def test_request_ids_grow(self) -> None:
        with ScriptedDaemon(*[OK] * 300) as daemon:
            client = self.client(daemon)
            for _ in range(300):
                client.call(clients.save(name="a"))
            self.assertEqual(daemon.request_ids, sorted(set(daemon.request_ids)))

    def test_the_callers_own_id_is_kept(self) -> None:
        with ScriptedDaemon(OK) as daemon:
            self.client(daemon).call(clients.save(name="a", request_id="mine"))
            self.assertEqual(daemon.request_ids, ["mine"])

    def test_reads_have_no_id(self) -> None:
        with ScriptedDaemon(OK) as daemon:
            self.client(daemon).call(service.get_info())
            self.assertEqual(daemon.request_ids, [None])

    def test_a_job_is_not_started_twice(self) -> None:
        with ScriptedDaemon(CLOSE, OK) as daemon, self.assertRaises(errors.OutcomeUnknown):
            self.client(daemon).call(jobs.run("vacuum"))
        self.assertEqual(len(daemon.calls), 1)

    def test_a_stream_that_cannot_go_on_is_not_begun_again(self) -> None:
        part = {"parameters": {"data": "", "offset": 0, "bytes": 9}, "continues": True}
        with ScriptedDaemon(part, CLOSE, OK) as daemon:
            stream = self.client(daemon).stream(admin.read_backup("b"))
            self.assertEqual(next(stream)["offset"], 0)
            self.assertRaises(errors.Unavailable, next, stream)
        self.assertEqual(len(daemon.calls), 1)

    def test_a_call_that_did_not_go_out_was_not_sent(self) -> None:
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
            listening.bind(f"{folder}/socket")
            listening.listen()
            deadline = time.monotonic() + 5
            connection = Connection(f"{folder}/socket", deadline, time)
            self.addCleanup(connection.close)
            listening.accept()[0].close()
            with self.assertRaises(ConnectionLost) as lost:
                connection.send(b"{}\0", deadline)
        self.assertFalse(lost.exception.sent)

    def test_no_more_calls_are_under_way_than_the_daemon_takes(self) -> None:
        with ScriptedDaemon(*[ScriptedDaemon.SILENCE] * 200) as daemon:
            with self.assertRaises(errors.OutcomeUnknown):
                self.client(daemon, clock=time).pipeline([clients.save(name="a")] * 200,
                                                         timeout=0.2)
            self.assertLessEqual(len(daemon.calls), 64)

    def test_a_job_does_not_go_to_a_connection_that_may_have_been_closed(self) -> None:
        with ScriptedDaemon(OK, OK) as daemon:
            client = self.client(daemon)
            client.call(service.get_info())
            client.call(jobs.run("vacuum"))
            self.assertEqual(daemon.connections, 2)

    def test_a_pipeline_sends_again_only_what_was_not_answered(self) -> None:
        with ScriptedDaemon(OK, CLOSE, OK, OK) as daemon:
            self.client(daemon).pipeline([clients.save(name=name) for name in "abc"])
            sent = [call["parameters"]["name"] for call in daemon.calls]
            self.assertEqual(sent, ["a", "b", "b", "c"])
            self.assertEqual(daemon.request_ids[1], daemon.request_ids[2])

    def test_what_is_no_daemon_is_an_interface_error(self) -> None:
        with ScriptedDaemon([]) as daemon, self.assertRaises(errors.InterfaceError):
            self.client(daemon).call(service.get_info())

    def test_a_reply_that_does_not_come_ends_in_the_time_of_the_call(self) -> None:
        for call, kind in ((service.get_info(), errors.DeadlineExceeded),
                           (clients.save(name="a"), errors.OutcomeUnknown)):
            for never in (ScriptedDaemon.SILENCE, ScriptedDaemon.ENDLESS):
                with ScriptedDaemon(never) as daemon, self.assertRaises(kind):
                    self.client(daemon, clock=time).call(call, timeout=0.05)

    def test_the_call_says_how_long_it_may_take(self) -> None:
        with ScriptedDaemon(OK, OK) as daemon:
            client = self.client(daemon)
            client.call(service.get_info(), timeout=2)
            client.call(service.get_info())
            self.assertEqual([call["io.catalogd.timeoutMs"] for call in daemon.calls],
                             [1800, 9000])

    def test_no_daemon_at_all_is_unavailable(self) -> None:
        clock = SteppedClock()
        with self.assertRaises(errors.Unavailable) as away:
            Client("/nowhere/socket", clock=clock).call(service.get_info())
        self.assertIn("/nowhere/socket: No such file", str(away.exception))
        self.assertTrue(9 <= sum(clock.slept) <= 10)


if __name__ == "__main__":
    unittest.main()
