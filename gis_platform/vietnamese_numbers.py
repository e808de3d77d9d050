"""Numbers, money, areas and dates as Vietnamese people write them: 1.234,5 and 22/11/2026."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")
Number = int | float | Decimal


def format_number(value: Number, decimals: int = 0) -> str:
    """Dots between thousands, a comma before decimals, halves rounded up: 7887 is "7.887"."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    # A value that rounds to nothing has no sign.
    plain = f"{rounded if rounded else abs(rounded):,f}"
    return plain.translate(str.maketrans(",.", ".,"))


def format_area(square_metres: Number) -> str:
    """One decimal, as on a certificate: "1.234,5 m²"."""
    return f"{format_number(square_metres, 1)} m²"


def format_share(ratio: Number) -> str:
    """A share of 1 in percent with one decimal: 0.1834 is "18,3%"."""
    return f"{format_number(Decimal(str(ratio)) * 100, 1)}%"


def format_money(dong: Number) -> str:
    """Exact below a million, then in millions and billions with one decimal: "2,1 tỷ đồng"."""
    value = Decimal(str(dong))
    if abs(value) < 1_000_000:
        return f"{format_number(value)} đồng"
    in_billions = (value / 1_000_000_000).quantize(_TENTH, rounding=ROUND_HALF_UP)
    if abs(in_billions) >= 1:
        return f"{_short(in_billions)} tỷ đồng"
    return f"{_short((value / 1_000_000).quantize(_TENTH, rounding=ROUND_HALF_UP))} triệu đồng"


def _short(value: Decimal) -> str:
    return format_number(value, 0 if value == value.to_integral_value() else 1)


def format_date(day: date) -> str:
    """Day, month, year: "22/11/2026"."""
    return f"{day:%d/%m/%Y}"
