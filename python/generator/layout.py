"""How generated text is laid out: comments as docstrings, long lists over several lines."""

from __future__ import annotations

import textwrap
from typing import List

WIDTH = 99
QUOTES = '"""'


def wrapped(text: str, indent: str) -> List[str]:
    """Paragraphs of a comment; lines that are indented in it stay as they are."""
    lines: List[str] = []
    paragraph: List[str] = []

    def flush() -> None:
        lines.extend(textwrap.wrap(" ".join(paragraph), WIDTH - len(indent) - len(QUOTES)))
        paragraph.clear()

    for line in text.splitlines():
        if line.startswith((" ", "[")):
            flush()
        if line.startswith(" "):
            lines.append(line)
        else:
            paragraph.append(line)
    flush()
    return [indent + line for line in lines]


def docstring(lines: List[str], indent: str) -> List[str]:
    if not lines:
        return []
    first = indent + QUOTES + lines[0].strip()
    if len(lines) == 1:
        return [first + QUOTES]
    return [first, *lines[1:], indent + QUOTES]


def laid_out(opening: str, parts: List[str], closing: str) -> List[str]:
    """On one line where it fits, else wrapped below the opening bracket."""
    line = opening + ", ".join(parts) + closing
    if len(line) <= WIDTH:
        return [line]
    lines, line, indent = [], opening, " " * len(opening)
    for position, part in enumerate(parts):
        last = position + 1 == len(parts)
        text = part + (closing if last else ", ")
        if len(line + text.rstrip()) > WIDTH and line not in (opening, indent):
            lines.append(line.rstrip())
            line = indent
        line += text
    return [*lines, line]
