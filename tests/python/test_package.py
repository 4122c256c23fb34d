"""The package as it is installed: typed, without dependencies, without a network."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

from served import ROOT

PACKAGE = ROOT / "python"
MYPY = "/usr/bin/mypy"  # Debian's: no other interpreter's packages in its way


def run(*command: object, **options) -> str:
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True,
                          **options)
    if done.returncode:
        raise AssertionError(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def backend():
    specification = importlib.util.spec_from_file_location(
        "catalogd_wheel", PACKAGE / "backend/catalogd_wheel.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


class Package(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="catalogd-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def test_pip_installs_it_without_an_index(self) -> None:
        run(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--target",
            self.folder, PACKAGE, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
        said = run(sys.executable, "-c", "import catalogd.compat, catalogd.aio; print(catalogd)",
                   cwd="/", env={"PYTHONPATH": str(self.folder)})
        self.assertIn(str(self.folder), said)

    def test_a_wheel_made_of_the_sdist_is_the_same(self) -> None:
        sdist = backend().build_sdist(str(self.folder))
        shutil.unpack_archive(self.folder / sdist, self.folder, filter="data")
        unpacked = self.folder / sdist[:-len(".tar.gz")]
        wheel = backend().build_wheel(str(self.folder))
        again = run(sys.executable, "-c", "import catalogd_wheel as w; print(w.build_wheel('.'))",
                    cwd=unpacked, env={"PYTHONPATH": str(unpacked / "backend")}).strip()
        self.assertEqual((unpacked / again).read_bytes(), (self.folder / wheel).read_bytes())

    def test_the_wheel_holds_every_module_and_the_mark_of_types(self) -> None:
        with zipfile.ZipFile(self.folder / backend().build_wheel(str(self.folder))) as wheel:
            names = set(wheel.namelist())
        modules = {path.relative_to(PACKAGE / "src").as_posix()
                   for path in (PACKAGE / "src").rglob("*.py")}
        self.assertLessEqual(modules | {"catalogd/py.typed"}, names)

    def test_its_version_is_the_daemons(self) -> None:
        self.assertIn(f"project(catalogd VERSION {backend().version()} ",
                      (ROOT / "CMakeLists.txt").read_text())

    def test_its_types_are_strict(self) -> None:
        run(MYPY, "--cache-dir", self.folder, cwd=PACKAGE)
        run(MYPY, "--cache-dir", self.folder, "--strict", *(PACKAGE / "generator").glob("*.py"),
            cwd=PACKAGE / "generator")
        run(MYPY, "--cache-dir", self.folder, "--strict", *(PACKAGE / "examples").glob("*.py"),
            cwd=PACKAGE, env={**os.environ, "MYPYPATH": str(PACKAGE / "src")})

    def test_it_imports_nothing_but_the_standard_library(self) -> None:
        run(sys.executable, "-S", "-c", "import catalogd.compat, catalogd.aio", cwd="/",
            env={"PYTHONPATH": str(PACKAGE / "src")})

    def test_its_syntax_is_that_of_python_3_9(self) -> None:
        for path in PACKAGE.rglob("*.py"):
            ast.parse(path.read_text(), str(path), feature_version=(3, 9))


if __name__ == "__main__":
    unittest.main()
