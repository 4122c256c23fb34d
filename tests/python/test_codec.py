"""Frames, in whatever pieces they come, and errors by their names."""

import json
import math
import unittest

import served  # noqa: F401
from catalogd import Call, errors
from catalogd.call import Repeat
from catalogd.codec import LARGEST_FRAME, Decoder, encode, error_of

REPLIES = (b'{"parameters":{"client":{"name":"gr\xc3\xbcn"}},"continues":true}\0'
           b'{"error":"io.catalogd.Busy","parameters":{"retryAfterMs":5}}\0{}\0')


def call(**parameters: object) -> Call:
    return Call("io.catalogd.Clients.Save", Repeat.WITH_ID, parameters)


class Encoding(unittest.TestCase):
    def test_a_call_is_one_object_and_a_nul_byte(self) -> None:
        frame = encode(call(name="grün\0"), timeout=1.5)
        self.assertEqual(json.loads(frame[:-1]), {
            "method": "io.catalogd.Clients.Save", "parameters": {"name": "grün\0"},
            "io.catalogd.timeoutMs": 1500})
        self.assertEqual(frame.count(b"\0"), 1)

    def test_what_is_none_is_left_out(self) -> None:
        self.assertEqual(call(name="a", publicKey=None).parameters, {"name": "a"})

    def test_what_is_not_json_is_refused_before_it_is_sent(self) -> None:
        for value in (b"bytes", "\ud800", math.nan, math.inf, object(), {1, 2}):
            with self.subTest(value=value), self.assertRaises(errors.DataError):
                encode(call(name=value))

    def test_a_refused_call_does_not_show_its_parameters(self) -> None:
        with self.assertRaises(errors.DataError) as refused:
            encode(call(sessionKey=b"secret"))
        self.assertNotIn("secret", str(refused.exception))
        self.assertNotIn("secret", repr(call(sessionKey="secret")))

    def test_a_frame_beyond_the_limit_is_refused_before_it_is_sent(self) -> None:
        with self.assertRaisesRegex(errors.DataError, "split it"):
            encode(call(name="x" * LARGEST_FRAME))


class Decoding(unittest.TestCase):
    def test_replies_are_the_same_however_the_bytes_are_cut(self) -> None:
        whole = Decoder().feed(REPLIES)
        for cut in range(len(REPLIES) + 1):
            decoder = Decoder()
            parts = [*decoder.feed(REPLIES[:cut]), *decoder.feed(REPLIES[cut:])]
            self.assertEqual(parts, whole, cut)
        one = Decoder()
        self.assertEqual([answer for byte in REPLIES for answer in one.feed(bytes([byte]))], whole)

    def test_what_is_no_reply_is_an_error_of_the_interface(self) -> None:
        for frame in (b"", b"[]", b"null", b"{", b"\xff", b'{"parameters":[1]}', b'{"error":5}',
                      b"[" * 100_000):
            with self.subTest(frame=frame[:20]), self.assertRaises(errors.InterfaceError):
                Decoder().feed(frame + b"\0")

    def test_bytes_without_an_end_are_not_kept_for_ever(self) -> None:
        decoder = Decoder()
        with self.assertRaises(errors.ProtocolError):
            for _ in range(18):
                decoder.feed(b"x" * 1024 * 1024)


class ErrorsByName(unittest.TestCase):
    def test_an_error_carries_the_contracts_name_and_parameters(self) -> None:
        error = error_of("io.catalogd.Clients.NameTaken", {"name": "laptop", "id": "01"})
        self.assertIsInstance(error, errors.NameTaken)
        self.assertIsInstance(error, errors.IntegrityError)
        self.assertEqual(error.name, "io.catalogd.Clients.NameTaken")
        self.assertEqual(error.parameters, {"name": "laptop", "id": "01"})

    def test_an_error_that_is_not_known_yet_is_still_a_database_error(self) -> None:
        error = error_of("io.catalogd.Newer", {"reason": "later"})
        self.assertIs(type(error), errors.DatabaseError)
        self.assertEqual(str(error), "io.catalogd.Newer: later")

    def test_a_failed_transaction_has_its_operations_error_as_its_cause(self) -> None:
        error = error_of("io.catalogd.TransactionFailed", {
            "index": 1, "error": "io.catalogd.Clients.NotFound", "parameters": {"name": "a"}})
        self.assertIsInstance(error.__cause__, errors.ClientNotFound)
        self.assertEqual(error.__cause__.parameters, {"name": "a"})


if __name__ == "__main__":
    unittest.main()
