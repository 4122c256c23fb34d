"""The Varlink Service Interface is provided by every varlink service. It describes the service and
the interfaces it implements.

Generated from protocol/org.varlink.service.varlink by python/generator; do not edit.
"""

from __future__ import annotations


from ..call import Call, Repeat
from .types.service import (GetInfoReply, GetInterfaceDescriptionReply)


def get_info() -> Call[GetInfoReply]:
    """Get a list of all the interfaces a service provides and information about the
    implementation.

    Returns: vendor, product, version, url, interfaces.
    """
    return Call("org.varlink.service.GetInfo", Repeat.FREELY, {})


def get_interface_description(interface: str) -> Call[GetInterfaceDescriptionReply]:
    """Get the description of an interface that is implemented by this service.

    Returns: description.
    """
    return Call("org.varlink.service.GetInterfaceDescription", Repeat.FREELY, {"interface": interface})
