"""The methods of the old class about files."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Optional, Tuple

from ..call import Call
from ..contract import files
from ..contract.types import files as types
from .catalog import PAGE, Catalog
from .values import Identifier, identifier, number, time_text

FOUND_AT_MOST = 1000
log = logging.getLogger(__name__)


def saved(client_id: Identifier, file_name: str, path_name: str, verified: bool,
          file_size: Optional[int], mod_date: Optional[str],
          crc: Optional[int]) -> Call[types.SaveReply]:
    """What the server saves when a transfer was aborted, size 0 and no time, says nothing of the
    file: both are left as they were."""
    file: types.NewFile = {"name": file_name, "path": path_name, "verified": bool(verified)}
    modified = time_text(mod_date)
    if modified is not None:
        file["modified"] = modified
    if file_size is not None and (file_size != 0 or modified is not None or verified):
        file["size"] = number(file_size, "file_size")
    if crc is not None:
        file["crc"] = number(crc, "crc")
    return files.save(identifier(client_id), file)


def verified_as(client_id: Identifier, filename: str, verified: bool,
                crc: Optional[int]) -> Call[types.SetVerifiedReply]:
    return files.set_verified(identifier(client_id), filename, bool(verified),
                              crc=number(crc, "crc"))


def deleted(client_id: Identifier, filename: str) -> Call[types.DeleteReply]:
    return files.delete(identifier(client_id), filename)


def day_or_time(value: str) -> Optional[str]:
    """A date alone stays one: the daemon takes it for the whole day."""
    return value if len(value) == len("2025-01-10") else time_text(value)


class FileRecords(Catalog):
    def save_file_info_to_db(self, client_id: bytes, file_name: str, path_name: str,
                             verified: bool, file_size: Optional[int], mod_date: Optional[str],
                             crc: Optional[int] = None) -> None:
        """One record per client and name. A crc that is None is kept as it was."""
        self._call(saved(client_id, file_name, path_name, verified, file_size, mod_date, crc))

    def get_client_files(self, client_id: bytes) -> List[Tuple[str, str, int]]:
        return [(file["name"], file["path"], int(file["verified"]))
                for file in self._files_of(client_id)]

    def get_files_for_client(self, client_id: str) -> List[Dict[str, Any]]:
        return [{"filename": file["name"], "path": file["path"], "verified": file["verified"]}
                for file in self._files_of(client_id)]

    def get_all_files(self) -> List[Dict[str, Any]]:
        """In order of client and name."""
        identifiers: Dict[str, bytes] = {}
        result: List[Dict[str, Any]] = []
        for page in self._replies(files.list(limit=PAGE)):
            for file in page["files"]:
                client = file["clientId"]
                if client not in identifiers:
                    identifiers[client] = bytes.fromhex(client)
                result.append({
                    "filename": file["name"], "path": file["path"], "verified": file["verified"],
                    "client": file["clientName"], "size": file.get("size"),
                    "date": file.get("modified"), "client_id": identifiers[client]})
        return result

    def get_file_info(self, client_id: str, filename: str) -> Optional[Dict[str, Any]]:
        reply = self._found(files.get(client_id=identifier(client_id), name=filename))
        if reply is None:
            return None
        file = reply["file"]
        return {"filename": file["name"], "path": file["path"], "verified": file["verified"],
                "client": file["clientName"], "size": file.get("size"),
                "date": file.get("modified"), "crc": file.get("crc")}

    def update_file_verification(self, client_id: str, filename: str, verified: bool,
                                 crc: Optional[int] = None) -> bool:
        """Whether the file is there."""
        return self._found(verified_as(client_id, filename, verified, crc)) is not None

    def delete_file(self, client_id: str, filename: str) -> bool:
        """Whether the record was there. What it named on disk is noted as a removal."""
        return self._found(deleted(client_id, filename)) is not None

    def delete_file_record(self, client_id: bytes, file_name: str) -> bool:
        return self._found(deleted(client_id, file_name)) is not None

    def search_files_advanced(self, search_term: str = "", file_type: str = "",
                              client_name: str = "", date_from: str = "", date_to: str = "",
                              min_size: int = 0, max_size: int = 0,
                              verified_only: bool = False) -> List[Dict[str, Any]]:
        """The newest 1,000 that match. `file_type` is an extension; texts are taken literally,
        in any case; `date_to` includes that day."""
        call = files.search(
            text=search_term or None, extension=file_type or None, client=client_name or None,
            modified_from=day_or_time(date_from), modified_to=day_or_time(date_to),
            min_size=number(min_size, "min_size") or None,
            max_size=number(max_size, "max_size") or None,
            verified=True if verified_only else None, order="newest", limit=PAGE)
        found: List[Dict[str, Any]] = []
        for page in self._replies(call):
            found += map(as_found, page["files"])
            if len(found) > FOUND_AT_MOST or (len(found) == FOUND_AT_MOST and page.get("next")):
                log.warning("search_files_advanced: only the newest %d are returned; "
                            "catalogd.files.search has all", FOUND_AT_MOST)
                break
        return found[:FOUND_AT_MOST]

    def _files_of(self, client_id: Identifier) -> List[types.File]:
        pages = self._listed(files.list(client_id=identifier(client_id), limit=PAGE))
        return [file for page in pages for file in page["files"]]


def as_found(file: types.File) -> Dict[str, Any]:
    attributes = file.get("attributes") or {}
    return {
        "filename": file["name"], "path": file["path"], "size": file.get("size"),
        "date": file.get("modified"), "verified": file["verified"], "crc": file.get("crc"),
        "client": file["clientName"], "category": file.get("category"),
        "mime_type": file.get("mimeType"), "extension": file.get("extension"),
        "transfer_duration": whole(attributes.get("transferDuration")),
        "transfer_speed": whole(attributes.get("transferSpeed"))}


def whole(text: Optional[str]) -> Optional[int]:
    return int(text) if text is not None and text.lstrip("-").isdigit() else None
