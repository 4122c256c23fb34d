"""A daemon that serves HTTP, and who asks it there."""

from typing import Any

from harness import DaemonTest
from websocket import Events, Http


class HttpTest(DaemonTest):
    settings = ""

    def setUp(self) -> None:
        super().setUp()
        self.address = self.daemon.serve_http()
        if self.settings:
            self.daemon.configure(self.settings)
        self.daemon.start()

    def http(self) -> Http:
        peer = Http(self.address)
        self.addCleanup(peer.close)
        return peer

    def get(self, target: str, **fields: str) -> Any:
        return self.http().ask(target, **fields)

    def events(self, target: str = "/v1/events", small_window: bool = False,
               **fields: str) -> Events:
        peer = Events(self.address, target, small_window, **fields)
        self.addCleanup(peer.close)
        return peer

    def make_limits_small(self) -> None:
        """So that the check of the size fails at the next looks."""
        peer = self.connect()
        for name in ("database_warn", "database_fail"):
            peer.call("io.catalogd.Admin.SetSetting", name=f"health.{name}", value="1KB")
