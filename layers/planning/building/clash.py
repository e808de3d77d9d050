"""Plans that make different things of the same ground of a parcel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from gis_platform.layer.text import Text
from layers.planning.building.functions import planned_group
from layers.planning.building.zones import Limits
from layers.planning.tolerance import tolerance_on
from layers.zoning import PLAN_LEVELS

_LEVELS = list(PLAN_LEVELS)

Hit = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clash:
    """``weighty`` where another kind of building follows from the one plan than from the other."""

    text: Text
    weighty: bool


def clash_of(hits: Sequence[Hit], limits: Sequence[Limits], lot_m2: float) -> Clash | None:
    """``hits`` are those of the parcel; None where no two plans differ on more than map error.

    Of a plan and more detailed ones it is known how much of its ground they rule: where those that say the
    same do not cover that, others do.
    """
    functions = [hit for hit in hits if hit["theme"] == "land_function"]
    if len({hit["function_code"] for hit in functions}) < 2:
        return None
    least = tolerance_on(lot_m2)
    level = _of_one_level(limits, least)
    found = level or _of_two_levels(functions, limits, least)
    if not found:
        return None
    told = dict.fromkeys((hit["plan_level"], hit["function_code"], hit["function_name"]) for hit in found)
    parts_vi = ", ".join(f"{PLAN_LEVELS[of].vi.lower()} là {_named(code, name)}" for of, code, name in told)
    parts_en = ", ".join(f"{PLAN_LEVELS[of].en.lower()}: {_named(code, name)}" for of, code, name in told)
    how = Text(
        "các đồ án cùng cấp nên chưa xác định được đồ án nào áp dụng"
        if level
        else "ở đây lấy theo đồ án chi tiết hơn, là thông lệ chưa xác minh",
        "of one level, so that which of them holds cannot be told"
        if level
        else "the more detailed one is taken here, as is usual practice, which is not verified",
    )
    text = Text(
        f"các đồ án quy định chức năng khác nhau trên cùng phần đất ({parts_vi}), {how.vi}",
        f"plans give the same ground different functions ({parts_en}), {how.en}",
    )
    groups = {planned_group(hit["function_code"]) for hit in found}
    return Clash(text, weighty=len(groups) > 1 or groups == {None})


def _of_one_level(limits: Sequence[Limits], least: float) -> list[Hit]:
    for one, other in combinations([limit.zone for limit in limits], 2):
        if (
            one.hit["plan_level"] == other.hit["plan_level"]
            and one.hit["plan_code"] != other.hit["plan_code"]
            and one.hit["function_code"] != other.hit["function_code"]
            and one.ground.intersection(other.ground).area > least
        ):
            return [one.hit, other.hit]
    return []


def _of_two_levels(functions: Sequence[Hit], limits: Sequence[Limits], least: float) -> list[Hit]:
    governed = {one.zone.id: float(one.zone.ground.area) for one in limits}
    found: list[Hit] = []
    for coarse in functions:
        ruled = coarse["area_m2"] - governed.get(coarse["feature_id"], 0.0)
        finer = [hit for hit in functions if _rank(hit) < _rank(coarse)]
        alike = sum(hit["area_m2"] for hit in finer if hit["function_code"] == coarse["function_code"])
        if ruled - alike > least:
            found += [coarse, *(hit for hit in finer if hit["function_code"] != coarse["function_code"])]
    return sorted(found, key=_rank, reverse=True)


def _rank(hit: Hit) -> int:
    return _LEVELS.index(hit["plan_level"])


def _named(code: str | None, name: str | None) -> str:
    words = str(name or "?")
    return f"{words[:1].lower()}{words[1:]} ({code})" if code else f"{words[:1].lower()}{words[1:]}"
