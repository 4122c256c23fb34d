"""Writes python/src/catalogd/contract from protocol/*.varlink:

    python3 python/generator           writes
    python3 python/generator --check   tells what would change, and fails if anything would
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Dict

sys.path.insert(0, str(Path(__file__).parent))

import error_classes
import idl
import render

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "python/src/catalogd/contract"


def texts() -> Dict[str, str]:
    """{name of the module's file: what it must hold}"""
    interfaces = idl.read(ROOT / "protocol")
    modules: Dict[str, str] = {}
    for interface in interfaces:
        modules.update(render.modules(interface, error_classes.own(interfaces, interface)))
    return {**modules, "errors.py": error_classes.module(interfaces),
            "__init__.py": '"""A module of calls for each interface. Generated."""\n',
            "types/__init__.py": '"""What the calls take and return. Generated."""\n'}


def main() -> int:
    stale = 0
    for name, text in sorted(texts().items()):
        path = TARGET / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{'stale' if '--check' in sys.argv else 'wrote'}: {path.relative_to(ROOT)}")
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
