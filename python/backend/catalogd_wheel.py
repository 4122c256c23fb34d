"""Builds the package's wheel: PEP 517 with the standard library alone, so that
`pip install ./python` needs neither setuptools nor a network. The version is the daemon's, which
CMakeLists.txt holds, or where there is only this folder the one that its sdist recorded."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tarfile
import zipfile
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

ROOT = Path(__file__).resolve().parents[1]
RECORDED = ROOT / "PKG-INFO"
# A wheel is the same bytes whenever it is built.
MOMENT = (1980, 1, 1, 0, 0, 0)


def version() -> str:
    for path, pattern in ((RECORDED, r"^Version: (\S+)"),
                          (ROOT.parent / "CMakeLists.txt", r"^project\(catalogd VERSION (\S+)")):
        found = re.search(pattern, path.read_text("utf-8"), re.M) if path.exists() else None
        if found:
            return found[1]
    raise RuntimeError(f"no version in {RECORDED} or in the project's CMakeLists.txt")


def metadata() -> str:
    return ("Metadata-Version: 2.1\nName: catalogd\n"
            f"Version: {version()}\n"
            "Summary: The client of catalogd, the daemon that owns a backup server's catalog\n"
            "Requires-Python: >=3.9\n")


def sources() -> Dict[str, bytes]:
    folder = ROOT / "src"
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts}


def written(folder: str, files: Dict[str, bytes]) -> str:
    """A wheel of these files, with the list of them and their hashes."""
    name = f"catalogd-{version()}"
    info = f"{name}.dist-info"
    files = {**files, f"{info}/METADATA": metadata().encode(),
             f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: catalogd\n"
                              b"Root-Is-Purelib: true\nTag: py3-none-any\n"}
    rows = [f"{path},sha256={digest(data)},{len(data)}" for path, data in files.items()]
    record = "\n".join([*rows, f"{info}/RECORD,,", ""]).encode()
    wheel = f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder) / wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in {**files, f"{info}/RECORD": record}.items():
            entry = zipfile.ZipInfo(path, MOMENT)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return wheel


def digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


Settings = Optional[Dict[str, Any]]


def build_wheel(wheel_directory: str, config_settings: Settings = None,
                metadata_directory: Optional[str] = None) -> str:
    return written(wheel_directory, sources())


def build_editable(wheel_directory: str, config_settings: Settings = None,
                   metadata_directory: Optional[str] = None) -> str:
    return written(wheel_directory, {"catalogd.pth": f"{ROOT / 'src'}\n".encode()})


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    name = f"catalogd-{version()}"
    kept: List[Tuple[str, bytes]] = [("PKG-INFO", metadata().encode()),
                                     ("pyproject.toml", (ROOT / "pyproject.toml").read_bytes()),
                                     ("backend/catalogd_wheel.py", Path(__file__).read_bytes())]
    kept += [(f"src/{path}", data) for path, data in sources().items()]
    with tarfile.open(Path(sdist_directory) / f"{name}.tar.gz", "w:gz",
                      format=tarfile.PAX_FORMAT) as archive:
        for path, data in kept:
            entry = tarfile.TarInfo(f"{name}/{path}")
            entry.size, entry.mode = len(data), 0o644
            archive.addfile(entry, io.BytesIO(data))
    return f"{name}.tar.gz"
