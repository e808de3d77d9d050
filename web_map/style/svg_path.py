"""The ``d`` of an SVG path as lines of points; curves and circular arcs are cut into short pieces."""

import math
import re

Place = tuple[float, float]

_TOKEN = re.compile(r"[MmLlHhVvAaCcZz]|-?(?:[0-9]*\.[0-9]+|[0-9]+)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "C": 6, "Z": 0}
_PIECES = 16


def lines_of(data: str) -> list[list[Place]]:
    """One list of points for each part of the path."""
    tokens = _TOKEN.findall(data)
    lines: list[list[Place]] = []
    at, here, verb = 0, (0.0, 0.0), "M"
    while at < len(tokens):
        if tokens[at].isalpha():
            verb = tokens[at]
            at += 1
        count = _TAKES[verb.upper()]
        numbers = [float(number) for number in tokens[at : at + count]]
        at += count
        if verb.upper() == "M":
            here = _place(verb, here, numbers)
            lines.append([here])
            verb = "L" if verb == "M" else "l"
        elif verb.upper() == "Z":
            here = lines[-1][0]
            lines[-1].append(here)
        else:
            lines[-1] += _step(verb, here, numbers)
            here = lines[-1][-1]
    return lines


def _place(verb: str, here: Place, numbers: list[float]) -> Place:
    x, y = numbers[-2:]
    return (here[0] + x, here[1] + y) if verb.islower() else (x, y)


def _step(verb: str, here: Place, numbers: list[float]) -> list[Place]:
    match verb.upper():
        case "H":
            return [(numbers[0] + (here[0] if verb == "h" else 0), here[1])]
        case "V":
            return [(here[0], numbers[0] + (here[1] if verb == "v" else 0))]
        case "C":
            bends = [_place(verb, here, numbers[i : i + 2]) for i in (0, 2, 4)]
            return [_on_curve(here, bends, step / _PIECES) for step in range(1, _PIECES + 1)]
        case "A":
            return _arc(here, _place(verb, here, numbers), numbers[0], bool(numbers[3]), bool(numbers[4]))
        case _:
            return [_place(verb, here, numbers)]


def _on_curve(start: Place, bends: list[Place], t: float) -> Place:
    first, second, end = bends
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    places = (start, first, second, end)
    x, y = (sum(w * place[axis] for w, place in zip(weights, places, strict=True)) for axis in (0, 1))
    return x, y


def _arc(start: Place, end: Place, radius: float, large: bool, clockwise: bool) -> list[Place]:
    """A circular arc (SVG 2, appendix B.2.4, with equal radii)."""
    across, down = end[0] - start[0], end[1] - start[1]
    chord = math.hypot(across, down)
    radius = max(radius, chord / 2)
    height = math.sqrt(max(0.0, radius**2 - (chord / 2) ** 2)) * (1 if large == clockwise else -1)
    centre = (
        (start[0] + end[0]) / 2 + height * down / chord,
        (start[1] + end[1]) / 2 - height * across / chord,
    )
    begin = math.atan2(start[1] - centre[1], start[0] - centre[0])
    sweep = math.atan2(end[1] - centre[1], end[0] - centre[0]) - begin
    if clockwise and sweep < 0:
        sweep += math.tau
    if not clockwise and sweep > 0:
        sweep -= math.tau
    turns = [begin + sweep * step / _PIECES for step in range(1, _PIECES + 1)]
    return [(centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns]
