"""Where a request comes from: the address, or the network that one household or one machine has."""

from ipaddress import ip_network

from bottle import request

from routes.shared.environ import ip_of


def client_network() -> str:
    """The network of who asks now."""
    return network_of(request.environ.get("REMOTE_ADDR", ""))


def network_of(text: str) -> str:
    """The address; of IPv6 the part that a household gets, in which it may use any address."""
    ip = ip_of(text)
    return str(ip_network((ip, 64), strict=False)) if ":" in ip else ip or text
