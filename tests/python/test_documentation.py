"""What docs/python.md shows works, and says what is so."""

import contextlib
import io
import os
import re
import unittest
from unittest import mock

from served import ROOT, ServedTest
from catalogd import compat, errors

PAGE = (ROOT / "docs/python.md").read_text(encoding="utf-8")
BLOCKS = [re.sub(r"^   ", "", block, flags=re.MULTILINE) if block.startswith("   ") else block
          for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)]


class Page(ServedTest):
    def test_every_block_runs_in_the_order_of_the_page(self) -> None:
        names: dict = {}
        said = io.StringIO()
        with mock.patch.dict(os.environ, CATALOGD_SOCKET=str(self.daemon.socket)), \
                contextlib.redirect_stdout(said):
            for block in BLOCKS:
                exec(block, names)
        self.addCleanup(names["catalog"].close)
        self.assertEqual(said.getvalue(), "a.txt 5\n")
        self.assertEqual(self.names(), [])  # the last block has deleted it
        self.assertIs(names["DatabaseManager"], compat.DatabaseManager)

    def test_errors_stand_in_the_row_of_their_class(self) -> None:
        rows = re.findall(r"^\| `(\w+Error)` \| (.*) \|$", PAGE, re.MULTILINE)
        self.assertGreaterEqual(len(rows), 6)
        for name, named in rows:
            for error in re.findall(r"`([A-Z]\w+)`", named):
                self.assertTrue(issubclass(getattr(errors, error), getattr(errors, name)), error)

    def test_every_call_of_the_table_of_differences_is_there(self) -> None:
        table = PAGE[PAGE.index("| call | was | is |"):]
        for cell in re.findall(r"^\| (.*?) \|", table, re.MULTILINE)[2:]:
            for name in re.findall(r"`(\w+)[^`]*`", cell):
                found = hasattr(compat.DatabaseManager, name) or hasattr(compat, name) \
                    or name == "connection_pool"
                self.assertTrue(found, name)


if __name__ == "__main__":
    unittest.main()
