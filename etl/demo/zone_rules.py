"""What each planned function allows. Invented figures (minh hoạ) of believable size; no real plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.demo.names import MARK


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan: level is chung, phan_khu or chi_tiet; themes are those it shows completely."""

    code: str
    name: str
    level: str
    decision_no: str
    decision_date: date
    scale: int
    source_date: date
    themes: tuple[str, ...] = ("land_function",)


GENERAL = Plan(
    "QHC-2017", f"Quy hoạch chung thành phố Mỹ Tho đến năm 2030{MARK}", "chung", f"1117/QĐ-UBND{MARK}",
    date(2017, 4, 25), 10_000, date(2017, 6, 30),
    ("land_function", "road_reserve", "waterway_corridor", "power_corridor", "heritage"),
)  # fmt: skip
QUARTER = Plan(
    "QHPK-2022", f"Quy hoạch phân khu trung tâm thành phố Mỹ Tho{MARK}", "phan_khu", f"846/QĐ-UBND{MARK}",
    date(2022, 5, 12), 2_000, date(2022, 6, 30),
)  # fmt: skip
DETAILED = Plan(
    "QHCT-2021", f"Quy hoạch chi tiết khu dân cư ven hồ{MARK}", "chi_tiet", f"2093/QĐ-UBND{MARK}",
    date(2021, 9, 8), 500, date(2021, 10, 15),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Function:
    """A planned land function with the range of its figures; no figure where nothing is built."""

    code: str
    name: str
    density: tuple[int, int] | None = None  # per cent
    floors: tuple[int, int] | None = None
    setback: tuple[float, float] | None = None  # metres
    storey_m: float = 3.6


FUNCTIONS: dict[str, Function] = {
    function.code: function
    for function in (
        Function("ODT", "Đất ở đô thị", (60, 90), (2, 7), (0.0, 3.0)),
        Function("ONT", "Đất ở nông thôn", (40, 60), (1, 4), (2.0, 5.0)),
        Function("TMD", "Đất thương mại, dịch vụ", (45, 70), (3, 15), (3.0, 6.0), 3.9),
        Function("DGD", "Đất giáo dục, đào tạo", (30, 40), (1, 4), (6.0, 10.0)),
        Function("DYT", "Đất y tế", (30, 40), (2, 7), (6.0, 10.0), 3.9),
        Function("DVH", "Đất văn hoá", (30, 40), (1, 3), (6.0, 10.0), 4.2),
        Function("TSC", "Đất trụ sở cơ quan", (35, 40), (2, 7), (6.0, 10.0), 3.9),
        Function("DTT", "Đất thể dục thể thao", (15, 25), (1, 2), (6.0, 10.0), 5.0),
        Function("DCH", "Đất chợ", (40, 60), (1, 3), (3.0, 6.0), 4.5),
        Function("TON", "Đất tôn giáo", (25, 40), (1, 3), (3.0, 6.0), 4.5),
        Function("DKV", "Đất cây xanh, công viên", (0, 5), (0, 1), (6.0, 10.0)),
        Function("CLN", "Đất trồng cây lâu năm"),
        Function("LUA", "Đất trồng lúa"),
        Function("SKC", "Đất sản xuất, tiểu thủ công nghiệp", (50, 60), (1, 3), (6.0, 10.0), 5.0),
        Function("MNC", "Mặt nước"),
        Function("DGT", "Đất giao thông"),
        Function("HL", "Hành lang bảo vệ"),
    )
}

CENTRE = ("ODT",) * 15 + ("TMD",) * 6 + ("DKV", "DKV", "DGD", "TSC", "DYT", "DVH", "DCH", "TON", "DTT")
TOWN = ("ODT",) * 16 + ("TMD",) * 3 + ("DKV", "DKV", "DGD", "DGD", "TSC", "DCH", "TON", "SKC")
COUNTRY = ("CLN",) * 11 + ("ONT",) * 5 + ("LUA",) * 4 + ("SKC",)


def figures(function: Function, rng: np.random.Generator) -> dict[str, float | int | None]:
    """Density, floors, height, floor area ratio, setback and ground level of one zone."""
    ground = round(float(rng.uniform(1.9, 2.3)), 2)  # above Hòn Dấu
    if function.density is None or function.floors is None or function.setback is None:
        return {"ground_level_m": ground if function.code != "MNC" else None}
    density = 5.0 * round(float(rng.uniform(*function.density)) / 5)
    most = int(rng.integers(max(1, (sum(function.floors) + 1) // 2), function.floors[1] + 1))
    return {
        "max_density_pct": density,
        "floors_min": function.floors[0],
        "floors_max": most,
        "height_max_m": round(most * function.storey_m + 1.5, 1),
        "far_max": round(min(density / 100 * most, 7.0), 2),
        "setback_m": round(float(rng.uniform(*function.setback)) * 2) / 2,
        "ground_level_m": ground,
    }
