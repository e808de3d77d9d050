"""The peers there are."""

from tests.bench.options import Options
from tests.bench.peers.mapserver import MapServer
from tests.bench.peers.martin import Martin
from tests.bench.peers.pg_tileserv import PgTileserv
from tests.bench.peers.pygeoapi import Pygeoapi
from tests.bench.peers.tipg import Tipg
from tests.bench.servers import Server


def peers(options: Options) -> list[Server]:
    """All peers, or those that were asked for by name; some may not be available."""
    known: list[Server] = [Tipg(), Martin(), PgTileserv(), MapServer(), Pygeoapi()]
    return [each for each in known if not options.peers or each.name in options.peers]
