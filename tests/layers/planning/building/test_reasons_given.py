"""Each line carries its own reason, worded so that it cannot be read as another figure."""

from tests.layers.planning.building.conftest import Ground, line


def test_the_floor_area_does_not_carry_the_reason_of_the_footprint(ground: Ground) -> None:
    entry = ground.entry(ground.usual())
    footprint, floors = (line(entry, code)["reason"] for code in ("footprint_max", "floor_area_max"))
    assert "mật độ nhân với" in footprint
    assert "nhân với số tầng tối đa" in floors
    assert "mật độ" not in floors


def test_what_keeps_the_footprint_unknown_keeps_the_floor_area_too(ground: Ground) -> None:
    entry = ground.entry(ground.usual(setback_m=None, height_max_m=None))
    assert line(entry, "footprint_max")["reason"] == line(entry, "floor_area_max")["reason"]
    assert line(entry, "floor_area_max")["value"] is None


def test_half_of_a_width_does_not_read_as_the_half(ground: Ground) -> None:
    red = line(ground.entry(ground.usual()), "red_line")
    assert (red["value"], red["reason"]) == (6.0, "Một nửa của bề rộng quy hoạch 12,0 m.")
