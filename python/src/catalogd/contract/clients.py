"""The clients of the backup server: who may store files, and with which keys.

Generated from protocol/io.catalogd.Clients.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import List, Optional, Sequence

from ..call import Call, Repeat
from .types.clients import (DeleteManyReply, DeleteReply, GetReply, GetSessionKeyReply,
                            ImportReply, ListOrder, ListReply, NewClient, SaveReply, TouchReply,
                            UpdateReply)


def save(name: str, *, id: Optional[str] = None, public_key: Optional[str] = None,
         session_key: Optional[str] = None, request_id: Optional[str] = None) -> Call[SaveReply]:
    """Role write. Creates the client, or updates the one with this id: the keys given replace the
    stored ones, keys left out are kept, and lastSeen becomes now. The files of the client are
    never touched. A name that another id holds is refused.
      name        1 to 255 characters, no control characters
      publicKey   160 bytes
      sessionKey  32 bytes; sealed before it is stored, and never in a list,
                  an event, a log or a table view

    id: identifier, 32 hex digits
    public_key: key, base64 of 160 bytes
    session_key: key, base64 of 32 bytes
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: client, created.
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.Save", Repeat.WITH_ID, {"id": id, "name": name,
                                                             "publicKey": public_key,
                                                             "sessionKey": session_key,
                                                             "requestId": request_id})


def get(*, id: Optional[str] = None, name: Optional[str] = None) -> Call[GetReply]:
    """Role read. By `id` or by `name`, exactly one of them.

    id: identifier, 32 hex digits
    Returns: client.
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.Get", Repeat.FREELY, {"id": id, "name": name})


def get_session_key(id: str) -> Call[GetSessionKeyReply]:
    """Role write; every call is audited.

    id: identifier, 32 hex digits
    Returns: sessionKey.
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.GetSessionKey", Repeat.FREELY, {"id": id})


def list(*, text: Optional[str] = None, order: Optional[ListOrder] = None,
         count_total: Optional[bool] = None, after: Optional[str] = None,
         limit: Optional[int] = None) -> Call[ListReply]:
    """Role read.
      text   a substring of the name, in any case, taken literally
      order  by name unless told; newest and oldest by lastSeen
    [Supports 'more' flag] Every page follows by itself.

    after: cursor, from `next` of the page before
    limit: 1 to 1,000, 100 where left out
    Returns: clients, next, total.
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.List", Repeat.FREELY, {"text": text, "order": order,
                                                            "countTotal": count_total,
                                                            "after": after, "limit": limit})


def update(id: str, *, name: Optional[str] = None, public_key: Optional[str] = None,
           clear: Optional[Sequence[str]] = None,
           request_id: Optional[str] = None) -> Call[UpdateReply]:
    """Role write. Changes what is given and clears what `clear` names (publicKey, sessionKey). Not
    a sign of life: lastSeen stays.

    id: identifier, 32 hex digits
    public_key: key, base64 of 160 bytes
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: client.
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.Update", Repeat.WITH_ID, {"id": id, "name": name,
                                                               "publicKey": public_key,
                                                               "clear": clear,
                                                               "requestId": request_id})


def touch(id: str, *, at: Optional[str] = None,
          request_id: Optional[str] = None) -> Call[TouchReply]:
    """Role write. Records that the client was seen, now or at the given time; never back in time.

    id: identifier, 32 hex digits
    at: time, RFC 3339 in UTC with milliseconds
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.Touch", Repeat.WITH_ID, {"id": id, "at": at,
                                                              "requestId": request_id})


def delete(id: str, *, request_id: Optional[str] = None) -> Call[DeleteReply]:
    """Role write. Deletes the client and, by cascade, every file record that it owns.

    id: identifier, 32 hex digits
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: deletedFiles.
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.Delete", Repeat.WITH_ID, {"id": id, "requestId": request_id})


def delete_many(ids: Sequence[str], *, request_id: Optional[str] = None) -> Call[DeleteManyReply]:
    """Role write. One transaction; ids that do not exist are listed, not errors.

    ids: identifiers, 32 hex digits each
    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: deletedClients, deletedFiles, missing.
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.DeleteMany", Repeat.WITH_ID, {"ids": ids,
                                                                   "requestId": request_id})


def import_(clients: Sequence[NewClient], *,
            request_id: Optional[str] = None) -> Call[ImportReply]:
    """Role write. Inserts many clients in one transaction. A client whose id or name exists is
    skipped and named; counts are exact whatever else writes at the same time. One client that
    is not valid refuses the whole call, with its index.

    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: inserted, attempted, skipped, skippedNames.
    Errors beside those of every call: ClientNotFound, KeyUnavailable, NameTaken.
    """
    return Call("io.catalogd.Clients.Import", Repeat.WITH_ID, {"clients": clients,
                                                               "requestId": request_id})
