"""The port: probes, metrics, schemas, and events over WebSockets, on the real daemon."""

import json
import shutil
import signal
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from http_harness import HttpTest
from websocket import CLOSE, PING, PONG, Closed


class Pages(HttpTest):

    def test_probes_tell_machines_by_their_status_and_people_why(self) -> None:
        self.assertEqual(self.get("/livez").status, 200)
        self.assertEqual(self.get("/readyz").body, "ok\n")
        self.assertIn("[+]writer ok\n[+]disk-free ok\n", self.get("/readyz?verbose").body)

    def test_a_live_probe_needs_no_disk_and_a_failed_disk_is_not_ready(self) -> None:
        peer = self.connect()
        for name in ("disk_warn", "disk_fail"):
            peer.call("io.catalogd.Admin.SetSetting", name=f"health.{name}", value="1024GiB")
        asking = self.http()
        while asking.ask("/readyz").status != 503:
            pass  # a look a second
        self.assertIn("[-]disk-free fails: ", self.get("/readyz?verbose").body)
        self.assertEqual(self.get("/healthz").status, 503)
        verbose = self.get("/healthz?verbose")
        self.assertEqual(verbose.status, 503)
        self.assertRegex(verbose.body, r"(?s)\[\+\]writer ok\n.*\[-\]disk-free fails: .*\[\+\].*\nfailing\n$")
        self.assertEqual(self.get("/livez").status, 200)

    def test_health_is_what_the_interface_tells(self) -> None:
        response = self.get("/healthz")
        self.assertEqual(response.fields["content-type"], "application/health+json")
        told = self.connect().call("io.catalogd.Health.Get")["health"]
        self.assertEqual(json.loads(response.body).keys(), told.keys())

    def test_jobs_are_what_the_interface_tells_of_when_each_runs_next(self) -> None:
        told = json.loads(self.get("/v1/jobs").body)["jobs"]
        listed = self.connect().call("io.catalogd.Jobs.List")["jobs"]
        self.assertEqual([each["name"] for each in told], [each["name"] for each in listed])
        self.assertTrue(all(each["nextRun"] for each in told))

    def backups(self) -> Any:
        return json.loads(self.get("/v1/backups").body)

    def test_backups_are_what_the_interface_lists_by_when_their_event_comes(self) -> None:
        peer = self.events()
        admin = self.connect()
        told = self.backups()
        self.assertEqual((told["backups"], told["total"], "lastProven" in told), ([], 0, False))
        for job, event in (("backup", "backup.taken"), ("backup-proof", "backup.proven")):
            admin.call("io.catalogd.Jobs.Run", job=job)
            name = peer.until(event)["data"]["name"]
            told = self.backups()
            listed = admin.call("io.catalogd.Admin.ListBackups")["backups"]
            self.assertEqual((told["backups"], told["total"]), (listed, 1))
        self.assertEqual(told["lastProven"], told["backups"][0]["provenAt"])
        admin.call("io.catalogd.Admin.DeleteBackup", backup=name)
        self.assertEqual(self.backups(), {"backups": [], "total": 0})

    def test_a_backup_removed_by_hand_is_gone_by_the_next_run_of_a_job(self) -> None:
        peer = self.events()
        self.connect().call("io.catalogd.Jobs.Run", job="backup", parameters={"name": "one"})
        while peer.until("job.finished")["data"]["job"] != "backup":
            pass
        self.assertEqual(self.backups()["total"], 1)
        (self.folder / "backups/one.backup").unlink()
        self.connect().call("io.catalogd.Jobs.Run", job="optimize")
        self.assertEqual(self.backups()["total"], 0)

    def test_what_is_not_there_is_not_found(self) -> None:
        for target in ("/metricsx", "/v1/schemas/", "/v1/schemas/../../etc/passwd", "/v1",
                       "/v1/schemas/io.catalogd.other.json", "/.git/config", "/index.php"):
            self.assertEqual(self.get(target).status, 404, target)

    def test_a_connection_serves_many_requests(self) -> None:
        peer = self.http()
        for _ in range(100):
            self.assertEqual(peer.ask("/livez").status, 200)

    def test_a_taken_port_ends_the_start_with_a_clear_line(self) -> None:
        other = self.another(socket_name="other")
        other.database = self.folder / "other.db"
        other.environment["CATALOGD_HTTP__ADDRESS"] = self.address
        self.assertEqual(other.launch().wait(), 75)
        self.assertIn(f"HTTP cannot be served on {self.address}", other.log())
        self.assertFalse(other.database.exists())

    def test_an_address_that_cannot_be_ends_the_start_as_configuration(self) -> None:
        for address, why in (("localhost:80", "no IP address"), ("0.0.0.0:0", "http.token_file"),
                             ("127.0.0.1", "no IP address")):
            other = self.another(socket_name="other")
            other.database = self.folder / "other.db"
            other.arguments = ["--http", address]
            self.assertEqual(other.launch().wait(), 78, address)
            self.assertIn(why, other.log())

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_prometheus_reads_the_metrics_and_finds_nothing_to_mend(self) -> None:
        client = self.connect().call("io.catalogd.Clients.Save", name="laptop")["client"]["id"]
        self.connect().call("io.catalogd.Clients.Get", id=client)
        response = self.get("/metrics")
        self.assertEqual(response.fields["content-type"],
                         "text/plain; version=0.0.4; charset=utf-8")
        said = subprocess.run(["promtool", "check", "metrics"], input=response.body, text=True,
                              capture_output=True, check=False)
        self.assertEqual((said.returncode, said.stdout + said.stderr), (0, ""))
        commits = [line.split()[1] for line in response.body.splitlines()
                   if line.startswith("catalogd_commits_total ")]
        self.assertGreater(int(commits[0]), 0)


