"""Which folder may include what: the table, and the check of every include against it."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Iterator

SOURCES = {".h", ".cpp", ".ipp"}
ANYTHING = {"*"}


@dataclass(frozen=True)
class Rule:
    """What the files of one folder may include beyond the folder itself and the standard
    library: other folders, and libraries, some of them in sources but not in headers."""

    folders: set[str] = field(default_factory=set)
    libraries: set[str] = field(default_factory=set)
    in_sources: set[str] = field(default_factory=set)
    # Folders that some of the folder's sources, by name, may include as well.
    for_files: dict[str, set[str]] = field(default_factory=dict)

    def of(self, name: str) -> "Rule":
        """The rule for one file of the folder."""
        return replace(self, folders=self.folders | self.for_files.get(name, set()))


RULES = {
    "daemon": Rule({"endpoints", "actors", "catalog", "protocol", "config"}, ANYTHING),
    "endpoints": Rule({"actors", "protocol"}, {"boost", "spdlog", "threads", "sockets"},
                      {"json"}),
    "actors": Rule({"catalog", "protocol"}, {"boost", "spdlog", "threads"}),
    "catalog": Rule(set(), {"sqlite", "sodium"}),
    # sodium: base64 of key bytes in constant time.
    "protocol": Rule(set(), {"boost"}, {"json", "sodium"}),
    "config": Rule(set(), set(), {"yaml"}),
    "cli": Rule({"protocol"}, {"boost"}, {"json", "cli11", "threads", "sockets", "zlib"},
                {"keys.cpp": {"catalog"}, "offline_restore.cpp": {"catalog"}}),
}

LIBRARIES = {
    "json": r"boost/json",
    "boost": r"boost/",
    "sqlite": r"sqlite3\.h|SQLiteCpp/",
    "sodium": r"sodium[./]",
    "spdlog": r"spdlog/|fmt/",
    "yaml": r"yaml-cpp/",
    "cli11": r"CLI/",
    "zlib": r"zlib\.h$",
    "systemd": r"systemd/",
    "threads": r"(thread|mutex|shared_mutex|condition_variable|future|semaphore|latch|barrier"
               r"|stop_token|pthread\.h)$",
    "sockets": r"sys/socket\.h|sys/un\.h|netinet/|arpa/|netdb\.h|poll\.h|sys/epoll\.h",
    "standard": r"[a-z0-9_]+$|(sys|linux)/[a-z0-9_]+\.h$"
                r"|(dirent|errno|fcntl|grp|limits|pwd|signal|termios|time|unistd)\.h$",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def library_of(header: str) -> str:
    """The library that an include in angle brackets belongs to."""
    return next((name for name, pattern in LIBRARIES.items() if re.match(pattern, header)),
                "unknown")


def sources(root: Path, folder: str) -> Iterator[Path]:
    """Every C++ file below one folder, in a fixed order."""
    return (path for path in sorted((root / folder).rglob("*")) if path.suffix in SOURCES)


def includes(path: Path) -> Iterator[tuple[int, str, bool]]:
    """Line, header, and whether it is one of ours, of each include of a file."""
    text = path.read_text(encoding="utf-8")
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start(2)) + 1, match[2], match[1] == '"'


def refused_folder(rule: Rule, folder: str, header: str, in_header: bool) -> str | None:
    """Why a file of the folder may not include this header of ours."""
    target = header.split("/")[0] if "/" in header else ""
    if target not in RULES:
        return f'"{header}" is not written from the root: folder/file'
    if target != folder and target not in rule.folders:
        return f'"{header}": {folder}/ may not include {target}/'
    if in_header and header.endswith(".ipp"):
        return f'"{header}": only sources may include it'
    return None


def refused_library(rule: Rule, folder: str, header: str, in_header: bool) -> str | None:
    """Why a file of the folder may not include this header of a library."""
    library = library_of(header)
    allowed = rule.libraries | {"standard"} | (set() if in_header else rule.in_sources)
    if library in allowed or rule.libraries == ANYTHING:
        return None
    where = "a header of " if library in rule.in_sources else ""
    return f"<{header}>: {where}{folder}/ may not include {library}"


def include_direction(root: Path) -> list[str]:
    """Every include against the table. There are no exceptions."""
    problems = []
    for folder, rule in RULES.items():
        for path in sources(root, folder):
            for line, header, ours in includes(path):
                refused = refused_folder if ours else refused_library
                reason = refused(rule.of(path.name), folder, header, path.suffix == ".h")
                if reason:
                    problems.append(f"{path.relative_to(root)}:{line}: {reason}")
    return problems
