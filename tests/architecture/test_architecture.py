#!/usr/bin/env python3
"""Holds the tree against the rules in includes.py and tree.py, and each rule against a
planted violation: python3 tests/architecture/test_architecture.py [ROOT]"""

import sys
import tempfile
import unittest
from pathlib import Path

import tree
from includes import include_direction

ROOT = Path(__file__).resolve().parents[2]

CHECKS = [include_direction, tree.folder_map, tree.registration, tree.file_length,
          tree.function_length, tree.telling_names, tree.no_replace, tree.packages]

# A tree that keeps every rule.
KEPT = {
    "README.md": "# it\n\n## Folders\n\n| folder | what |\n|---|---|\n"
                 "| `actors/` | x |\n| `catalog/` | x |\n| `protocol/` | x |\n| `tests/` | x |\n"
                 "\n## Next\n",
    "actors/CMakeLists.txt": "catalogd_library(catalogd_actors SOURCES writer.cpp)\n",
    "actors/writer.cpp": '#include "actors/writer.h"\n#include <boost/asio/post.hpp>\n'
                         '#include "catalog/row.h"\n',
    "actors/writer.h": '#pragma once\n#include <mutex>\n#include "protocol/codec.h"\n',
    "catalog/CMakeLists.txt": "add_library(catalogd_catalog\n    row.cpp  # all\n)\n",
    "catalog/row.cpp": "#include <sqlite3.h>\n#include <SQLiteCpp/Database.h>\n#include <map>\n"
                       "#include <sys/stat.h>\n",
    "protocol/CMakeLists.txt": "add_library(catalogd_protocol codec.cpp)\n",
    "protocol/codec.cpp": '#include "protocol/codec.h"\n#include <boost/json/value.hpp>\n'
                          '#include "protocol/decode.ipp"\n',
    "protocol/decode.ipp": "#include <boost/json/value.hpp>\n",
    "tests/CMakeLists.txt": "add_executable(t actors/writer_test.cpp)\n",
    "tests/actors/writer_test.cpp": '#include "actors/writer.h"\n#include <gtest/gtest.h>\n',
    ".ci/packages": "#!/bin/sh\necho libgood-dev\n",
}


def plant(root: Path, changes: dict[str, str]) -> None:
    for name, text in {**KEPT, **changes}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / ".ci/packages").chmod(0o755)


