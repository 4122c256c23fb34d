"""What holds for the tree as a whole: folders, registration, names, sizes, banned SQL."""

import ast
import re
import subprocess
from pathlib import Path
from typing import Iterator

LONGEST_FILE = 300
LONGEST_FUNCTION = 40  # of C++ clang-tidy holds it
# Path to the reason why it is longer. Meant to stay empty.
EXPLAINED_LONG_FILES: dict[str, str] = {}

CODE = {".h", ".cpp", ".ipp", ".py"}
PRODUCTS = {"build", "var", "__pycache__", ".mypy_cache"}
SAYS_NOTHING = {"util", "utils", "common", "helper", "helpers", "misc"}
BANNED_SQL = re.compile(r"\b(?:OR\s+REPLACE|REPLACE\s+INTO)\b", re.IGNORECASE)


def folders(root: Path) -> set[str]:
    """The folders at the top that are part of the project."""
    return {path.name for path in root.iterdir()
            if path.is_dir() and not path.name.startswith(".") and path.name not in PRODUCTS}


def files(root: Path) -> Iterator[Path]:
    """Every file of the project's folders, in a fixed order."""
    for folder in sorted(folders(root)):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and not PRODUCTS & set(path.relative_to(root).parts):
                yield path


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def folder_map(root: Path) -> list[str]:
    """README's table of folders names the folders there are, each once."""
    section = re.search(r"^## Folders$(.*?)(?=^## |\Z)", read(root / "README.md"),
                        re.MULTILINE | re.DOTALL)
    if not section:
        return ["README.md: no section '## Folders'"]
    rows = re.findall(r"^\|\s*`([^`]+)/`\s*\|", section[1], re.MULTILINE)
    named = {row for row in rows if not row.startswith(".")}
    problems = [f"README.md: the folder map lacks {name}/" for name in folders(root) - named]
    problems += [f"README.md: the folder map names {row}/, which is not there"
                 for row in rows if not (root / row).is_dir()]
    problems += [f"README.md: the folder map names {row}/ twice"
                 for row in sorted({row for row in rows if rows.count(row) > 1})]
    return sorted(problems)


def named_sources(cmake: Path) -> set[str]:
    """What the calls of a CMakeLists.txt name, as it stands and, as catalogd_test() has it,
    below the folder that is the call's first argument."""
    named = set()
    for call in re.findall(r"\w+\s*\(([^()]*)\)", re.sub(r"#.*", "", read(cmake))):
        first, *rest = re.split(r'[\s";]+', call.strip())
        named |= {first, *rest, *(f"{first}/{name}" for name in rest)}
    return named


def registered(root: Path, source: Path) -> bool:
    """Whether a CMakeLists.txt of the source's folder, or of one above it, names it."""
    for folder in source.parents:
        if source.relative_to(folder).as_posix() in named_sources(folder / "CMakeLists.txt"):
            return True
        if folder == root:
            return False
    return False


def registration(root: Path) -> list[str]:
    """Every source is built: an unbuilt test proves nothing."""
    return [f"{path.relative_to(root)}: no CMakeLists.txt names it"
            for path in files(root) if path.suffix == ".cpp" and not registered(root, path)]


def file_length(root: Path) -> list[str]:
    problems = []
    for path in files(root):
        name = path.relative_to(root).as_posix()
        lines = read(path).count("\n")
        if path.suffix in CODE and lines > LONGEST_FILE and name not in EXPLAINED_LONG_FILES:
            problems.append(f"{name}: {lines} lines; at most {LONGEST_FILE}")
    return problems


def function_length(root: Path) -> list[str]:
    """Of Python; what it generates is held to it as well."""
    problems = []
    for path in files(root):
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    problems.append(f"{path.relative_to(root)}: {node.name} has {lines} lines; "
                                    f"at most {LONGEST_FUNCTION}")
    return problems


def says_nothing(part: str) -> bool:
    stem = part.split(".")[0]
    return stem == "base" or bool(SAYS_NOTHING & set(re.split(r"[_-]", stem)))


def telling_names(root: Path) -> list[str]:
    """No folder or file whose name says only that others use it."""
    return [f"{path.relative_to(root)}: name it for what it is"
            for path in files(root)
            if any(says_nothing(part) for part in path.relative_to(root).parts)]


def no_replace(root: Path) -> list[str]:
    """REPLACE deletes the old row, and by cascade its children."""
    problems = []
    for path in files(root):
        if path.relative_to(root).parts[0] != "catalog":
            continue
        text = read(path)
        for match in BANNED_SQL.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            problems.append(f"{path.relative_to(root)}:{line}: {match[0]} deletes children")
    return problems


def packages(root: Path) -> list[str]:
    """.ci/packages is the list of Debian packages: a page names no library that it lacks."""
    listed = subprocess.run(
        [root / ".ci/packages", "--list", "build", "test", "check", "bench"],
        stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    problems = []
    for page in [*sorted(root.glob("*.md")), *sorted(root.glob("docs/**/*.md"))]:
        named = set(re.findall(r"\blib[a-z0-9.+-]+-dev\b", read(page)))
        problems += [f"{page.relative_to(root)}: {name} is not in .ci/packages"
                     for name in sorted(named - set(listed))]
    return problems
