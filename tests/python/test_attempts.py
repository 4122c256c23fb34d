"""What is tried again, for how long, and what a call ends in; on a clock that only we step."""

import unittest

from served import SteppedClock
from catalogd import Call, errors
from catalogd.attempts import Attempts, ConnectionLost, TimeRanOut
from catalogd.call import Repeat

LOST = ConnectionLost("gone", sent=True)
NOT_SENT = ConnectionLost("refused", sent=False)
BUSY = errors.Busy(parameters={"retryAfterMs": 200})
READ, WRITE, ONCE = Repeat.FREELY, Repeat.WITH_ID, Repeat.NEVER


class AttemptsAtACall(unittest.TestCase):
    def attempts(self, repeat: Repeat, timeout: float = 10.0) -> Attempts:
        self.clock = SteppedClock()
        call = Call("a.b.C", repeat, {"requestId": "r1"} if repeat is WRITE else {})
        return Attempts(call, timeout, self.clock.monotonic, chance=lambda: 1.0)

    def ends_in(self, attempts: Attempts, *failures: Exception) -> Exception:
        """The error after all of these; each but the last is tried again."""
        for failure in failures[:-1]:
            self.clock.sleep(attempts.pause_after(failure))
        with self.assertRaises(errors.Error) as ended:
            attempts.pause_after(failures[-1])
        return ended.exception

    def lasts(self, attempts: Attempts, failure: Exception) -> Exception:
        """The error when it fails so for ever."""
        begun = self.clock.now
        with self.assertRaises(errors.Error) as ended:
            while True:
                self.clock.sleep(attempts.pause_after(failure))
        self.assertTrue(9 <= self.clock.now - begun <= 10)
        return ended.exception

    def test_a_daemon_that_stays_away_is_unavailable_when_the_time_is_over(self) -> None:
        for repeat in Repeat:
            error = self.lasts(self.attempts(repeat), NOT_SENT)
            self.assertIs(type(error), errors.Unavailable)
            self.assertIn("refused", str(error))

    def test_pauses_grow_and_stay_below_half_a_second(self) -> None:
        self.lasts(self.attempts(READ), NOT_SENT)
        self.assertEqual(self.clock.slept[:4], [0.01, 0.02, 0.04, 0.08])
        self.assertEqual(max(self.clock.slept), 0.5)

    def test_a_write_that_may_have_been_applied_ends_in_outcome_unknown(self) -> None:
        error = self.lasts(self.attempts(WRITE), LOST)
        self.assertIs(type(error), errors.OutcomeUnknown)
        self.assertEqual(error.parameters, {"requestId": "r1"})

    def test_a_read_is_never_in_doubt(self) -> None:
        self.assertIs(type(self.lasts(self.attempts(READ), LOST)), errors.Unavailable)
        waited = self.ends_in(self.attempts(READ), TimeRanOut(sent=True))
        self.assertIs(type(waited), errors.DeadlineExceeded)

    def test_what_cannot_be_repeated_is_not_sent_twice(self) -> None:
        error = self.ends_in(self.attempts(ONCE), LOST)
        self.assertIs(type(error), errors.OutcomeUnknown)
        self.assertGreater(self.attempts(ONCE).pause_after(NOT_SENT), 0)

    def test_busy_waits_as_long_as_it_was_told_and_a_random_part_more(self) -> None:
        attempts = self.attempts(ONCE)
        self.assertEqual(attempts.pause_after(BUSY), 0.4)
        self.assertIs(self.lasts(attempts, BUSY), BUSY)

    def test_nobody_waits_for_an_attempt_that_would_come_too_late(self) -> None:
        attempts = self.attempts(READ)
        late = errors.Busy(parameters={"retryAfterMs": 10_000})
        self.assertIs(self.ends_in(attempts, late), late)
        self.assertEqual(self.clock.slept, [])

    def test_refusals_that_say_nothing_of_an_earlier_attempt_leave_it_in_doubt(self) -> None:
        for refusal in (errors.DeadlineExceeded(), errors.ReadOnly(), TimeRanOut(sent=False)):
            error = self.ends_in(self.attempts(WRITE), LOST, refusal)
            self.assertIs(type(error), errors.OutcomeUnknown, refusal)

    def test_a_definite_error_after_a_lost_reply_is_that_error(self) -> None:
        taken = errors.NameTaken()
        self.assertIs(self.ends_in(self.attempts(WRITE), LOST, taken), taken)

    def test_an_unknown_outcome_is_asked_for_again_under_the_same_id(self) -> None:
        unknown = errors.OutcomeUnknown()
        self.assertGreater(self.attempts(WRITE).pause_after(unknown), 0)
        self.assertIs(self.ends_in(self.attempts(ONCE), unknown), unknown)

    def test_errors_that_are_the_callers_are_not_tried_again(self) -> None:
        for error in (errors.InvalidValue(), errors.ReadOnly(), errors.DeadlineExceeded(),
                      errors.AccessDenied(), errors.ProtocolError()):
            self.assertIs(self.ends_in(self.attempts(WRITE), error), error)

    def test_a_write_that_never_left_is_only_late(self) -> None:
        error = self.ends_in(self.attempts(WRITE), TimeRanOut(sent=False))
        self.assertIs(type(error), errors.DeadlineExceeded)

    def test_the_daemon_is_given_less_time_than_the_client_waits(self) -> None:
        attempts = self.attempts(READ)
        self.clock.sleep(5)
        self.assertEqual(attempts.daemons_timeout, 4.5)

    def test_a_stream_has_its_time_for_each_reply_and_one_in_total(self) -> None:
        self.clock = SteppedClock()
        attempts = Attempts(Call("a.b.C", READ, {}), 10, self.clock.monotonic, total=15)
        self.clock.sleep(8)
        attempts.begin()
        self.assertEqual(attempts.remaining, 7)


if __name__ == "__main__":
    unittest.main()
