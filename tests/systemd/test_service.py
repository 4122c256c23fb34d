"""The shipped units under a real systemd."""

import json
import re
import unittest

from machine import CONFIG, SOCKET, STATE, SystemdTest


class Activation(SystemdTest):
    def test_a_connection_starts_it_and_is_served(self) -> None:
        self.assertEqual(self.state(), "inactive")
        self.assertIn("catalogd", self.catalogctl("status"))
        self.assertEqual(self.state(), "active")

    def test_asking_for_a_page_starts_it_too(self) -> None:
        self.machine.run("systemctl", "start", "catalogd-http.socket")
        answer = self.machine.run("python3", "-c", "import urllib.request as r; "
                                  "print(r.urlopen('http://127.0.0.1:8787/livez').status)")
        self.assertEqual((answer.strip(), self.state()), ("200", "active"))

    def test_its_status_says_what_it_serves(self) -> None:
        self.machine.run("systemctl", "start", "catalogd")
        self.assertEqual(self.machine.property("StatusText"),
                         f"serves {STATE}/catalog.db on {SOCKET} and http://127.0.0.1:8787")

    def test_who_connects_while_it_is_down_waits_and_is_served(self) -> None:
        self.machine.run("systemctl", "start", "catalogd")
        self.machine.run("systemctl", "kill", "--signal=KILL", "catalogd")
        self.assertIn("catalogd", self.catalogctl("status"))
        self.assertEqual(self.machine.property("ActiveState", "catalogd.socket"), "active")

    def test_its_state_belongs_to_its_user_alone(self) -> None:
        self.machine.run("systemctl", "start", "catalogd")
        owners = self.machine.run("stat", "-c", "%U:%G %a %n", STATE, f"{STATE}/catalog.db",
                                  f"{STATE}/catalog.db.key", SOCKET)
        self.assertEqual(owners.split("\n")[:4], [
            f"catalogd:catalogd 700 {STATE}", f"catalogd:catalogd 600 {STATE}/catalog.db",
            f"catalogd:catalogd 600 {STATE}/catalog.db.key", f"root:catalogd 660 {SOCKET}"])


class Reload(SystemdTest):
    def level(self) -> str:
        settings = json.loads("[" + ",".join(
            self.catalogctl("settings", "list", "--json").splitlines()) + "]")
        return next(one["value"] for one in settings if one["name"] == "log.level")

    def test_a_changed_file_is_in_force_when_the_reload_is_through(self) -> None:
        self.machine.run("systemctl", "start", "catalogd")
        self.machine.write(CONFIG, "log: {level: debug}\n")
        self.machine.run("systemctl", "reload", "catalogd")
        self.assertEqual(self.level(), "debug")

    def test_a_broken_file_changes_nothing_and_is_told(self) -> None:
        self.machine.run("systemctl", "start", "catalogd")
        self.machine.write(CONFIG, "log: {level: loud}\n")
        self.machine.run("systemctl", "reload", "catalogd")
        self.assertEqual(self.state(), "active")
        self.assertEqual(self.level(), "info")
        self.assertIn("not in force", self.machine.property("StatusText"))
        self.assertRegex(self.machine.journal("--priority=err"), r"stays as it was: .*log\.level")


class Failure(SystemdTest):
    def restarts(self) -> int:
        return int(self.machine.property("NRestarts"))

    def test_a_kill_is_survived_with_the_socket_and_all_that_was_acknowledged(self) -> None:
        self.catalogctl("clients", "add", "laptop")
        before = self.machine.run("stat", "-c", "%i", SOCKET)
        self.machine.run("systemctl", "kill", "--signal=KILL", "catalogd")
        self.machine.until(lambda: self.restarts() == 1, "a restart")
        self.assertIn("laptop", self.catalogctl("clients", "list"))
        self.assertEqual(self.machine.run("stat", "-c", "%i", SOCKET), before)

    def test_a_hang_is_ended_by_the_watchdog_and_started_again(self) -> None:
        self.drop_in("[Service]\nWatchdogSec=2\n")
        self.machine.run("systemctl", "start", "catalogd")
        self.machine.run("systemctl", "kill", "--signal=STOP", "catalogd")
        self.machine.until(lambda: self.restarts() == 1, "a restart")
        self.assertIn("catalogd", self.catalogctl("status"))

    def test_an_idle_daemon_is_not_taken_for_a_hang(self) -> None:
        self.drop_in("[Service]\nWatchdogSec=2\n")
        self.machine.run("systemctl", "start", "catalogd")
        self.machine.run("sleep", "6")
        self.assertEqual((self.state(), self.restarts()), ("active", 0))

    def test_a_bad_configuration_is_not_started_again(self) -> None:
        self.machine.write(CONFIG, "moon: {}\n")
        self.assertNotEqual(self.machine.try_run("systemctl", "start", "catalogd")[0], 0)
        self.assertEqual((self.state(), self.restarts()), ("failed", 0))
        self.assertEqual(self.machine.property("ExecMainStatus"), "78")

    def test_a_damaged_database_is_not_started_again(self) -> None:
        self.machine.run("systemctl", "start", "catalogd")
        self.machine.run("systemctl", "stop", "catalogd.service", "catalogd.socket",
                         "catalogd-http.socket")
        self.machine.run("sh", "-c", f"head -c 65536 /dev/urandom >{STATE}/catalog.db")
        self.assertNotEqual(self.machine.try_run("systemctl", "start", "catalogd")[0], 0)
        self.assertEqual(self.machine.property("ExecMainStatus"), "65")
        self.assertEqual((self.state(), self.restarts()), ("failed", 0))

    def test_what_cannot_live_is_left_after_a_few_starts(self) -> None:
        self.drop_in("[Service]\nExecStart=\nExecStart=/bin/false\nRestartSec=100ms\n")
        self.machine.try_run("systemctl", "start", "catalogd")
        self.machine.until(lambda: self.machine.property("Result") != "success" and
                           self.state() == "failed", "the start limit")
        self.assertLessEqual(self.restarts(), 5)


