"""docs/security.md names the tests that show each of its claims: they have to be there."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOOGLE = re.compile(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", re.MULTILINE)
PYTHON = re.compile(r"^    def (test_\w+)", re.MULTILINE)


def tests() -> set[str]:
    found = set()
    for path in (ROOT / "tests").rglob("*"):
        if path.suffix == ".cpp":
            found |= {f"{suite}.{name}" for suite, name in GOOGLE.findall(path.read_text())}
        elif path.suffix == ".py":
            found |= set(PYTHON.findall(path.read_text()))
    return found


class SecurityPage(unittest.TestCase):
    def test_every_test_that_it_names_is_there(self) -> None:
        page = (ROOT / "docs/security.md").read_text()
        named = re.findall(r"`(test_\w+|[A-Z]\w+\.[A-Z]\w+)`", page)
        self.assertGreater(len(named), 20)
        self.assertEqual(set(named) - {"Admin.Query"} - tests(), set())


if __name__ == "__main__":
    unittest.main()
