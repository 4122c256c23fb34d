"""The configuration read again while the daemon runs: by a signal, and by a call."""

import os
import signal
import unittest

import schemas
from harness import NOBODY, DaemonTest, ManagedTest
from varlink import CallFailed, Connection
from websocket import Http

RELOAD = "io.catalogd.Admin.Reload"


class ReloadTest(DaemonTest):
    def setUp(self) -> None:
        super().setUp()
        self.daemon.configure("log:\n  level: info\n")

    def know_the_schemas_of(self, address: str) -> None:
        peer = Http(address)
        schemas.ask_for_all(peer)
        peer.close()

    def level(self) -> str:
        settings = self.connect().call("io.catalogd.Admin.ListSettings")["settings"]
        return next(one["value"] for one in settings if one["name"] == "log.level")


class Call(ReloadTest):
    def test_a_file_that_is_right_is_in_force(self) -> None:
        self.daemon.start()
        self.daemon.configure("log: {level: error}\nreaders: {count: 9}\n")
        reply = self.connect().call(RELOAD)
        self.assertEqual(reply, {"changed": ["readers.count", "log.level"],
                                 "needRestart": ["readers.count"]})
        self.assertEqual(self.level(), "error")

    def test_a_file_that_is_not_right_changes_nothing_and_says_all_that_is_wrong(self) -> None:
        self.daemon.start()
        for text, wrong in (("log: {level: error}\nreaders: {count: 1}\nmoon: {}\n", 2),
                            ("log: {level: error}\naccess: {read: [user:no-such-user]}\n", 1),
                            ("log: {level: error}\n\tx", 1), ("log: {level: error}\n\0", 1),
                            ("limits: {frame: 2MiB}\nwriter: {queue_bytes: 1MiB}\n", 1)):
            self.daemon.configure(text)
            with self.assertRaises(CallFailed) as refused:
                self.connect().call(RELOAD)
            self.assertEqual(refused.exception.name, "ConfigurationInvalid")
            problems = refused.exception.parameters["problems"]
            self.assertEqual(len(problems), wrong, problems)
            self.assertTrue(problems[0].startswith(self.daemon.arguments[1] + ":"), problems)
            self.assertEqual(self.level(), "info")

    def test_what_came_of_it_is_an_event(self) -> None:
        address = self.daemon.serve_http()
        self.daemon.start()
        self.know_the_schemas_of(address)
        events = self.connect().stream("io.catalogd.Health.Watch",
                                       types=["io.catalogd.configuration.*"])
        self.assertEqual(next(events)["event"]["type"], "io.catalogd.snapshot")
        self.daemon.configure("readers: {count: 9}\n")
        self.connect().call(RELOAD)
        read = next(events)["event"]
        self.assertEqual(read["data"], {"changed": ["readers.count"],
                                        "needRestart": ["readers.count"]})
        self.daemon.configure("moon: {}\n")
        self.assertRaises(CallFailed, self.connect().call, RELOAD)
        refused = next(events)["event"]
        self.assertEqual(refused["type"], "io.catalogd.configuration.refused")
        self.assertRegex(refused["data"]["problems"][0], ":1:1: moon: unknown section$")

    def test_what_the_file_sets_no_more_has_the_catalogs_value(self) -> None:
        self.daemon.configure("")
        self.daemon.start()
        self.connect().call("io.catalogd.Admin.SetSetting", name="log.level", value="debug")
        self.daemon.configure("log: {level: error}\n")
        self.connect().call(RELOAD)
        self.assertEqual(self.level(), "error")
        self.daemon.configure("")
        self.connect().call(RELOAD)
        self.assertEqual(self.level(), "debug")

    @unittest.skipUnless(os.geteuid() == 0, "only root has peers of other users")
    def test_who_may_do_what_changes_for_open_connections_too(self) -> None:
        self.daemon.configure(f"socket: {{mode: '0666'}}\naccess: {{read: ['user:{NOBODY}']}}\n")
        self.folder.chmod(0o755)
        self.daemon.start()
        nobody = self.connect_as(NOBODY)
        nobody.call("org.varlink.service.GetInfo")
        self.daemon.configure("socket: {mode: '0666'}\n")
        self.connect().call(RELOAD)
        with self.assertRaises(CallFailed) as denied:
            nobody.call("org.varlink.service.GetInfo")
        self.assertEqual(denied.exception.name, "AccessDenied")

    def connect_as(self, user: int) -> Connection:
        os.seteuid(user)
        try:
            return self.connect()
        finally:
            os.seteuid(0)


class Signal(ReloadTest, ManagedTest):
    def setUp(self) -> None:
        super().setUp()
        self.daemon.launch()
        self.messages_until("READY=1")

    def reload(self) -> str:
        """Returns when the daemon tells the service manager that it is through; its status."""
        self.daemon.process.send_signal(signal.SIGHUP)
        began, ready = self.messages_until("READY=1")
        self.assertRegex(began, r"^RELOADING=1\nMONOTONIC_USEC=\d+\n")
        return ready

    def test_it_does_the_same_and_tells_the_service_manager_and_the_log(self) -> None:
        self.daemon.configure("log: {level: debug}\n")
        self.reload()
        self.assertEqual(self.level(), "debug")
        self.assertIn("the configuration was read again; changed: log.level", self.daemon.log())

    def test_a_file_that_is_not_right_is_told_in_the_log_and_in_the_status(self) -> None:
        self.daemon.configure("log: {level: loud}\n")
        self.assertIn("not right, not in force", self.reload())
        self.assertEqual(self.level(), "info")
        self.assertRegex(self.daemon.log(), r"error the configuration stays as it was: .*log\.level")

    def test_many_signals_end_nothing(self) -> None:
        for level in "debug", "error", "info":
            self.daemon.configure(f"log: {{level: {level}}}\n")
            self.reload()
        self.assertEqual(self.level(), "info")
        self.assertEqual(self.daemon.stop(), 0)


if __name__ == "__main__":
    unittest.main()
