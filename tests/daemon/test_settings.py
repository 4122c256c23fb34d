"""Settings kept in the catalog: durable, in force at once, and never in the way of a start."""

import os
import sqlite3
import unittest
from typing import Any

from harness import DaemonTest
from varlink import CallFailed, Closed

ADMIN = "io.catalogd.Admin."


class SettingsTest(DaemonTest):
    def set(self, name: str, value: Any, **more: Any) -> dict[str, Any]:
        reply = self.connect().call(ADMIN + "SetSetting", name=name, value=value, **more)
        return reply["setting"]

    def refusal_of(self, name: Any, value: Any) -> CallFailed:
        with self.assertRaises(CallFailed) as caught:
            self.set(name, value)
        return caught.exception

    def shown(self) -> dict[str, dict[str, Any]]:
        settings = self.connect().call(ADMIN + "ListSettings")["settings"]
        return {setting["name"]: setting for setting in settings}

    def put_into_stopped_catalog(self, **values: str) -> None:
        database = sqlite3.connect(self.daemon.database)
        with database:
            database.executemany("INSERT INTO settings VALUES (?, ?)",
                                 [(name.replace("__", "."), value) for name, value in values.items()])
        database.close()


class Kept(SettingsTest):
    def test_a_setting_is_there_after_kill_9(self) -> None:
        self.daemon.start()
        self.set("log.level", "debug")
        self.set("readers.count", "7")
        self.daemon.kill()
        self.daemon.start()
        shown = self.shown()
        self.assertEqual((shown["log.level"]["value"], shown["log.level"]["source"]),
                         ("debug", "catalog"))
        self.assertEqual(shown["readers.count"]["value"], "7")

    def test_a_setting_that_needs_a_restart_is_in_force_after_one(self) -> None:
        self.daemon.start()
        self.assertTrue(self.set("readers.count", "7")["needsRestart"])
        before = len(self.threads())
        self.daemon.stop()
        self.daemon.start()
        self.assertEqual(len(self.threads()), before + 3)

    def threads(self) -> list[str]:
        self.connect().call("org.varlink.service.GetInfo")
        return os.listdir(f"/proc/{self.daemon.pid}/task")

    def test_a_repeated_call_gets_its_reply_and_changes_nothing_even_after_kill_9(self) -> None:
        self.daemon.start()
        first = self.set("log.level", "debug", requestId="r")
        self.set("log.level", "error")
        self.assertEqual(self.set("log.level", "debug", requestId="r"), first)
        with self.assertRaises(CallFailed) as reused:
            self.set("log.level", "trace", requestId="r")
        self.assertEqual(reused.exception.name, "RequestIdReused")
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(self.set("log.level", "debug", requestId="r"), first)
        self.assertEqual(self.shown()["log.level"]["value"], "error")

    def test_a_change_is_in_the_audit_log_with_who_made_it(self) -> None:
        self.daemon.start()
        self.set("log.level", "debug")
        self.refusal_of("log.level", "loud")
        entries = self.connect().call(ADMIN + "ListAudit")["entries"]
        changes = [entry for entry in entries if entry["method"] == ADMIN + "SetSetting"]
        self.assertEqual([entry["outcome"] for entry in changes], ["InvalidValue", "ok"])
        for entry in changes:
            self.assertEqual((entry["uid"], entry["pid"], entry["subject"]),
                             (os.geteuid(), os.getpid(), "log.level"))

    def test_null_goes_back_to_the_default(self) -> None:
        self.daemon.start()
        self.set("log.level", "debug")
        self.assertEqual(self.set("log.level", None)["source"], "default")
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(self.shown()["log.level"]["value"], "info")

    def test_what_a_start_cannot_use_is_passed_over_with_a_warning(self) -> None:
        self.daemon.start()
        self.daemon.stop()
        self.put_into_stopped_catalog(log__level="loud", moon__phase="full", readers__count="7",
                                      access__read="user:no-such-user", socket__path="/x")
        self.daemon.start()
        shown = self.shown()
        self.assertEqual(shown["readers.count"]["source"], "catalog")
        for name in "log.level", "access.read":
            self.assertEqual(shown[name]["source"], "default")
        for name in "log.level", "moon.phase", "access.read", "socket.path":
            self.assertRegex(self.daemon.log(), rf"warning a setting is not used: catalog: {name}: ")


