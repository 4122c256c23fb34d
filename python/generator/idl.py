"""Reads a Varlink interface: its types, methods and errors, each with its comment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import List, Optional, Tuple

TOKEN = re.compile(r"#[^\n]*|\n|->|\[string\]|\[\]|[?():,]|[A-Za-z][A-Za-z0-9_.-]*|[ \t]+")


@dataclass(frozen=True)
class Type:
    """`name` is a built-in or declared type, "struct" with fields, or "enum" with values."""

    name: str
    optional: bool = False
    container: str = ""  # "[]" or "[string]", whose element this describes
    fields: Tuple["Field", ...] = ()
    values: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    name: str
    type: Type
    comment: str = ""


@dataclass(frozen=True)
class Member:
    """A type, a method (whose `replies` are set) or an error of an interface."""

    name: str
    comment: str
    fields: Tuple[Field, ...]
    replies: Optional[Tuple[Field, ...]] = None


@dataclass
class Interface:
    name: str
    comment: str
    types: List[Member] = field(default_factory=list)
    methods: List[Member] = field(default_factory=list)
    errors: List[Member] = field(default_factory=list)

    @property
    def module(self) -> str:
        """io.catalogd itself is the catalog; every other interface its last word."""
        return "catalog" if self.name == "io.catalogd" else self.name.rsplit(".", 1)[1].lower()


class Reader:
    """The tokens of one text, in order. A comment belongs to what follows it without a blank
    line."""

    def __init__(self, text: str) -> None:
        self._tokens: List[str] = [token for token in TOKEN.findall(text) if token.strip(" \t")]
        self._at = 0
        self._comment: List[str] = []

    def _skip(self) -> None:
        """To the next token that is neither a comment nor the end of a line."""
        ends = 0
        while self._at < len(self._tokens) and self._tokens[self._at][0] in "#\n":
            token = self._tokens[self._at]
            if token == "\n":
                ends += 1
                if ends > 1:
                    self._comment = []
            else:
                ends = 0
                self._comment.append(token[1:].removeprefix(" "))
            self._at += 1

    def comment(self) -> str:
        """What stands before the next token."""
        self._skip()
        text, self._comment = "\n".join(self._comment), []
        return text

    def peek(self) -> str:
        self._skip()
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self, *expected: str) -> str:
        token = self.peek()
        if not token or (expected and token not in expected):
            raise ValueError(f"expected {' or '.join(expected) or 'a name'}, found {token!r}")
        self._at += 1
        return token

    def type(self) -> Type:
        optional = self.peek() == "?"
        if optional:
            self.take("?")
        container = self.take() if self.peek() in ("[]", "[string]") else ""
        if self.peek() != "(":
            return Type(self.take(), optional, container)
        fields, values = self.parenthesis()
        return Type("struct" if fields else "enum", optional, container, fields, values)

    def parenthesis(self) -> Tuple[Tuple[Field, ...], Tuple[str, ...]]:
        """The fields of a struct, or the values of an enumeration."""
        fields, values = [], []
        self.take("(")
        while self.peek() != ")":
            comment = self.comment()
            name = self.take()
            if self.peek() == ":":
                self.take(":")
                fields.append(Field(name, self.type(), comment))
            else:
                values.append(name)
            if self.peek() != ")":
                self.take(",")
        self.take(")")
        return tuple(fields), tuple(values)


def parse(text: str) -> Interface:
    reader = Reader(text)
    comment = reader.comment()
    reader.take("interface")
    interface = Interface(reader.take(), comment)
    while reader.peek():
        comment = reader.comment()
        keyword, name = reader.take("type", "method", "error"), reader.take()
        fields, _ = reader.parenthesis()
        if keyword == "method":
            reader.take("->")
            replies, _ = reader.parenthesis()
            interface.methods.append(Member(name, comment, fields, replies))
        else:
            members = interface.types if keyword == "type" else interface.errors
            members.append(Member(name, comment, fields))
    return interface


def read(folder: Path) -> List[Interface]:
    """Every interface of the folder, in order of their names."""
    return [parse(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.varlink"))]
