"""The local TCP port of the private cluster: remembered, and another one when it is taken."""

import socket
from collections.abc import Iterator

from gis_platform.cluster.home import Home

# Below the range Linux gives to outgoing connections, and away from 5432, which Debian's own server takes.
_FIRST, _COUNT = 25432, 500


def free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1 at this port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def candidates(home: Home) -> Iterator[int]:
    """Free ports, the remembered one first; then from a place that differs between clusters."""
    try:
        remembered = int(home.port_file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        remembered = _FIRST + int(home.digest, 16) % _COUNT
    for offset in range(_COUNT):
        port = _FIRST + (remembered - _FIRST + offset) % _COUNT if offset else remembered
        if free(port):
            yield port
