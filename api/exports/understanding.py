"""From the parameters an export was asked with to the rows and the file, for whoever works on it."""

from dataclasses import replace

from starlette.datastructures import QueryParams

from api.ogc.items_files import file_name
from api.ogc.question import parse_items_question
from etl.exporting.forms import FORMS
from etl.exporting.working import Order, Task, Understand
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.errors import NotFound
from gis_platform.layer.declaration import Layer
from gis_platform.layer.registry import Registry
from gis_platform.serving.selection import Selection


def selection_of(asked: dict[str, str], layer: Layer, role: Role, city: City) -> Selection:
    """Every row that the question means, by id; a BadParameter names what cannot be understood."""
    question = parse_items_question(QueryParams(asked), layer, role, city)
    return replace(question.selection, order=())


def understanding(layers: Registry, city: City) -> Understand:
    """How workers of this city understand a task."""

    def understand(task: Task) -> Order:
        layer = layers.get(task.collection)
        if layer is None:
            raise NotFound(
                f"There is no collection {task.collection}.",
                detail_vi=f"Không có lớp dữ liệu “{task.collection}”.",
            )
        selection = selection_of(task.asked, layer, Role(task.role), city)
        form = FORMS[task.format]
        return Order(selection, form, city.licence_of(layer.name), file_name(selection, form, city))

    return understand