class Refused(SettingsTest):
    def test_what_file_environment_or_flag_sets_is_fixed(self) -> None:
        self.daemon.configure("log:\n  level: debug\n")
        self.daemon.environment["CATALOGD_WRITER__BATCH"] = "7"
        self.daemon.start()
        for name, source, line in (("log.level", "file", 2), ("writer.batch", "environment", None),
                                   ("socket.path", "flag", None), ("socket.mode", "default", None)):
            refused = self.refusal_of(name, "1")
            self.assertEqual(refused.error, ADMIN + "SettingFixed")
            self.assertEqual(refused.parameters.get("line"), line)
            self.assertEqual(refused.parameters["source"], source)

    def test_a_value_that_is_not_right_changes_nothing_and_says_why(self) -> None:
        self.daemon.start()
        before = self.shown()
        for name, value in (("log.level", "loud"), ("readers.count", "1"), ("deadlines.read", "5"),
                            ("limits.frame", "1GiB"), ("access.admin", "root"),
                            ("access.admin", "user:no-such-user"), ("writer.batch", ""),
                            ("database.checkpoint_at", "1GiB"), ("log.level", "debug # no\x01")):
            refused = self.refusal_of(name, value)
            self.assertEqual(refused.error, "io.catalogd.InvalidValue", (name, value))
            self.assertEqual(refused.parameters["parameter"], "value")
        self.assertEqual(self.shown(), before)
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(self.shown(), before)

    def test_no_name_but_those_of_settings_gets_through(self) -> None:
        self.daemon.start()
        for name in ("", "log", "LOG.LEVEL", "log.level; DROP TABLE clients", "log.level\0", "%",
                     "'", "log.level'--", "\u202e", "x" * 100_000, "settings.name"):
            self.assertEqual(self.refusal_of(name, "debug").error, ADMIN + "UnknownSetting")
        for name in (None, 1, [], {}):
            self.assertEqual(self.refusal_of(name, "debug").name, "InvalidParameter")


class AtOnce(SettingsTest):
    def test_the_level_of_the_log(self) -> None:
        self.daemon.start()
        self.set("log.level", "error")
        self.set("writer.batch", "7")
        self.set("log.level", "info")
        log = self.daemon.log()
        self.assertNotIn("the setting writer.batch was changed", log)
        self.assertIn("the setting log.level was changed", log)

    def test_the_number_of_connections(self) -> None:
        self.daemon.start()
        admin = self.connect()
        admin.call(ADMIN + "SetSetting", name="limits.connections", value="1")
        self.assertRaises(Closed, self.connect().call, "org.varlink.service.GetInfo")
        admin.call(ADMIN + "SetSetting", name="limits.connections", value="2")
        self.connect().call("org.varlink.service.GetInfo")

    def test_the_size_of_a_frame_on_an_open_connection(self) -> None:
        self.daemon.start()
        connection = self.connect()
        connection.call(ADMIN + "SetSetting", name="limits.frame", value="64KiB")
        self.assertRaises(Closed, connection.call, "io.catalogd.Clients.Get", name="n" * 100_000)

    def test_the_grace_of_a_stop(self) -> None:
        self.daemon.configure("")
        self.daemon.start()
        self.set("shutdown.grace", "100ms")
        stuck = self.connect()
        stuck.socket.settimeout(1)
        with self.assertRaises(TimeoutError):
            while True:  # until neither side's buffers take any more
                stuck.send("org.varlink.service.GetInterfaceDescription",
                           {"interface": "io.catalogd.Files"})
        self.assertEqual(self.daemon.stop(), 0)
        self.assertIn("did not finish in time", self.daemon.log())


if __name__ == "__main__":
    unittest.main()
