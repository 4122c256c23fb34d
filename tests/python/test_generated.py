"""What is generated is the contract's, all of it."""

import importlib.util
import inspect
import re
import sys
import unittest

from served import ROOT

sys.path.insert(0, str(ROOT / "python/generator"))

import choices
import error_classes
import idl
import render
from catalogd import Call, errors
from catalogd.call import Repeat

INTERFACES = idl.read(ROOT / "protocol")
METHODS = [(interface, method) for interface in INTERFACES for method in interface.methods]
# What would happen twice if it were sent twice.
NEVER_REPEATED = {
    "Admin.Reload", "Admin.Rollback", "Admin.Restore", "Admin.DeleteBackup",
    "Admin.ImportDatabase", "Admin.RotateKeys", "Jobs.Run", "Jobs.Cancel", "Jobs.Hold",
    "Jobs.Release"}


def function_of(interface: idl.Interface, method: idl.Member):
    module = importlib.import_module(f"catalogd.contract.{interface.module}")
    return getattr(module, render.snake(method.name))


def called(interface: idl.Interface, method: idl.Member) -> Call:
    names = [render.snake(field.name) for field in method.fields]
    return function_of(interface, method)(**{name: f"<{name}>" for name in names})


class Generated(unittest.TestCase):
    def test_the_committed_text_is_what_the_generator_writes(self) -> None:
        for name, text in writer_texts().items():
            with self.subTest(name):
                path = ROOT / "python/src/catalogd/contract" / name
                self.assertEqual(path.read_text(encoding="utf-8"), text,
                                 "run: python3 python/generator")

    def test_every_method_makes_its_call_with_all_of_its_parameters(self) -> None:
        for interface, method in METHODS:
            with self.subTest(method=method.name):
                call = called(interface, method)
                self.assertEqual(call.method, f"{interface.name}.{method.name}")
                self.assertEqual(call.parameters, {
                    field.name: f"<{render.snake(field.name)}>" for field in method.fields})

    def test_every_method_says_what_the_contract_says(self) -> None:
        for interface, method in METHODS:
            with self.subTest(method=method.name):
                said = inspect.getdoc(function_of(interface, method)) or ""
                self.assertIn(" ".join(method.comment.split()), " ".join(said.split()))

    def test_sizes_times_and_durations_have_units(self) -> None:
        units = re.compile(r".*(Ms|Seconds|[bB]ytes|Size|At)|size|seconds|since|until")
        for interface, method in METHODS:
            for field in method.fields:
                if units.fullmatch(field.name):
                    with self.subTest(method=method.name, field=field.name):
                        self.assertIsNotNone(
                            choices.unit(interface.name, field.name, field.type.name))

    def test_only_what_happens_once_or_changes_nothing_is_repeated(self) -> None:
        never = {f"{interface.name.rsplit('.', 1)[1]}.{method.name}"
                 for interface, method in METHODS
                 if called(interface, method).repeat is Repeat.NEVER}
        self.assertEqual(never, NEVER_REPEATED)

    def test_every_error_has_its_class_of_pep_249(self) -> None:
        for interface, error, name in error_classes.named(INTERFACES):
            with self.subTest(error=error.name):
                found = errors.BY_NAME[f"{interface.name}.{error.name}"]
                self.assertTrue(issubclass(found, getattr(errors, choices.BASES[error.name])))
                self.assertIs(getattr(errors, name), found)

    def test_no_choice_is_left_of_an_error_that_is_gone(self) -> None:
        self.assertEqual(set(choices.BASES),
                         {error.name for _, error, _ in error_classes.named(INTERFACES)})


def writer_texts():
    specification = importlib.util.spec_from_file_location(
        "writer", ROOT / "python/generator/__main__.py")
    writer = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(writer)
    return writer.texts()


if __name__ == "__main__":
    unittest.main()
