"""Numbers, codes, areas and places: each rule with rows that break it and rows that do not."""

from datetime import date
from typing import Any

import psycopg

from tests.support.checked import Check
from tests.support.delivered import parcels


def test_good_rows_have_no_findings(check: Check) -> None:
    found = check(parcels(6))
    assert (found.findings, found.faults) == ((), [])


def test_a_number_that_occurs_twice_is_told_with_its_rows(check: Check) -> None:
    found = check(parcels(4).with_column("parcel_no", ["7", "8", "7", "9"]))
    assert found.counts == {"duplicate_key": 2}
    assert [(fault.row, fault.severity) for fault in found.faults] == [(1, "warning"), (3, "warning")]
    assert found.faults[0].en == (
        "Administrative unit code 28249, Sheet number 12, Parcel number 7 occurs 2 times."
    )
    assert found.faults[0].vi.endswith("Số thửa 7 có 2 lần.")
    assert "unit 28249 sheet 12 parcel 7" in found.findings[0].text
    assert "số thửa 7" in found.findings[0].text_vi


def test_stated_areas_are_held_against_each_other_by_the_scale(check: Check) -> None:
    # 1:1000 leaves 0.4 m2 for each metre of the root: 5.4 m2 of 180.
    sample = parcels(4).with_column("legal_area_m2", [180.0, 186.0, 180.0, None])
    found = check(sample.with_column("measured_area_m2", [185.0, 180.0, 200.0, 180.0]))
    assert [fault.row for fault in found.of("areas_differ")] == [2, 3]
    assert found.of("areas_differ")[0].en == (
        "Legal area: 186.0 m2, Measured area: 180.0 m2; 6.0 m2 apart, tolerance 5.5 m2."
    )
    assert "lệch 6,0 m², dung sai 5,5 m²" in found.of("areas_differ")[0].vi
    assert [fault.row for fault in found.of("area_not_drawn")] == [2, 3]


def test_old_codes_come_with_what_they_are_today(check: Check) -> None:
    uses = ["ODT+CLN", "LNQ", "DTS", "XYZ"]
    found = check(parcels(4).with_column("land_uses", uses))
    assert found.counts == {"old_code": 2, "unknown_code": 1}
    assert [(fault.row, fault.severity) for fault in found.faults] == [
        (3, "warning"),
        (2, "warning"),
        (4, "warning"),
    ]
    review, sure = found.of("old_code")
    assert sure.en == "Code LNQ is of an older list. Proposed: CLN (unverified)."
    assert sure.vi == "Mã LNQ thuộc danh mục cũ. Đề nghị: CLN (chưa xác minh)."
    assert review.en.startswith("Code DTS is of an older list. Needs review, one of: TSC, DVH")
    assert found.of("unknown_code")[0].en == "Code XYZ is in no list, today's or older."


def test_an_identifier_names_a_place_in_its_parcel(check: Check, work: psycopg.Connection[Any]) -> None:
    row = work.execute(
        b"SELECT ST_GeoHash(ST_Transform(ST_SetSRID(ST_MakePoint(567005, 1145009), 9210), 4326), 12)"
    ).fetchone()
    assert row is not None
    found = check(parcels(3).with_column("identifier", [row[0], "w3gdumj11fw2", None]))
    assert found.counts == {"identifier_elsewhere": 1}
    assert [(fault.row, fault.severity) for fault in found.faults] == [(2, "info")]


UNITS = """
    INSERT INTO layer.admin_units (code, name, full_name, kind, generation, existed_from, existed_to,
                                   source_date, valid_from, geom)
    SELECT code, name, 'Phường ' || name, 'phuong', generation, CAST(since AS date), CAST(until AS date),
           '2018-01-01', '2018-01-01',
           ST_Multi(ST_MakeEnvelope(567000 + west, 1144900, 567000 + east, 1145100, core.working_srid()))
    FROM (VALUES ('28249', '5', 1, '2018-01-01', '2025-06-30', -50, 25),
                 ('28249', 'Đạo Thạnh', 3, '2025-07-01', NULL, 35, 200),
                 ('28252', '4', 1, '2018-01-01', '2025-06-30', 25, 60))
         AS u (code, name, generation, since, until, west, east)
"""


def test_a_parcel_lies_in_the_unit_its_code_names_on_that_day(
    check: Check, work: psycopg.Connection[Any]
) -> None:
    work.execute(UNITS.encode())
    # Parcels begin at 0, 12, 24, 36, 48 and are 10 m wide; the unit of 2020 ends at 25.
    found = check(parcels(5).with_column("unit_code", ["28249", "28249", "28249", "28252", "99999"]))
    assert [(f.code, f.row) for f in found.faults] == [("unit_unknown", 5), ("outside_unit", 3)]


def test_a_code_of_an_earlier_generation_is_told(check: Check, work: psycopg.Connection[Any]) -> None:
    work.execute(UNITS.encode())
    codes = ["28249", "28249", "28249", "28252", "28249"]
    found = check(parcels(5).with_column("unit_code", codes), day=date(2026, 6, 30))
    assert [(f.code, f.row) for f in found.faults] == [
        ("unit_retired", 4),
        ("unit_generation", 1),
        ("unit_generation", 2),
        ("outside_unit", 3),
    ]
    assert found.of("unit_retired")[0].en == "Code 28252 is Phường 4 (generation 1), no unit on 2026-06-30."
    assert found.of("unit_retired")[0].vi.endswith("không phải đơn vị hành chính vào ngày 30/06/2026.")
    assert found.of("unit_generation")[0].vi.startswith("Mã 28249 nay là Phường Đạo Thạnh, nhưng đối tượng")


def test_without_units_nothing_is_said_of_them(check: Check) -> None:
    assert check(parcels(2).with_column("unit_code", "99999")).counts == {}