class Times(SystemdTest):
    def test_a_start_that_works_may_take_longer_than_its_time(self) -> None:
        self.drop_in(f"""[Service]
            TimeoutStartSec=8
            SystemCallFilter=
            ExecStart=
            ExecStart=/usr/bin/strace -D -f -qq -o /dev/null --trace=fdatasync,fsync \\
                --inject=fdatasync,fsync:delay_enter=1500000 /usr/sbin/catalogd --config {CONFIG}
            """.replace("            ", ""))
        self.machine.run("systemctl", "start", "catalogd")
        self.assertEqual(self.state(), "active")
        took = [int(self.machine.property(f"{name}TimestampMonotonic")) for name in
                ("ActiveEnter", "InactiveExit")]
        self.assertGreater(took[0] - took[1], 8_000_000)  # or it did not need more

    def test_a_start_that_hangs_is_ended(self) -> None:
        self.drop_in(f"""[Service]
            TimeoutStartSec=8
            TimeoutStopSec=1
            Restart=no
            SystemCallFilter=
            ExecStart=
            ExecStart=/usr/bin/strace -D -f -qq -o /dev/null --trace=fdatasync,fsync \\
                --inject=fdatasync,fsync:delay_enter=100s /usr/sbin/catalogd --config {CONFIG}
            """.replace("            ", ""))
        self.assertNotEqual(self.machine.try_run("systemctl", "start", "catalogd")[0], 0)
        self.assertEqual(self.machine.property("Result"), "timeout")

    def test_a_stop_under_load_loses_nothing_that_was_acknowledged(self) -> None:
        self.catalogctl("clients", "add", "laptop")
        adding = self.machine.start("sh", "-c", """
            number=0
            while catalogctl --socket /run/catalogd.sock clients add "client-$number" >/dev/null
            do echo "$number"; number=$((number + 1)); done""")
        self.machine.until(lambda: "client-9" in self.catalogctl("clients", "list"), "ten clients")
        self.machine.run("systemctl", "stop", "catalogd.socket", "catalogd-http.socket",
                         "catalogd.service")
        acknowledged = [int(line) for line in adding.communicate()[0].split()
                        if line.isdigit()]
        self.machine.run("systemctl", "start", "catalogd.socket")
        there = set(re.findall(r"client-\d+", self.catalogctl("clients", "list")))
        self.assertGreaterEqual(there, {f"client-{number}" for number in acknowledged})
        self.assertEqual(self.machine.property("ExecMainStatus"), "0")


class Access(SystemdTest):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        for user in "server", "stranger":
            cls.machine.run("useradd", "--system", "--no-create-home", user)
        cls.machine.run("usermod", "--append", "--groups=catalogd", "server")

    def as_user(self, user: str, *arguments: str) -> tuple[int, str]:
        return self.machine.try_run("runuser", "--user", user, "--", "catalogctl", *arguments)

    def test_a_user_outside_the_group_cannot_connect(self) -> None:
        status, printed = self.as_user("stranger", "status")
        self.assertEqual(status, 5, printed)

    def test_a_member_whom_nothing_admits_is_denied(self) -> None:
        status, printed = self.as_user("server", "clients", "add", "laptop")
        self.assertEqual(status, 5, printed)

    def test_a_member_who_is_admitted_writes_and_is_no_admin(self) -> None:
        self.machine.write(CONFIG, "access: {write: ['user:server']}\n")
        self.assertEqual(self.as_user("server", "clients", "add", "laptop")[0], 0)
        self.assertEqual(self.as_user("server", "audit", "list")[0], 5)

    def test_roots_and_the_services_own_files_are_out_of_reach(self) -> None:
        status, printed = self.machine.try_run("runuser", "--user", "server", "--", "ls", STATE)
        self.assertNotEqual(status, 0, printed)