class Streams(HttpTest):

    def test_a_snapshot_comes_first_and_then_each_change(self) -> None:
        peer = self.events()
        first = peer.event()
        self.assertEqual(first["type"], "io.catalogd.snapshot")
        self.make_limits_small()
        changed = peer.until("check.database-size")
        self.assertEqual((changed["data"]["was"], changed["data"]["check"]["status"]),
                         ("pass", "fail"))
        self.assertEqual(peer.event()["type"], "io.catalogd.health.changed")

    def test_who_resumes_gets_what_came_since_and_no_snapshot(self) -> None:
        peer = self.events()
        snapshot = peer.event()
        peer.close()
        self.make_limits_small()
        late = self.events(f"/v1/events?after={snapshot['sequence']}")
        self.assertEqual(late.until("check.database-size")["data"]["was"], "pass")

    def test_who_comes_from_before_a_restart_is_told_so(self) -> None:
        sequence = self.events().event()["sequence"]
        self.daemon.stop()
        self.daemon.start()
        peer = self.events(f"/v1/events?after={sequence}")
        lost = peer.event()
        self.assertEqual((lost["type"], lost["data"]["reason"]),
                         ("io.catalogd.lost", "the daemon was restarted"))
        self.assertEqual(peer.event()["type"], "io.catalogd.snapshot")

    def test_types_are_filtered_and_samples_come_on_request(self) -> None:
        peer = self.events("/v1/events?types=io.catalogd.sample")
        peer.until("sample")
        sample = peer.until("sample")
        self.assertNotIn("sequence", sample)
        self.assertIn("commitP99Ms", sample["data"])

    def test_wrong_parameters_are_refused(self) -> None:
        for query in ("after=17", "types=io.catalogd.x", "token=x", "types=io.catalogd.job.*,"
                      "nothing"):
            self.assertEqual(self.http().upgrade(f"/v1/events?{query}").status, 400, query)

    def test_events_need_a_websocket_of_cloudevents(self) -> None:
        self.assertEqual(self.get("/v1/events").status, 426)
        self.assertEqual(self.http().upgrade(Sec_WebSocket_Protocol="graphql-ws").status, 426)
        answer = self.http().upgrade(Sec_WebSocket_Protocol="a, cloudevents.json")
        self.assertEqual((answer.status, answer.fields["sec-websocket-protocol"]),
                         (101, "cloudevents.json"))

    def test_pings_are_answered_and_a_close_is_too(self) -> None:
        peer = self.events()
        peer.event()
        peer.send(PING, b"here")
        kind, data = peer.frame()
        while kind != PONG:
            kind, data = peer.frame()
        self.assertEqual(data, b"here")
        peer.send(CLOSE, b"\x03\xe8")
        self.assertRaises(Closed, lambda: [peer.event() for _ in range(100)])

    def test_a_stop_is_told_and_closes_with_going_away(self) -> None:
        peer = self.events()
        self.daemon.process.send_signal(signal.SIGTERM)
        peer.until("daemon.stopping")
        with self.assertRaises(Closed) as closed:
            peer.event()
        self.assertEqual(closed.exception.code, 1001)
        self.assertEqual(self.daemon.wait(), 0)

    def test_jobs_and_backups_are_told_of(self) -> None:
        peer = self.events()
        run = self.connect().call("io.catalogd.Jobs.Run", job="backup")["run"]
        started = peer.until("job.started")
        while started["data"]["id"] != run["id"]:  # those of the start run too
            started = peer.until("job.started")
        self.assertEqual((started["subject"], started["data"]["trigger"]), ("backup", "request"))
        taken = peer.until("backup.taken")["data"]["name"]
        listed = self.connect().call("io.catalogd.Admin.ListBackups")["backups"]
        self.assertIn(taken, [each["name"] for each in listed])


class Many(HttpTest):

    def test_five_hundred_subscribers_are_told_and_one_that_never_reads_delays_nobody(self) -> None:
        with ThreadPoolExecutor(16) as pool:
            peers = list(pool.map(lambda _: self.events(), range(500)))
        deaf = self.events()
        self.make_limits_small()
        for peer in peers:
            self.assertEqual(peer.until("health.changed")["data"]["status"], "fail")
        deaf.close()


if __name__ == "__main__":
    unittest.main()
