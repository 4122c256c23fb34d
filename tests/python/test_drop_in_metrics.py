"""The old module's calls about numbers over time."""

import unittest

from drop_in import AnsweredTest, reply

ANY_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"


class Metrics(AnsweredTest):
    def test_recording_is_true(self) -> None:
        self.assertIs(self.manager(reply({"recorded": 1})).record_metric("connections", 3), True)
        self.assertEqual(self.parameters()["samples"], [{"name": "connections", "value": 3.0}])

    def test_history_is_a_list_of_times_and_values(self) -> None:
        database = self.manager(reply({"points": [
            {"at": "2025-01-10T12:00:00.000Z", "value": 3}]}))
        self.assertEqual(database.get_metrics_history("connections", hours=24), [
            {"timestamp": "2025-01-10T12:00:00.000Z", "value": 3.0}])
        self.assertRegex(self.parameters()["from"], ANY_TIME)

    def test_cleaning_up_returns_how_many_were_removed(self) -> None:
        self.assertEqual(self.manager(reply({"removed": 5})).cleanup_old_metrics(days_to_keep=7), 5)
        self.assertRegex(self.parameters()["before"], ANY_TIME)

    def test_cleaning_up_takes_steps_where_one_would_remove_too_many(self) -> None:
        earlier = "2025-01-10T12:00:00.000Z"
        refusal = {"error": "io.catalogd.Metrics.TooManySamples",
                   "parameters": {"before": earlier, "most": 250_000}}
        database = self.manager(refusal, reply({"removed": 200}), reply({"removed": 100}))
        self.assertEqual(database.cleanup_old_metrics(), 300)
        self.assertEqual(self.parameters(1)["before"], earlier)
        self.assertEqual(self.parameters(2)["before"], self.parameters(0)["before"])

    def test_times_that_are_none_are_refused(self) -> None:
        database = self.manager()
        for value in (0, -1, "24", None, True):
            self.assertRaises(ValueError, database.get_metrics_history, "connections", value)
            self.assertRaises(ValueError, database.cleanup_old_metrics, value)


if __name__ == "__main__":
    unittest.main()
