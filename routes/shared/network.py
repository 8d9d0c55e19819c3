"""Where a request comes from: the address, or the network that one household or one machine has."""

import re
from ipaddress import IPv6Address, ip_address, ip_network

from bottle import request

WITH_PORT = re.compile(r"\[(?P<bracketed>[^]]*)\](:[0-9]+)?|(?P<plain>[0-9.]+):[0-9]+")  # some servers add one


def client_network() -> str:
    """The network of who asks now."""
    return network_of(request.environ.get("REMOTE_ADDR", ""))


def network_of(text: str) -> str:
    """The address; of IPv6 the part that a household gets, in which it may use any address."""
    found = WITH_PORT.fullmatch(text)
    plain = (found["bracketed"] or found["plain"] or "") if found else text
    try:
        address = ip_address(plain.partition("%")[0])
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
