"""Colours ``#rrggbb``: contrast as WCAG 2.2 measures it, and darkening until a text can be read."""

AA_TEXT = 4.5
"""Least contrast of normal-sized text (WCAG 2.2, success criterion 1.4.3)."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green, blue, 0 to 255; ValueError when it is no ``#rrggbb``."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"not a #rrggbb colour: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """``share`` of ``other`` laid over ``colour``; 0 gives the first, 1 the second."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance, 0 black to 1 white."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (value / 255 for value in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, ground: str, least: float = AA_TEXT) -> str:
    """The colour, darkened in small steps until it reads on a light ground."""
    for step in range(21):
        candidate = mix(colour, "#000000", step / 20)
        if contrast(candidate, ground) >= least:
            return candidate
    raise ValueError(f"nothing reads on {ground}")
