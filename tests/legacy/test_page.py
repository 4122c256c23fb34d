"""docs/migration.md lists every defect of the old server's layer, and the test that shows what
holds instead; what has no test yet waits for a method that is not served yet."""

import ast
import re
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
DEFECTS = 59
NOT_OURS = 10  # at most


def rows() -> list[list[str]]:
    """The cells of the table: number, defect, what catalogd does, the test."""
    page = (DOCS / "migration.md").read_text()
    found = re.findall(r"^\| (\d+) \|(.+)\|(.+)\|(.+)\|$", page, re.MULTILINE)
    return [[cell.strip() for cell in row] for row in found]


def written_tests() -> list[str]:
    """`test_pool.py: test_…` of each test of this folder but those of this file."""
    tests = []
    for path in sorted(HERE.glob("test_*.py")):
        if path != Path(__file__).resolve():
            tree = ast.parse(path.read_text())
            tests += [f"{path.name}: {node.name}" for node in ast.walk(tree)
                      if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return tests


def unserved() -> set[str]:
    """Methods that docs/protocol.md, which a test holds against the code, lists as not served."""
    page = (DOCS / "protocol.md").read_text().partition("## Methods that are not served yet")[2]
    methods = set()
    for interface, cell in re.findall(r"^\| `([\w.]+)` \|(.*)\|$", page, re.MULTILINE):
        names = re.findall(r"`(\w+)`", cell) or ["*"]
        methods |= {f"{interface}.{name}" for name in names}
    return methods


class Page(unittest.TestCase):

    def test_it_has_every_defect_once_and_in_order(self) -> None:
        self.assertEqual([int(row[0]) for row in rows()], list(range(1, DEFECTS + 1)))

    def test_it_says_of_each_what_catalogd_does(self) -> None:
        for number, defect, instead, _ in rows():
            self.assertTrue(defect and instead, number)

    def test_it_names_exactly_the_tests_that_there_are(self) -> None:
        named = [test for row in rows() for test in re.findall(r"`(test_\w+\.py: \w+)`", row[3])]
        self.assertEqual(sorted(named), sorted(written_tests()))

    def test_what_has_no_test_waits_for_a_method_or_is_not_ours(self) -> None:
        waiting = unserved()
        not_ours = 0
        for number, _, _, test in rows():
            if "`test_" in test:
                continue
            awaited = re.fullmatch(r"comes with `([\w.]+)`", test)
            not_ours += test.startswith("not this daemon's: ")
            if awaited:
                interface = awaited[1].rpartition(".")[0]
                self.assertTrue({awaited[1], f"{interface}.*"} & waiting,
                                f"{number}: {awaited[1]} is served, so its test can be written")
            else:
                self.assertRegex(test, r"^not this daemon's: .{20,}", number)
        self.assertLessEqual(not_ours, NOT_OURS)


if __name__ == "__main__":
    unittest.main()
