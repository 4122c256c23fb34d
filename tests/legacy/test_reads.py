"""Reads: defects 36 to 51 of the old server's layer."""

import datetime
import unittest

from server import ADMIN, CLIENTS, FILES, LegacyTest


class Reads(LegacyTest):

    def setUp(self) -> None:
        super().setUp()
        self.laptop = self.saved_client("laptop")

    def record(self, *times: str) -> None:
        self.call("io.catalogd.Metrics.Record", samples=[
            {"name": "bytes", "value": number, "at": time} for number, time in enumerate(times)])

    def test_the_history_of_a_metric_has_every_sample_of_its_window(self) -> None:
        now = datetime.datetime.now(datetime.timezone.utc)
        hours = [now - datetime.timedelta(hours=age) for age in (100, 48, 24, 2, 1)]
        self.record(*(time.isoformat() for time in hours))
        for count, age in ((1, 1.5), (2, 3), (3, 25), (5, 168)):
            start = (now - datetime.timedelta(hours=age)).isoformat()
            points = self.call("io.catalogd.Metrics.History", name="bytes",
                               **{"from": start})["points"]
            self.assertEqual([point["value"] for point in points], list(range(5))[-count:])

    def test_old_metrics_go_on_any_day_and_are_counted(self) -> None:
        today = datetime.date.today()
        days = [(today - datetime.timedelta(days=age)).isoformat() for age in range(25, -1, -1)]
        self.record(*(f"{day}T12:00:00Z" for day in days))
        for day in days[:20:4]:
            before = self.call("io.catalogd.Metrics.Trim", before=f"{day}T18:00:00Z")
            self.assertEqual(before["removed"], 1 if day == days[0] else 4)

    def test_times_of_every_old_form_become_one(self) -> None:
        forms = ["2025-01-10T12:00:00.250000+00:00Z", "2025-01-10T13:00:00.250000+01:00",
                 "2025-01-10 12:00:00", "2025-01-10T12:00:00.250000", ""]
        self.daemon.stop()
        self.daemon.environment["TZ"] = "UTC"
        self.daemon.start()
        self.peer = self.connect()
        self.imported(self.old_database(
            (bytes([n]) * 16, f"form {n}", None, form, None) for n, form in enumerate(forms)))
        seen = [self.client(f"form {n}")["lastSeen"] for n in range(len(forms))]
        self.assertEqual(seen, ["2025-01-10T12:00:00.250Z", "2025-01-10T12:00:00.250Z",
                                "2025-01-10T12:00:00.000Z", "2025-01-10T12:00:00.250Z",
                                "1970-01-01T00:00:00.000Z"])
        self.assertGreater(self.statistics()["averageDaysSinceSeen"], 300)

    def test_a_search_takes_every_text_literally_and_in_any_case(self) -> None:
        for name in ("a_b.txt", "axb.txt", "100%", "100x", "ÄRGER", "ärgern"):
            self.save(self.laptop, name, path="/p", modified="2025-01-01T23:59:59Z")
        self.assertEqual(self.found(text="a_b"), ["a_b.txt"])
        self.assertEqual(self.found(text="0%"), ["100%"])
        self.assertEqual(self.found(text=".txt"), ["a_b.txt", "axb.txt"])
        self.assertEqual(self.found(text="ärger"), ["ÄRGER", "ärgern"])
        self.assertEqual(len(self.found(modifiedTo="2025-01-01")), 6)

    def test_a_search_by_kind_of_file_needs_nothing_else(self) -> None:
        before = self.descriptors()
        self.save(self.laptop, "a.TXT")
        self.save(self.laptop, "b.pdf")
        for _ in range(20):
            self.assertEqual(self.call(f"{FILES}.Search", extension=".txt")["files"][0]["name"],
                             "a.TXT")
        self.assertEqual(self.descriptors(), before)

    def test_nothing_is_cut_off_in_silence(self) -> None:
        files = [{"name": f"{n:04}", "path": "/p"} for n in range(2_500)]
        self.call(f"{FILES}.SaveMany", clientId=self.laptop, files=files)
        first = self.call(f"{FILES}.Search", limit=1_000, countTotal=True)
        self.assertEqual(first["total"], 2_500)
        self.assertIn("next", first)
        self.assertEqual(len(self.found(limit=1_000)), 2_500)
        self.assertEqual(len(self.names_in(self.laptop)), 2_500)

    def test_category_type_and_extension_are_those_that_were_saved(self) -> None:
        self.save(self.laptop, "a.JPG", category="image", mimeType="image/jpeg")
        file = self.file(self.laptop, "a.JPG")
        self.assertEqual((file["category"], file["mimeType"], file["extension"]),
                         ("image", "image/jpeg", "jpg"))

    def test_what_is_unknown_is_not_the_empty_text(self) -> None:
        file = self.save(self.laptop, "a")
        for unknown in ("size", "crc", "modified", "mimeType", "category"):
            self.assertNotIn(unknown, file)
        self.assertEqual(self.save(self.laptop, "b", size=0, crc=0)["crc"], 0)

    def test_a_catalog_that_is_broken_gives_an_error_and_nothing_empty(self) -> None:
        for n in range(20):
            files = [{"name": f"{n}-{i}-" + "x" * 200, "path": "/p" * 500} for i in range(100)]
            self.call(f"{FILES}.SaveMany", clientId=self.laptop, files=files)
        self.daemon.stop()
        with open(self.daemon.database, "r+b") as database:
            size = database.seek(0, 2)
            database.seek(8 * 4096)
            database.write(b"\x55" * (size - 8 * 4096))
        try:
            self.daemon.start()
        except AssertionError:
            self.assertIn("damaged", self.daemon.log())
            return
        self.peer = self.connect()
        self.assertEqual(self.error(f"{FILES}.List", limit=1_000), "InternalError")

    def test_an_identifier_of_another_form_is_a_mistake_of_the_caller(self) -> None:
        for wrong in ("", "xyz", "0" * 31, "g" * 32):
            self.assertIn(self.error(f"{CLIENTS}.Get", id=wrong),
                          {"InvalidParameter", "InvalidValue"})

    def test_a_list_of_files_has_everything_and_an_order(self) -> None:
        for name in ("b", "a"):
            self.save(self.laptop, name, size=7, crc=99, modified="2025-01-10T12:00:00Z")
        files = self.call(f"{FILES}.List")["files"]
        self.assertEqual([file["name"] for file in files], ["a", "b"])
        self.assertEqual(files[0], self.file(self.laptop, "a"))
        self.assertEqual(files[0]["id"], self.call(f"{FILES}.List")["files"][0]["id"])
        self.assertEqual((files[0]["clientId"], files[0]["size"], files[0]["crc"]),
                         (self.laptop, 7, 99))

    def test_statistics_are_those_of_now(self) -> None:
        for count in range(1, 20):
            self.save(self.laptop, str(count), size=1)
            self.assertEqual(self.statistics()["files"], count)
            self.assertEqual(self.statistics()["bytes"], count)

    def test_sizes_count_the_log_too(self) -> None:
        before = self.statistics()
        self.save(self.laptop, "a", attributes={"filler": "x" * 60_000})
        least = self.daemon.wal.stat().st_size
        told = self.statistics()["walBytes"]  # the daemon's own jobs may write to it meanwhile
        self.assertGreater(told, before["walBytes"])
        self.assertTrue(least <= told <= self.daemon.wal.stat().st_size)

    def test_what_was_transferred_never_falls_and_counts_once(self) -> None:
        self.save(self.laptop, "a", size=7, crc=99)
        self.save(self.laptop, "a", size=7, verified=True)
        self.assertEqual(self.statistics()["bytesTransferred"], 7)
        self.call(f"{FILES}.Delete", clientId=self.laptop, name="a")
        self.assertEqual(self.statistics()["bytesTransferred"], 7)
        self.assertEqual(self.statistics()["bytes"], 0)

    def test_figures_for_charts_are_exact(self) -> None:
        sizes = [1, 3, 1_073_741_825, 999_999_999_999_999]
        for size in sizes:
            self.save(self.laptop, str(size), size=size)
        self.assertEqual(self.statistics()["bytes"], sum(sizes))
        self.assertEqual(self.client("laptop")["bytes"], sum(sizes))

    def test_a_statement_gives_rows_and_columns(self) -> None:
        reply = self.call(f"{ADMIN}.Query", sql="SELECT Name, 1 AS one FROM clients")
        self.assertEqual(reply["columns"], ["Name", "one"])
        self.assertEqual(reply["rows"], [{"cells": [{"text": "laptop"}, {"int": 1}]}])
        nothing = self.call(f"{ADMIN}.Query", sql="SELECT Name FROM clients WHERE false")
        self.assertEqual((nothing["columns"], nothing["rows"]), (["Name"], []))

    def test_names_of_tables_are_looked_up_and_never_run(self) -> None:
        for name in ("files; DROP TABLE files", "files--", "sqlite_schema", "FILES\0", ""):
            self.assertEqual(self.error(f"{ADMIN}.GetTableSchema", table=name), "UnknownTable")
        self.assertEqual(self.statistics()["clients"], 1)


if __name__ == "__main__":
    unittest.main()
