"""Writes `catalogd.contract.errors`: a class for each error of the contract."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import Iterable, List, Tuple

import choices
from idl import Interface, Member
from layout import WIDTH, docstring, wrapped

HEADER = '''"""The errors of the contract, each below its class of PEP 249.

Generated from protocol/*.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Dict, Type

'''
BY_NAME = "BY_NAME: Dict[str, Type[DatabaseError]] = {one.contract_name: one for one in ("
Named = Tuple[Interface, Member, str]


def named(interfaces: List[Interface]) -> List[Named]:
    """Every error with the name of its class: where two interfaces have the same, the
    interface's own name goes before it."""
    errors = [(interface, error) for interface in interfaces for error in interface.errors]
    counts = Counter(error.name for _, error in errors)
    return [(interface, error, error.name if counts[error.name] == 1
             else interface.name.rsplit(".", 1)[1].removesuffix("s") + error.name)
            for interface, error in errors]


def own(interfaces: List[Interface], interface: Interface) -> List[str]:
    """The classes of the errors that only this interface has."""
    if interface.module in ("catalog", "service"):
        return []
    return [name for owner, _, name in named(interfaces) if owner is interface]


def class_text(interface: Interface, error: Member, name: str) -> str:
    indent = "    "
    lines = wrapped(error.comment, indent)
    if error.fields:
        given = ", ".join(field.name for field in error.fields)
        lines += [*([""] if lines else []), f"{indent}parameters: {given}"]
    lines = lines or [f"{indent}{error.name}."]
    return "\n".join([f"class {name}({choices.BASES[error.name]}):", *docstring(lines, indent),
                      f'{indent}contract_name = "{interface.name}.{error.name}"']) + "\n"


def listed(opening: str, names: Iterable[str], closing: str) -> str:
    """Names in brackets, several to a line."""
    return "\n".join([opening, *textwrap.wrap(", ".join(names), WIDTH, initial_indent="    ",
                                              subsequent_indent="    "), closing])


def module(interfaces: List[Interface]) -> str:
    """An error that is called as a class of PEP 249 is that class."""
    errors = named(interfaces)
    ours = [one for one in errors if one[2] != choices.BASES[one[1].name]]
    bases = {choices.BASES[error.name] for _, error, _ in errors} | {"DatabaseError"}
    quoted = (f'"{name}"' for name in sorted(name for _, _, name in ours))
    called_alike = "".join(f'\nBY_NAME["{interface.name}.{error.name}"] = {name}'
                           for interface, error, name in errors
                           if name == choices.BASES[error.name])
    return (HEADER + listed("from ..hierarchy import (", sorted(bases), ")") + "\n\n"
            + listed("__all__ = [", quoted, "]") + "\n\n\n"
            + "\n\n".join(class_text(*one) for one in ours)
            + "\n\n" + listed(BY_NAME, (name for _, _, name in ours), ")}")
            + called_alike + "\n")
