"""The port against who means it ill: no HTTP, half requests, no token, too many connections."""

import select
import socket
import unittest

from harness import DaemonTest, eventually
from http_harness import HttpTest
from websocket import Http


class Hostile(HttpTest):

    def test_nobody_else_upgrades(self) -> None:
        for fields in ({"Host": "attacker.example"}, {"Origin": "null"},
                       {"Origin": "http://attacker.example"}, {"Host": "127.0.0.1"},
                       {"Origin": f"https://{self.address}"},
                       {"Origin": f"http://{self.address}.attacker.example"}):
            self.assertIn(self.http().upgrade(**fields).status, (403, 421), fields)
        self.assertEqual(self.http().upgrade(Origin=f"http://{self.address}").status, 101)

    def test_what_is_no_http_ends_the_connection(self) -> None:
        for text in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\0" * 64, b"GET\r\n\r\n",
                     b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost\r\n\r\n",
                     b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"):
            peer = self.http()
            peer.socket.sendall(text)
            peer.socket.shutdown(socket.SHUT_WR)
            answer = b""
            while data := peer.socket.recv(65536):
                answer += data
            self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 4"), answer)
        self.assertEqual(self.get("/livez").status, 200)

    def test_long_headers_and_bodies_are_refused(self) -> None:
        self.assertEqual(self.get("/livez", Cookie="x" * 10_000).status, 431)
        self.assertEqual(self.get("/livez", Content_Length="5").status, 400)
        self.assertEqual(self.get("/livez", Transfer_Encoding="chunked").status, 400)
        self.assertEqual(self.http().ask("/livez", "POST").status, 405)

    @staticmethod
    def ended_before_a_byte(peer: Http) -> bool:
        """Waits a little for the end, and sends one where it does not come."""
        if select.select([peer.socket], [], [], 0.1)[0]:
            return True
        peer.socket.sendall(b"x")
        return False

    @staticmethod
    def send_until_closed(peer: Http) -> None:
        while True:
            peer.socket.sendall(b"GET ")

    def test_half_a_request_is_closed_in_time_and_others_are_served_meanwhile(self) -> None:
        slow = [self.http() for _ in range(50)]
        for peer in slow:
            peer.socket.sendall(b"GET /livez HTTP/1.1\r\nHost: ")
        self.assertEqual(self.get("/livez").status, 200)
        for peer in slow:
            self.assertEqual(peer.socket.recv(1), b"")

    def test_who_sends_a_header_byte_by_byte_or_takes_no_answer_is_closed_too(self) -> None:
        deaf, slow = Http(self.address, small_window=True), self.http()
        self.addCleanup(deaf.close)
        deaf.socket.sendall(f"GET /metrics HTTP/1.1\r\nHost: {self.address}\r\n\r\n".encode() * 1000)
        slow.socket.sendall(b"GET /livez HTTP/1.1\r\nX-Slow: ")
        self.assertTrue(eventually(lambda: self.ended_before_a_byte(slow)))
        self.assertRaises(ConnectionError, self.send_until_closed, deaf)


class Limited(HttpTest):
    settings = "http:\n  connections: 3\n"

    def test_connections_beyond_the_limit_are_closed_at_once(self) -> None:
        held = [self.http() for _ in range(3)]
        for peer in held:
            self.assertEqual(peer.ask("/livez").status, 200)
        self.assertEqual(self.http().socket.recv(1), b"")
        self.assertEqual(held[0].ask("/livez").status, 200)


class Guarded(HttpTest):

    def setUp(self) -> None:
        DaemonTest.setUp(self)
        (self.folder / "token").write_text("0123456789abcdef\n")
        self.address = self.daemon.serve_http()
        self.daemon.configure(f"http:\n  token_file: {self.folder / 'token'}\n")
        self.daemon.start()

    def test_a_token_is_needed_where_one_is_configured(self) -> None:
        self.assertEqual(self.get("/metrics").status, 401)
        self.assertEqual(self.http().upgrade().status, 401)
        self.assertEqual(self.get("/metrics", Authorization="Bearer 0123456789abcdef").status, 200)
        self.assertEqual(self.http().upgrade(Authorization="Bearer 0123456789abcdef").status, 101)
        self.assertEqual(self.get("/livez").status, 200)

    def test_the_token_is_in_no_log(self) -> None:
        self.get("/metrics", Authorization="Bearer 0123456789abcdef")
        self.daemon.stop()
        self.assertNotIn("0123456789abcdef", self.daemon.log())


if __name__ == "__main__":
    unittest.main()
