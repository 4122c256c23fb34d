"""Writes an interface as two modules of Python: a TypedDict for each type and each reply, and a
function for each method, which makes its call."""

from __future__ import annotations

import keyword
import re
from typing import Dict, Iterable, List, Tuple

import choices
from idl import Field, Interface, Member, Type
from layout import docstring, laid_out, wrapped

BUILT_IN = {"string": "str", "int": "int", "float": "float", "bool": "bool",
            "object": "Dict[str, Any]"}
FUTURE = "from __future__ import annotations"
INDENT = "    "


def snake(name: str) -> str:
    """A method or parameter as Python writes it."""
    word = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return word + "_" if keyword.iskeyword(word) else word


def python_type(kind: Type, sequence: str = "List") -> str:
    if kind.name == "enum":
        text = "Literal[" + ", ".join(f'"{value}"' for value in kind.values) + "]"
    elif kind.name == "struct":
        raise ValueError("a struct inside a struct needs a name")
    else:
        text = BUILT_IN.get(kind.name, kind.name)
    if kind.container == "[]":
        text = f"{sequence}[{text}]"
    elif kind.container:
        text = f"Dict[str, {text}]"
    return f"Optional[{text}]" if kind.optional else text


def parameter_type(method: Member, field: Field) -> str:
    """As `python_type`; an enumeration has a name, since its values may fill a line."""
    if field.type.name == "enum":
        return f"Optional[{enum_name(method, field)}]"
    return python_type(field.type, "Sequence")


def enum_name(method: Member, field: Field) -> str:
    return method.name + field.name[0].upper() + field.name[1:]


def field_lines(interface: Interface, fields: Iterable[Field], pythonic: bool) -> List[str]:
    """A line for each field that has a unit or a comment."""
    lines: List[str] = []
    for field in fields:
        comment = " ".join(field.comment.split())
        said = choices.unit(interface.name, field.name, field.type.name)
        text = "; ".join(part for part in (said, comment) if part)
        if text:
            name = snake(field.name) if pythonic else field.name
            lines += wrapped(f"{name}: {text}", INDENT)
    return lines


def entries(fields: Iterable[Field]) -> List[str]:
    return [f"{INDENT}{field.name}: {python_type(field.type)}" for field in fields]


def typed_dict(interface: Interface, name: str, comment: str, fields: Tuple[Field, ...]) -> str:
    """What may be missing stands in a class that is not total: replies leave out what is null."""
    lines, noted = wrapped(comment, INDENT), field_lines(interface, fields, pythonic=False)
    doc = docstring(lines + ([""] if lines and noted else []) + noted, INDENT)
    if any(field.name in BUILT_IN for field in fields):  # a class body would hide the type
        items = [f'"{field.name}": {python_type(field.type)}' for field in fields]
        return "\n".join(laid_out(f'{name} = TypedDict("{name}", {{', items,
                                  "}, total=False)")) + "\n"
    required = [field for field in fields if not field.type.optional]
    optional = [field for field in fields if field.type.optional]
    if required and optional:
        text = "\n".join([f"class _{name}(TypedDict):", *entries(required), "", "",
                          f"class {name}(_{name}, total=False):"])
        body = entries(optional)
    else:
        text = f"class {name}(TypedDict{', total=False' if optional else ''}):"
        body = entries(fields)
    doc = doc or ([] if body else docstring(["Nothing."], INDENT))
    return "\n".join([text, *doc, *([""] if doc and body else []), *body]) + "\n"


def repeat(method: Member) -> str:
    if any(field.name == "requestId" for field in method.fields):
        return "Repeat.WITH_ID"
    return "Repeat.FREELY" if choices.READS.match(method.name) else "Repeat.NEVER"


def signature(method: Member) -> List[str]:
    """What must be given comes first and by position, the rest by name."""
    required = [field for field in method.fields if not field.type.optional]
    optional = [field for field in method.fields if field.type.optional]
    parts = [f"{snake(field.name)}: {parameter_type(method, field)}" for field in required]
    parts += ["*"] if optional else []
    parts += [f"{snake(field.name)}: {parameter_type(method, field)} = None"
              for field in optional]
    return laid_out(f"def {snake(method.name)}(", parts, f") -> Call[{method.name}Reply]:")


def function(interface: Interface, method: Member, errors: List[str]) -> str:
    noted = field_lines(interface, method.fields, pythonic=True)
    if method.replies:
        given = ", ".join(field.name for field in method.replies)
        noted += wrapped(f"Returns: {given}.", INDENT)
    if errors:
        noted += wrapped(f"Errors beside those of every call: {', '.join(errors)}.", INDENT)
    lines = wrapped(method.comment, INDENT) or [f"{INDENT}{interface.name}.{method.name}"]
    pairs = [f'"{field.name}": {snake(field.name)}' for field in method.fields]
    return "\n".join([
        *signature(method),
        *docstring([*lines, *([""] if noted else []), *noted], INDENT),
        *laid_out(f'{INDENT}return Call("{interface.name}.{method.name}", {repeat(method)}, {{',
                  pairs, "})")]) + "\n"


def enumerations(method: Member) -> List[str]:
    return ["\n".join(laid_out(f"{enum_name(method, field)} = Literal[",
                               [f'"{value}"' for value in field.type.values], "]")) + "\n"
            for field in method.fields if field.type.name == "enum"]


def head(interface: Interface, text: str, about: str, *always: str) -> str:
    """The beginning of a module, with what `text` needs of `typing`."""
    code = re.sub(r'""".*?"""', "", text, flags=re.DOTALL)
    names = [name for name in ("Any", "Dict", "List", "Literal", "Optional", "Sequence")
             if re.search(rf"\b{name}\b", code)]
    made = f"Generated from protocol/{interface.name}.varlink by python/generator; do not edit."
    lines = docstring([*wrapped(about, ""), "", made], "") + ["", FUTURE, ""]
    imported = ", ".join([*names, *always])
    return "\n".join(lines + ([f"from typing import {imported}"] if imported else [])) + "\n"


def types_module(interface: Interface) -> str:
    """The text of `catalogd.contract.types.<module>`."""
    parts = [typed_dict(interface, member.name, member.comment, member.fields)
             for member in interface.types]
    for method in interface.methods:
        parts += enumerations(method)
        parts.append(typed_dict(interface, f"{method.name}Reply", "", method.replies or ()))
    text = "\n\n".join(parts)
    about = f"What the calls of {interface.name} take and return."
    return head(interface, text, about, "TypedDict") + "\n\n" + text


def calls_module(interface: Interface, errors: List[str]) -> str:
    """The text of `catalogd.contract.<module>`."""
    text = "\n\n".join(function(interface, method, errors) for method in interface.methods)
    declared = [member.name for member in interface.types]
    declared += [f"{method.name}Reply" for method in interface.methods]
    declared += [enum_name(method, field) for method in interface.methods
                 for field in method.fields if field.type.name == "enum"]
    used = sorted(name for name in declared if re.search(rf"\b{name}\b", text))
    imports = laid_out(f"from .types.{interface.module} import (", used, ")")
    return (head(interface, text, interface.comment)
            + "\nfrom ..call import Call, Repeat\n" + "\n".join(imports)
            + "\n\n\n" + text)


def modules(interface: Interface, errors: List[str]) -> Dict[str, str]:
    return {f"{interface.module}.py": calls_module(interface, errors),
            f"types/{interface.module}.py": types_module(interface)}
