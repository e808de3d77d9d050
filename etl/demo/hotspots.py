"""25 free wifi points, 20 minutes a session (Báo Ấp Bắc, 09/2023); names are real, positions invented."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from etl.demo import facts, schema
from etl.demo.warp import warp
from etl.demo.wkb import points

# Name, kind of place, plan coordinates u, v in metres.
_PLACES: tuple[tuple[str, str, float, float], ...] = (
    ("Bến tàu du lịch Mỹ Tho", "tourism", -620, -17),
    ("Quảng trường Hùng Vương", "tourism", -700, 12),
    ("Công viên Thủ Khoa Huân", "tourism", -160, -16),
    ("Công viên Lạc Hồng", "tourism", -330, -18),
    ("Chùa Vĩnh Tràng", "tourism", 820, 1010),
    ("Bảo tàng Tiền Giang", "tourism", -510, 318),
    ("Khu du lịch Thới Sơn 1", "tourism", -5200, -1150),
    ("Khu du lịch Thới Sơn 2", "tourism", -2400, -1080),
    ("Cồn Tân Long", "tourism", 1700, -500),
    ("Công viên Giếng Nước", "tourism", -1225, 760),
    ("Chợ Mỹ Tho", "market", -40, 305),
    ("Chợ Thạnh Trị", "market", -905, 662),
    ("Chợ Vòng Nhỏ", "market", -1545, 318),
    ("Bến xe khách Tiền Giang", "stop", -1850, 1465),
    ("Trạm dừng chân Ấp Bắc", "stop", -3400, 1890),
    ("Bến phà Thới Sơn", "stop", -1480, -20),
    ("Nhà văn hoá lao động", "culture", -345, 655),
    ("Thư viện tỉnh", "culture", -690, 1030),
    ("Trường THPT Nguyễn Đình Chiểu", "school", -345, 205),
    ("Trường THCS Xuân Diệu", "school", 345, 420),
    ("Trường THPT Chuyên Tiền Giang", "school", -1110, 500),
    ("Trường Đại học Tiền Giang", "school", -1560, 1040),
    ("Trung tâm Y tế thành phố", "health", 700, 640),
    ("UBND phường 1", "office", -350, 520),
    ("UBND xã Đạo Thạnh", "office", -470, 2480),
)


def hotspots() -> pa.RecordBatch:
    """Rows of schema.HOTSPOTS. Whether a pause is due between two sessions is not known: null."""
    names, kinds, u, v = zip(*_PLACES, strict=True)
    count = len(_PLACES)
    columns = {
        "code": [f"WIFI-{number:02d}" for number in range(1, count + 1)],
        "name": names,
        "place_kind": kinds,
        "status": ["faulty" if number == 14 else "active" for number in range(count)],
        "ssid": ["MyTho_FreeWifi"] * count,
        "session_limit_minutes": [facts.HOTSPOT_SESSION_MINUTES] * count,
        "cooldown_s": [None] * count,
    }
    at = warp(np.array(u, dtype=np.float64), np.array(v, dtype=np.float64))
    fields = [field for field in schema.HOTSPOTS if field.name != "geom"]
    arrays = [pa.array(columns[field.name], field.type) for field in fields]
    return pa.record_batch([*arrays, points(at)], schema=schema.HOTSPOTS)
