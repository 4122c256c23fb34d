"""The record of every file that a client has stored. One record per client and file name: saving a
name again replaces what was known of it.

Generated from protocol/io.catalogd.Files.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import List, Optional, Sequence

from ..call import Call, Repeat
from .types.files import (ConfirmRemovalsReply, DeleteManyReply, DeleteReply, GetReply,
                          ListRemovalsReply, ListReply, NewFile, SaveManyReply, SaveReply,
                          SearchOrder, SearchReply, SetVerifiedReply)


def save(client_id: str, file: NewFile, *, request_id: Optional[str] = None) -> Call[SaveReply]:
    """Role write. name 1 to 1,024 characters, path 1 to 4,096 bytes, neither with control
    characters.

    client_id: identifier, 32 hex digits
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: file, created.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.Save", Repeat.WITH_ID, {"clientId": client_id, "file": file,
                                                           "requestId": request_id})


def save_many(client_id: str, files: Sequence[NewFile], *,
              request_id: Optional[str] = None) -> Call[SaveManyReply]:
    """Role write. Many files of one client, at most 10,000, in one transaction.

    client_id: identifier, 32 hex digits
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: created, updated.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.SaveMany", Repeat.WITH_ID, {"clientId": client_id,
                                                               "files": files,
                                                               "requestId": request_id})


def get(*, id: Optional[str] = None, client_id: Optional[str] = None,
        name: Optional[str] = None) -> Call[GetReply]:
    """Role read. By `id`, or by `clientId` and `name`.

    id: identifier, 32 hex digits
    client_id: identifier, 32 hex digits
    Returns: file.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.Get", Repeat.FREELY, {"id": id, "clientId": client_id,
                                                         "name": name})


def set_verified(client_id: str, name: str, verified: bool, *, crc: Optional[int] = None,
                 request_id: Optional[str] = None) -> Call[SetVerifiedReply]:
    """Role write. The outcome of a check of the stored bytes. An absent crc keeps the stored one.

    client_id: identifier, 32 hex digits
    crc: CRC-32, 0 to 4294967295
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: file.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.SetVerified", Repeat.WITH_ID, {"clientId": client_id,
                                                                  "name": name,
                                                                  "verified": verified, "crc": crc,
                                                                  "requestId": request_id})


def delete(client_id: str, name: str, *, request_id: Optional[str] = None) -> Call[DeleteReply]:
    """Role write. Returns the record as it was, so that the caller can remove the stored bytes.

    client_id: identifier, 32 hex digits
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: file.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.Delete", Repeat.WITH_ID, {"clientId": client_id, "name": name,
                                                             "requestId": request_id})


def delete_many(client_id: str, names: Sequence[str], *,
                request_id: Optional[str] = None) -> Call[DeleteManyReply]:
    """Role write. One transaction; names that do not exist are listed, not errors.

    client_id: identifier, 32 hex digits
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: deleted, missing.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.DeleteMany", Repeat.WITH_ID, {"clientId": client_id,
                                                                 "names": names,
                                                                 "requestId": request_id})


def list(*, client_id: Optional[str] = None, after: Optional[str] = None,
         limit: Optional[int] = None) -> Call[ListReply]:
    """Role read. Of one client in order of name, or of all in order of client and name.
    [Supports 'more' flag] Every page follows by itself.

    client_id: identifier, 32 hex digits
    after: cursor, from `next` of the page before
    limit: 1 to 1,000, 100 where left out
    Returns: files, next.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.List", Repeat.FREELY, {"clientId": client_id, "after": after,
                                                          "limit": limit})


def search(*, text: Optional[str] = None, extension: Optional[str] = None,
           client_id: Optional[str] = None, client: Optional[str] = None,
           modified_from: Optional[str] = None, modified_to: Optional[str] = None,
           min_size: Optional[int] = None, max_size: Optional[int] = None,
           verified: Optional[bool] = None, order: Optional[SearchOrder] = None,
           count_total: Optional[bool] = None, after: Optional[str] = None,
           limit: Optional[int] = None) -> Call[SearchReply]:
    """Role read. Every filter given must hold.
      text       a substring of name or path, in any case, taken literally
      extension  with or without its dot, in any case
      clientId   exactly this client
      client     a substring of the client's name, in any case
      modifiedFrom, modifiedTo  inclusive; a date alone means that whole day
      order      newest first unless told; unknown times and sizes come last
      total      with countTotal: how many records match in all
    [Supports 'more' flag] Every page follows by itself.

    client_id: identifier, 32 hex digits
    modified_from: time, RFC 3339 in UTC with milliseconds
    modified_to: time, RFC 3339 in UTC with milliseconds
    min_size: bytes
    max_size: bytes
    after: cursor, from `next` of the page before
    limit: 1 to 1,000, 100 where left out
    Returns: files, next, total.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.Search", Repeat.FREELY, {"text": text, "extension": extension,
                                                            "clientId": client_id,
                                                            "client": client,
                                                            "modifiedFrom": modified_from,
                                                            "modifiedTo": modified_to,
                                                            "minSize": min_size,
                                                            "maxSize": max_size,
                                                            "verified": verified, "order": order,
                                                            "countTotal": count_total,
                                                            "after": after, "limit": limit})


def list_removals(*, after: Optional[str] = None,
                  limit: Optional[int] = None) -> Call[ListRemovalsReply]:
    """Role read. Oldest first. A path that a record names at the time of listing is not listed. A
    server saves and removes one path one after the other.

    after: cursor, from `next` of the page before
    limit: 1 to 1,000, 100 where left out
    Returns: removals, next.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.ListRemovals", Repeat.FREELY, {"after": after, "limit": limit})


def confirm_removals(ids: Sequence[str], *,
                     request_id: Optional[str] = None) -> Call[ConfirmRemovalsReply]:
    """Role write. The server has removed the bytes.

    ids: identifiers, 32 hex digits each
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: confirmed.
    Errors beside those of every call: FileNotFound, UnknownClient.
    """
    return Call("io.catalogd.Files.ConfirmRemovals", Repeat.WITH_ID, {"ids": ids,
                                                                      "requestId": request_id})
