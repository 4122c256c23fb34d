"""What the calls of org.varlink.service take and return.

Generated from protocol/org.varlink.service.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import List, TypedDict


class GetInfoReply(TypedDict):
    """version: number of the schema"""

    vendor: str
    product: str
    version: str
    url: str
    interfaces: List[str]


class GetInterfaceDescriptionReply(TypedDict):
    description: str
