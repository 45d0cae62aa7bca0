"""Which addresses of the network a webhook may speak to."""

import ipaddress
import socket

# NAT64 carries an IPv4 address in an IPv6 one: 64:ff9b::7f00:1 is 127.0.0.1 behind such a gateway.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """Give the addresses of a host, in the system's order of preference; raises OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet: not private, loopback, link-local, reserved or multicast.

    An IPv6 address that stands for an IPv4 one is judged as that one.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else (ip.ipv4_mapped or ip.sixtofour)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast
