"""The columns that are read of a draft: what they are for, and the names by which offices call them."""

from typing import Any

from gis_platform.layer import Property
from gis_platform.layer.text import Language
from layers.planning.building.functions import planned_group
from layers.planning.drafts.words import FIGURES
from layers.references.land_uses import land_use_names
from layers.zoning import LAYER as ZONING

TEXTS = ("code", "title", "theme", "function_code", "function_name")
NUMBERS = (*FIGURES, "floors_min")

#: Beside those a delivery knows.
_ALSO = {
    "function_code": (
        "ma_chuc_nang",
        "loai_dat",
        "ma_loai_dat",
        "ma_dat",
        "ky_hieu_loai_dat",
        "land_use",
        "land_use_code",
    ),
    "max_density_pct": ("mat_do_xd", "mat_do_xay_dung", "mdxd"),
    "floors_max": ("tang_cao", "tang_cao_toi_da", "so_tang", "tang_cao_tb"),
    "height_max_m": ("chieu_cao", "chieu_cao_toi_da"),
    "far_max": ("he_so_su_dung_dat", "he_so_sdd", "hssdd", "far"),
}
#: Functions in a template: ground to build on, green, and a road, which each read differently.
TEMPLATE_CODES = ("ODT", "DKV", "DGT")
#: One row of a draft, as the template and the form show it.
EXAMPLE: dict[str, str | float] = {
    "function_code": "ODT",
    "code": "O-01",
    "title": "Khu ở phía Đông",
    "max_density_pct": 60.0,
    "floors_max": 5.0,
    "height_max_m": 20.0,
    "far_max": 3.0,
}


def also_called(each: Property) -> tuple[str, ...]:
    """All names of a property of a zone beside its own."""
    return (*each.aliases, *_ALSO.get(each.name, ()))


def columns_told(language: Language) -> list[dict[str, Any]]:
    """The columns for a form, the function first: ``name``, ``title``, other ``names``, an ``example``."""
    return [
        {
            "name": name,
            "title": (each := ZONING.property_named(name)).title.in_language(language),
            "names": list(also_called(each)),
            "example": example,
        }
        for name, example in EXAMPLE.items()
    ]


def codes_told(language: Language) -> list[dict[str, str]]:
    """The codes of functions that are understood, with their names."""
    known = {code: name for code, name in land_use_names().items() if planned_group(code) is not None}
    return [{"code": code, "name": name.in_language(language)} for code, name in sorted(known.items())]
