"""The published figures the demo city reproduces exactly.

Source of every figure: Báo Ấp Bắc (newspaper of Tiền Giang province), September 2023, by Hà Nam and Lê Minh.
All rows around the figures are synthetic (dữ liệu minh hoạ). Periods are local dates (Asia/Ho_Chi_Minh), both
ends included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SOURCE = "Báo Ấp Bắc, 09/2023 (Hà Nam – Lê Minh)"

HOTSPOTS = 25
HOTSPOT_SESSION_MINUTES = 20

CAMERAS = 189
SMART_CAMERAS = 48

STATIONS = 2
STATION_INTERVAL_MINUTES = (5, 10)

PARCELS_AS_OF = date(2018, 12, 31)
"""The article says "đến năm 2018"; the day within the year is ours."""

CASE_TARGET_WORKING_DAYS = 5
"""The city's own target for an urban-order case; not a statutory limit."""


@dataclass(frozen=True, slots=True)
class TrafficFunnel:
    """Red-light detections and what became of them by the end of the period."""

    start: date = date(2022, 5, 15)
    end: date = date(2023, 9, 6)
    detected: int = 7_887
    notified: int = 7_342
    recorded: int = 957
    paid: int = 888
    amount_vnd_more_than: int = 2_100_000_000


@dataclass(frozen=True, slots=True)
class UrbanOrder:
    """Cases of urban order, environment and advertising, by the office that took them."""

    start: date = date(2022, 5, 1)
    end: date = date(2023, 9, 10)
    received: int = 60
    natural_resources: int = 56
    urban_management: int = 4
    done: int = 11


TRAFFIC = TrafficFunnel()
URBAN_ORDER = UrbanOrder()
