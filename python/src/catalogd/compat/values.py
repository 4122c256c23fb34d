"""Values as the old module had them, and as the contract has them."""

from __future__ import annotations

import base64
from datetime import datetime, timezone
from typing import Optional, Union

from .errors import InvalidValue

Identifier = Union[bytes, str]


def identifier(value: Identifier) -> str:
    """16 bytes or 32 hex digits, as 32 hex digits."""
    try:
        raw = bytes.fromhex(value.replace("-", "")) if isinstance(value, str) else bytes(value)
    except (TypeError, ValueError):
        raw = b""
    if len(raw) != 16 or isinstance(value, int):
        raise InvalidValue(f"an identifier has 16 bytes or 32 hex digits, not {value!r}")
    return raw.hex()


def key_text(key: Optional[bytes]) -> Optional[str]:
    if key is None:
        return None
    if not isinstance(key, (bytes, bytearray, memoryview)):
        raise InvalidValue(f"a key is bytes, not {type(key).__name__}")  # never the key itself
    return base64.b64encode(key).decode("ascii")


def key_bytes(text: Optional[str]) -> Optional[bytes]:
    return None if text is None else base64.b64decode(text)


def time_text(value: Union[str, datetime, None]) -> Optional[str]:
    """RFC 3339 in UTC. A time without an offset is local time, as the old server stored it;
    "…+00:00Z", which it stored as well, is taken. Nothing and "" are no time."""
    if value is None or value == "":
        return None
    try:
        moment = value if isinstance(value, datetime) else _parsed(value)
        # The system's own zone where there is none.
        return _utc(moment.astimezone(timezone.utc))
    except (TypeError, ValueError, AttributeError, OverflowError, OSError):
        raise InvalidValue(f"not a time: {value!r}") from None


def _parsed(text: str) -> datetime:
    stripped = text[:-1] if text.endswith(("Z", "z")) else text
    moment = datetime.fromisoformat(stripped)
    if stripped is not text and moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment


def _utc(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def number(value: Optional[int], what: str) -> Optional[int]:
    """An integer as it is; anything else is refused here, with the argument's name."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise InvalidValue(f"{what} is a whole number, not {value!r}")
