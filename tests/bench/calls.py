"""The statements behind the rows, as the platform itself puts them together."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams

from api.ogc.question import parse_items_question
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.database.statement import Statement
from gis_platform.geometry.output_crs import CRS84
from gis_platform.layer.registry import installed_layers
from gis_platform.serving.feature import item_statement
from gis_platform.serving.page import page_statement
from gis_platform.serving.tile import buffer_units, tile_parameters, tile_statement
from layers.planning.here import HERE, here_parameters
from tests.bench.limit import Call
from tests.bench.questions import Box, Here, Item, Page, Question, Tile
from tests.bench.servers import Ours

_LAYER = "parcels"


def buffer_at(zoom: int) -> int:
    """How far our tiles of a zoom reach over their edge; the peers are told to reach as far."""
    return buffer_units(installed_layers()[_LAYER], zoom)


def calls(questions: Sequence[Question], city: City) -> list[Call]:
    """What PostgreSQL is asked for the questions, as the public."""
    return [_call(question, city) for question in questions]


def _call(question: Question, city: City) -> Call:
    layer, role = installed_layers()[_LAYER], Role.PUBLIC
    match question:
        case Tile(z, x, y):
            return _bound(tile_statement(layer, role, z, at=False), tile_parameters(layer, z, x, y))
        case Item(id):
            return _bound(item_statement(layer, role, city.working_srid, CRS84), {"id": id})
        case Page() | Box():
            _, _, query = Ours().addresses(question)[0].partition("?")
            asked = parse_items_question(QueryParams(query), layer, role, city)
            page = page_statement(asked.selection, kept=not asked.ad_hoc, begun=bool(asked.start))
            return _bound(page, asked.bound())
        case Here(lon, lat):
            today = datetime.now(ZoneInfo(city.timezone)).date()
            return _bound(HERE, here_parameters(lon, lat, city.working_srid, today))


def _bound(statement: Statement, values: dict[str, object]) -> Call:
    return Call(statement.numbered, [value for value in statement.bound(values) if value is not None])