class Credential(SystemdTest):
    def test_a_key_in_the_credential_store_seals(self) -> None:
        self.machine.run("sh", "-c", "mkdir -p /etc/credstore && umask 077 && "
                         "head -c 32 /dev/urandom >/etc/credstore/catalogd.key")
        self.machine.run("systemctl", "start", "catalogd")
        self.assertNotEqual(
            self.machine.try_run("test", "-e", f"{STATE}/catalog.db.key")[0], 0)
        self.assertNotIn("neither stored nor given out", self.machine.journal())

    def test_an_encrypted_one_too(self) -> None:
        self.machine.run("sh", "-c", "mkdir -p /etc/credstore.encrypted && "
                         "head -c 32 /dev/urandom | systemd-creds encrypt --with-key=host "
                         "--name=catalogd.key - /etc/credstore.encrypted/catalogd.key")
        self.drop_in("[Service]\nLoadCredential=\nLoadCredentialEncrypted="
                     "catalogd.key:/etc/credstore.encrypted/catalogd.key\n")
        self.machine.run("systemctl", "start", "catalogd")
        self.assertNotEqual(
            self.machine.try_run("test", "-e", f"{STATE}/catalog.db.key")[0], 0)


class Journal(SystemdTest):
    def entries(self, *matches: str) -> list[dict[str, str]]:
        printed = self.machine.run("journalctl", "--output=json", "--unit=catalogd.service",
                                   *matches)
        return [json.loads(line) for line in printed.splitlines()]

    def test_a_line_of_importance_can_be_searched_and_is_explained(self) -> None:
        self.machine.write(CONFIG, "moon: {}\n")
        self.machine.try_run("systemctl", "start", "catalogd")
        self.machine.write(CONFIG, "")
        self.machine.run("systemctl", "start", "catalogd")
        self.machine.write(CONFIG, "moon: {}\n")
        self.machine.run("systemctl", "reload", "catalogd")
        refused = [one for one in self.entries() if "stays as it was" in one["MESSAGE"]]
        self.assertEqual([(one["PRIORITY"], one["SYSLOG_IDENTIFIER"]) for one in refused],
                         [("3", "catalogd")])
        self.machine.run("journalctl", "--update-catalog")
        self.assertIn("Nothing of it is in force", self.machine.run(
            "journalctl", "--catalog", f"MESSAGE_ID={refused[0]['MESSAGE_ID']}"))

    def test_a_line_about_a_call_names_its_method(self) -> None:
        steps = self.catalogctl("migrations", "list", "--no-legend").splitlines()
        self.catalogctl("migrations", "rollback", str(len(steps) - 1), "--yes")
        said = self.entries("CATALOGD_METHOD=io.catalogd.Admin.Rollback")
        self.assertIn("the catalog goes back to schema", said[0]["MESSAGE"])


class Confinement(SystemdTest):
    def test_its_exposure_is_at_most_one_and_a_half(self) -> None:
        self.machine.run("systemd-analyze", "security", "--threshold=15", "catalogd.service")

    def test_the_units_are_right(self) -> None:
        printed = self.machine.run("systemd-analyze", "verify", "--man=no",
                                   "catalogd.service", "catalogd.socket")
        self.assertNotIn("catalogd", printed)

    def test_everything_works_under_it(self) -> None:
        self.catalogctl("clients", "add", "laptop")
        self.machine.run("catalogctl", "scan", "/usr/share/doc/systemd", "--client", "laptop")
        self.catalogctl("backup", "list")
        self.catalogctl("keys", "rotate")
        self.assertIn("copyright", self.catalogctl("files", "find", "COPYR"))
        self.assertIn("copyright", self.catalogctl("files", "list", "--client", "laptop"))
        self.assertEqual(self.machine.journal("--priority=warning", "--quiet").strip(), "")

    def test_it_has_no_core_dump(self) -> None:
        self.machine.run("systemctl", "start", "catalogd")
        pid = self.machine.property("MainPID")
        limits = self.machine.run("cat", f"/proc/{pid}/limits")
        self.assertRegex(limits, r"Max core file size\s+0\s+0")


if __name__ == "__main__":
    unittest.main()
