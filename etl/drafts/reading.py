"""Reading the file of a draft, whatever its form: every zone that can be read, and a note of all the rest."""

from collections.abc import Callable

from etl.delivery.faults import refuse
from etl.delivery.intake.areas import DRAWINGS
from etl.delivery.intake.kinds import form_name
from etl.delivery.receive import ReceivedFile, receive
from etl.delivery.request import DeliveryRequest
from etl.delivery.source import ALL_LAYERS, Source, open_source, spatial_layers
from etl.drafts.drawing import read_drawing
from etl.drafts.tables import read_table
from etl.drafts.zone import MOST_ZONES, Draft
from gis_platform.city import City
from gis_platform.geometry.envelope import Bounds


def read_draft(
    request: DeliveryRequest,
    leave_out: frozenset[str],
    city: City,
    in_force: Bounds | None,
    on_zones: Callable[[int, int | None], None],
) -> Draft:
    """The zones of a file in the working grid.

    request: the file and how it is read, as for a delivery. leave_out: layers of the file, or of the drawing,
    that are no zones. in_force: of what the city holds by now, in WGS 84. `on_zones` is told how many layers
    of how many are done, and may raise to stop it.

    Raises:
        BadParameter: something asked for is not there: a layer, a column, a grid.
        DeliveryRefused: the file cannot be read, says no grid that fits, or holds no zone.
    """
    file = receive(request.file, sha256=request.sha256)
    draft = Draft(form=form_name(file.driver))
    chosen = _chosen(file, request, leave_out)
    for done, name in enumerate(chosen):
        on_zones(done, len(chosen))
        source = open_source(file, name, request.encoding)
        _read(draft, source, request, leave_out, city, in_force)
        if len(draft.zones) > MOST_ZONES:
            raise refuse(
                file.name,
                "too_large",
                f"it holds more than {MOST_ZONES} areas: that is no plan. Choose the layer with the zones.",
                f"Tệp có hơn {MOST_ZONES} vùng, nhiều hơn một đồ án. Hãy chọn đúng lớp chứa các ô đất.",
            )
    if not draft.zones:
        raise _nothing(file, draft)
    return draft


def _chosen(file: ReceivedFile, request: DeliveryRequest, leave_out: frozenset[str]) -> list[str]:
    known = spatial_layers(file)
    if request.file_layer is not None and request.file_layer != ALL_LAYERS:
        open_source(file, request.file_layer, request.encoding)  # refuses one that is not there
        return [request.file_layer]
    return [name for name in known if name not in leave_out or file.driver in DRAWINGS]


def _read(
    draft: Draft,
    source: Source,
    request: DeliveryRequest,
    leave_out: frozenset[str],
    city: City,
    in_force: Bounds | None,
) -> None:
    if source.file.driver in DRAWINGS:
        read_drawing(draft, source, request, leave_out, city, in_force)
    elif source.features != 0:
        read_table(draft, source, request, city, in_force)


def _nothing(file: ReceivedFile, draft: Draft) -> Exception:
    first = draft.unread[0].text if draft.unread else None
    why, why_vi = (
        (f" The first cause: {first.en}", f" Nguyên nhân đầu tiên: {first.vi}") if first else ("", "")
    )
    refusal = refuse(
        file.name,
        "empty_file",
        f"no area could be read from it: draw each zone as a closed line, a hatch or a polygon.{why}",
        f"Không đọc được vùng nào. Mỗi ô đất phải là đường khép kín, mảng tô (hatch) hoặc đa giác.{why_vi}",
    )
    refusal.extra["unread"] = draft.unread_counts
    return refusal
