"""Session keys outlive whatever happens to the key file that seals them."""

import os
import shutil
import unittest

from keys_harness import CLIENTS, ROTATE, Keys, text_of
from varlink import CallFailed


class Rotation(Keys):
    def test_seals_every_key_anew(self) -> None:
        self.daemon.start()
        keys = self.save_keys(1000)
        reply = self.rotate()
        self.assertEqual((reply["resealed"], reply["newKey"]), (1000, True))
        self.assert_given_out(keys)
        self.assertEqual(self.daemon.key_file.stat().st_mode & 0o777, 0o600)

    def test_tells_its_progress_first(self) -> None:
        self.daemon.start()
        self.save_keys(10)
        first, *_, last = self.connect().stream(ROTATE)
        self.assertEqual(first, {"progress": 0.0})
        self.assertEqual(last, {"resealed": 10, "newKey": True})

    def kill_at_reply(self, number: int) -> None:
        """In the middle of a rotation, if it has so many replies."""
        for count, _ in enumerate(self.connect().stream(ROTATE), start=1):
            if count == number:
                break
        self.daemon.kill()
        self.daemon.start()

    def test_killed_again_and_again_loses_no_key(self) -> None:
        self.daemon.start()
        keys = self.save_keys(10_000)
        some = dict(list(keys.items())[::100])
        for number in (1, 2, 1, 3, 2):
            self.kill_at_reply(number)
            self.assert_given_out(some)
        self.rotate()
        self.assert_given_out(some)
        self.assertEqual(self.rotate()["resealed"], 10_000)

    def test_killed_is_finished_with_the_key_that_it_had_made(self) -> None:
        self.daemon.start()
        keys = self.save_keys(10_000)
        self.kill_at_reply(1)
        self.assertEqual(self.daemon.key_file.stat().st_size, 64)
        self.assertEqual(self.rotate()["newKey"], False)
        self.assertEqual(self.daemon.key_file.stat().st_size, 64)
        self.assert_given_out(dict(list(keys.items())[::100]))


class KeyFile(Keys):
    """A catalog with one sealed key; then its key file is changed."""

    def setUp(self) -> None:
        super().setUp()
        self.daemon.start()
        self.keys = self.save_keys(1)
        self.client = next(iter(self.keys))
        self.assertEqual(self.daemon.stop(), 0)

    def assert_no_keys(self, *named: str) -> None:
        """Starts, and serves everything but session keys, which it refuses with the reason."""
        self.daemon.start()
        for method, parameters in (
                ("GetSessionKey", {"id": self.client}),
                ("Save", {"name": "new", "sessionKey": text_of(os.urandom(32))})):
            with self.assertRaises(CallFailed) as refused:
                self.connect().call(f"{CLIENTS}.{method}", **parameters)
            self.assertEqual(refused.exception.error, f"{CLIENTS}.KeyUnavailable")
            for text in (str(self.daemon.key_file), *named):
                self.assertIn(text, refused.exception.parameters["reason"])
        self.saved_client(f"other-{os.urandom(4).hex()}")
        for text in named:
            self.assertRegex(self.daemon.log(), rf"error session keys are .*{text}")
        self.assertEqual(self.daemon.stop(), 0)

    def test_a_missing_one_is_named_and_not_replaced(self) -> None:
        self.daemon.key_file.unlink()
        self.assert_no_keys("missing")
        self.assertFalse(self.daemon.key_file.exists())

    def test_one_that_others_may_read_is_named(self) -> None:
        self.daemon.key_file.chmod(0o644)
        self.assert_no_keys("chmod 600")

    def test_another_key_is_told_from_the_right_one(self) -> None:
        self.daemon.key_file.write_bytes(bytes(32))
        self.assert_no_keys("sealed with key")

    def test_one_of_another_length_is_named(self) -> None:
        for length in (0, 31, 33):
            self.daemon.key_file.write_bytes(bytes(length))
            self.assert_no_keys("32 bytes")

    def test_put_back_it_opens_the_session_keys(self) -> None:
        kept = self.folder / "kept.key"
        shutil.move(self.daemon.key_file, kept)
        self.assert_no_keys("missing")
        shutil.move(kept, self.daemon.key_file)
        self.daemon.start()
        self.assert_given_out(self.keys)

    def test_of_one_key_is_read_by_the_program_of_many(self) -> None:
        self.assertEqual(self.daemon.key_file.stat().st_size, 32)
        self.daemon.start()
        self.assert_given_out(self.keys)


class Credential(Keys):
    """The key file comes from systemd, which nobody writes to."""

    def setUp(self) -> None:
        super().setUp()
        self.credential = self.folder / "credentials" / "catalogd.key"
        self.credential.parent.mkdir()
        self.daemon.environment["CREDENTIALS_DIRECTORY"] = str(self.credential.parent)
        self.give(b"a" * 32)
        self.daemon.start()
        self.keys = self.save_keys(5)

    def give(self, keys: bytes) -> None:
        self.credential.unlink(missing_ok=True)
        self.credential.write_bytes(keys)
        self.credential.chmod(0o440)  # as an access list for the daemon's user looks

    def test_is_used_and_no_file_is_made(self) -> None:
        self.assert_given_out(self.keys)
        self.assertFalse(self.daemon.key_file.exists())

    def test_gets_no_new_key(self) -> None:
        with self.assertRaises(CallFailed) as refused:
            self.rotate()
        self.assertEqual(refused.exception.error, "io.catalogd.Admin.NoNewKey")
        self.assertIn(str(self.credential), refused.exception.parameters["reason"])
        self.assertEqual(self.credential.read_bytes(), b"a" * 32)

    def test_with_a_new_key_in_front_is_rotated_to_that(self) -> None:
        self.assertEqual(self.daemon.stop(), 0)
        self.give(b"b" * 32 + b"a" * 32)
        self.daemon.start()
        self.assert_given_out(self.keys)
        reply = self.rotate()
        self.assertEqual((reply["resealed"], reply["newKey"]), (5, False))
        self.assertEqual(self.daemon.stop(), 0)
        self.give(b"b" * 32)
        self.daemon.start()
        self.assert_given_out(self.keys)


if __name__ == "__main__":
    unittest.main()
