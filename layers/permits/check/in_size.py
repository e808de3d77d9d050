"""How much is built: density, floors, height and floor area ratio, zone by zone."""

from collections.abc import Iterator

from gis_platform.layer.text import Text
from gis_platform.vietnamese_numbers import format_area, format_number
from layers.permits.check.line import CheckLine, Outcome
from layers.permits.check.proposal import Proposal
from layers.planning.building.lines import Line
from layers.planning.building.study import Study
from layers.planning.building.zones import Limits
from layers.planning.tolerance import TOLERANCE_M2

#: Figures are told to two decimals; what differs by less is the same.
_SAME = 0.005


#: The four lines with the unit of their figures.
_UNITS = {"density": "%", "floors": "floors", "height": "m", "far": "times"}
_NO_FIGURES = Text(
    "Công trình không nằm trên đất nào đã biết là được quy hoạch để xây dựng, nên không có chỉ tiêu để đối "
    "chiếu.",
    "The building stands on no ground that is known to be planned for buildings, so there is no figure to "
    "hold it against.",
)
_ALL_ROAD = Text(
    "Đường quy hoạch lấy hết thửa đất, nên không còn diện tích lô đất để tính.",
    "Planned roads take all of the parcel, so no lot is left to reckon with.",
)


def sizes(study: Study, proposal: Proposal) -> Iterator[CheckLine]:
    """Four lines for each governing zone on which the building stands; where there is none, why."""
    footprint = proposal.footprint.geometry
    parts = [(one, footprint.intersection(one.zone.ground)) for one in study.limits if one.zone.for_buildings]
    built = [(one, float(part.area)) for one, part in parts if part.area > TOLERANCE_M2]
    if not built:
        for code, unit in _UNITS.items():
            yield CheckLine(code, "cannot_decide", _NO_FIGURES, unit=unit)
    for one, area in built:
        lot_m2 = _lot_m2(study, one)
        yield _density(study, one, area, lot_m2) if lot_m2 else _no_lot("density")
        yield _floors(one, proposal.floors)
        yield _most(one, "height_max", "height", proposal.height_m, one.height_m, "m")
        ratio = area * proposal.floors / lot_m2 if lot_m2 else 0.0
        yield _most(one, "far_max", "far", ratio, one.far, "times") if lot_m2 else _no_lot("far")


def _no_lot(code: str) -> CheckLine:
    return CheckLine(code, "cannot_decide", _ALL_ROAD, unit=_UNITS[code])


def _lot_m2(study: Study, one: Limits) -> float:
    """Of the net lot, as the law measures it, the part in the zone."""
    net = study.net.geometry
    inside = net.intersection(one.zone.ground).area
    whole = inside >= net.area - TOLERANCE_M2
    return study.net_m2 if whole else study.net_m2 * inside / net.area


def _density(study: Study, one: Limits, area: float, lot_m2: float) -> CheckLine:
    line = _line(one, "density_max")
    measured = 100.0 * area / lot_m2
    allowed = one.density * 100 if one.density is not None else None
    which = {"legal": Text("pháp lý", "legal"), "measured": Text("đo đạc", "measured")}.get(
        study.basis, Text("tính trên bản đồ", "computed")
    )
    told = Text(
        f"{format_area(area)} trên {format_area(lot_m2)} (diện tích {which.vi} sau khi trừ đất làm đường): "
        f"{format_number(measured, 2)} %{_against_vi(allowed, '%')}.",
        f"{area:.1f} m² on {lot_m2:.1f} m² ({which.en} area without the ground of roads): "
        f"{measured:.2f} %{_against_en(allowed, '%')}.",
    )
    return _held(one, "density", line, measured, allowed, "%", told)


def _floors(one: Limits, floors: int) -> CheckLine:
    least, most = one.zone.hit["floors_min"], one.floors
    line = _line(one, "floors_max")
    told = Text(
        f"{floors} tầng{_against_vi(most, 'tầng')}.", f"{floors} floors{_against_en(most, 'floors')}."
    )
    if least is not None and floors < least:
        told = Text(
            f"{floors} tầng, đồ án yêu cầu từ {least} tầng.", f"{floors} floors, the plan asks for {least}."
        )
        return CheckLine(
            "floors", "fail", told, floors, least, "floors", source=line.source, geometry=one.zone.ground
        )
    return _held(one, "floors", line, floors, most, "floors", told)


def _most(one: Limits, code: str, check: str, measured: float, allowed: float | None, unit: str) -> CheckLine:
    vi, en = ("m", "m") if unit == "m" else ("lần", "times")
    told = Text(
        f"{format_number(measured, 2)} {vi}{_against_vi(allowed, vi)}.",
        f"{measured:.2f} {en}{_against_en(allowed, en)}.",
    )
    return _held(one, check, _line(one, code), measured, allowed, unit, told)


def _held(
    one: Limits, check: str, line: Line, measured: float, allowed: float | None, unit: str, told: Text
) -> CheckLine:
    if allowed is None:
        why = line.reason or Text("Đồ án không nêu.", "The plan does not say.")
        told = Text(f"{told.vi} {why.vi}", f"{told.en} {why.en}")
        outcome: Outcome = "cannot_decide"
    else:
        outcome = "pass" if measured <= allowed + _SAME else "fail"
    shown = one.zone.ground if outcome == "fail" else None
    return CheckLine(check, outcome, told, measured, allowed, unit, line.rule, line.source, shown)


def _line(one: Limits, code: str) -> Line:
    return next(line for line in one.lines if line.code == code)


def _against_vi(allowed: float | None, unit: str) -> str:
    return (
        f", tối đa {format_number(allowed, 2).rstrip('0').rstrip(',')} {unit}" if allowed is not None else ""
    )


def _against_en(allowed: float | None, unit: str) -> str:
    return f", at most {allowed:.4g} {unit}" if allowed is not None else ""
