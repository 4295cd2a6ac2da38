"""Where a session is used from, as far as an address tells: no map of addresses is asked."""

import ipaddress

from ultra.kit.errors import Language

THIS_NETWORK: dict[Language, str] = {"tr": "Bu ağ", "en": "This network"}
NOWHERE: dict[Language, str] = {"tr": "Bilinmeyen yer", "en": "Unknown place"}


def name_place(ip: str, own_ip: str, language: Language) -> str:
    """`This network` for the asker's own, else the address without its last part."""
    network, own = _network_of(ip), _network_of(own_ip)
    if network is None:
        return NOWHERE[language]
    if network == own:
        return THIS_NETWORK[language]
    return str(network)


def _network_of(ip: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """What one household or office has: a /24, or with IPv6 a /56."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return ipaddress.IPv6Network((address, 56), strict=False)
        address = address.ipv4_mapped
    return ipaddress.IPv4Network((address, 24), strict=False)