class Rules(unittest.TestCase):
    """Each rule finds what breaks it, and nothing else does."""

    def problems(self, changes: dict[str, str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            plant(Path(folder), changes)
            return [problem for check in CHECKS for problem in check(Path(folder))]

    def assert_found(self, changes: dict[str, str], expected: str) -> None:
        found = self.problems(changes)
        self.assertEqual(len(found), 1, found)
        self.assertIn(expected, found[0])

    def test_a_kept_tree_has_no_problems(self) -> None:
        self.assertEqual(self.problems({}), [])

    def test_an_include_against_the_arrows_is_found(self) -> None:
        for folder, header in [("catalog", "actors/writer.h"), ("protocol", "catalog/row.h"),
                               ("actors", "endpoints/session.h"), ("actors", "daemon/main.h"),
                               ("catalog", "protocol/codec.h"), ("actors", "config/config.h")]:
            with self.subTest(folder=folder, header=header):
                self.assert_found({f"{folder}/extra.h": f'\n#include "{header}"\n'},
                                  f'{folder}/extra.h:2: "{header}"')

    def test_what_one_file_may_include_its_neighbours_may_not(self) -> None:
        readme = KEPT["README.md"].replace("| `tests/`", "| `cli/` | x |\n| `tests/`")
        tree_of = lambda name: {
            "README.md": readme, f"cli/{name}.cpp": '#include "catalog/row.h"\n',
            "cli/CMakeLists.txt": f"catalogd_library(catalogd_cli SOURCES {name}.cpp)\n"}
        self.assertEqual(self.problems(tree_of("keys")), [])
        self.assert_found(tree_of("locks"), "cli/ may not include catalog/")

    def test_a_library_outside_the_table_is_found(self) -> None:
        for folder, header in [("catalog", "boost/asio.hpp"), ("catalog", "spdlog/spdlog.h"),
                               ("catalog", "thread"), ("catalog", "sys/socket.h"),
                               ("catalog", "fmt/core.h"), ("actors", "sqlite3.h"),
                               ("actors", "boost/json/value.hpp"), ("protocol", "sqlite3.h"),
                               ("protocol", "strange/thing.hpp"), ("protocol", "strange.h")]:
            with self.subTest(folder=folder, header=header):
                self.assert_found({f"{folder}/extra.h": f"#  include <{header}>\n"},
                                  f"{folder}/extra.h:1: <{header}>")

    def test_json_in_a_header_of_the_protocol_is_found(self) -> None:
        self.assert_found({"protocol/codec.h": "#include <boost/json/value.hpp>\n"},
                          "a header of protocol/ may not include json")
        self.assert_found({"protocol/codec.h": '#include "protocol/decode.ipp"\n'},
                          "only sources may include it")

    def test_an_include_not_from_the_root_is_found(self) -> None:
        self.assert_found({"actors/extra.h": '#include "writer.h"\n'}, "from the root")

    def test_a_folder_map_that_differs_is_found(self) -> None:
        self.assert_found({"docs/page.md": "x\n"}, "lacks docs/")
        readme, after = KEPT["README.md"], "| `tests/`"
        self.assert_found({"README.md": readme.replace(after, f"| `web/` | x |\n{after}")},
                          "names web/, which is not there")
        self.assert_found({"README.md": readme.replace(after, f"| `actors/` | |\n{after}")},
                          "names actors/ twice")
        self.assert_found({"README.md": "# it\n"}, "no section")

    def test_an_unregistered_source_is_found(self) -> None:
        self.assert_found({"tests/actors/reader_test.cpp": ""},
                          "tests/actors/reader_test.cpp: no CMakeLists.txt names it")
        self.assert_found({"tests/CMakeLists.txt": "# actors/writer_test.cpp\n"},
                          "tests/actors/writer_test.cpp: no CMakeLists.txt names it")

    def test_a_source_counts_as_registered_in_the_folder_of_the_call_alone(self) -> None:
        call = "catalogd_test({}\n  SOURCES writer_test.cpp\n  LINK catalogd_actors)\n"
        self.assertEqual(self.problems({"tests/CMakeLists.txt": call.format("actors")}), [])
        self.assert_found({"tests/CMakeLists.txt": call.format("protocol")},
                          "tests/actors/writer_test.cpp: no CMakeLists.txt names it")

    def test_a_long_file_is_found(self) -> None:
        self.assert_found({"actors/extra.h": "\n" * 301}, "301 lines")
        self.assertEqual(self.problems({"actors/extra.h": "\n" * 300}), [])

    def test_a_long_function_of_python_is_found(self) -> None:
        body = "def f():\n" + "    pass\n" * 40
        self.assert_found({"tests/x.py": body}, "tests/x.py: f has 41 lines")
        self.assertEqual(self.problems({"tests/x.py": body.replace("    pass\n", "", 1)}), [])

    def test_a_name_that_says_nothing_is_found(self) -> None:
        for name in ["actors/util.h", "catalog/string_utils.h", "actors/common/x.h",
                     "protocol/base.h", "tests/test_helpers.py"]:
            with self.subTest(name=name):
                self.assert_found({name: ""}, f"{name}: name it")
        self.assertEqual(self.problems({"protocol/database.h": ""}), [])

    def test_replace_in_the_catalog_is_found(self) -> None:
        self.assert_found({"catalog/a.sql": "x;\ninsert or\n replace into t"}, "a.sql:2: or")
        self.assert_found({"catalog/a.h": 'auto sql = "REPLACE INTO t";'}, "a.h:1: REPLACE INTO")
        self.assertEqual(self.problems({"catalog/a.sql": "select replace(x, 'a', 'b')"}), [])

    def test_an_unlisted_package_is_found(self) -> None:
        self.assert_found({"CONTRIBUTING.md": "`libgood-dev`, `libbad1.2-dev`"}, "libbad1.2-dev")


class Tree(unittest.TestCase):
    """The tree keeps the rules."""

    def test_the_tree_keeps_every_rule(self) -> None:
        for check in CHECKS:
            with self.subTest(check=check.__name__):
                problems = check(ROOT)
                if problems:
                    self.fail("\n" + "\n".join(problems))


if __name__ == "__main__":
    if len(sys.argv) > 1 and Path(sys.argv[-1]).is_dir():
        ROOT = Path(sys.argv.pop()).resolve()
    unittest.main()
