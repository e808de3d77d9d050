"""The tables, as Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.verdict import Verdict

START, END = "<!-- bench: start -->", "<!-- bench: end -->"


@dataclass(frozen=True, slots=True)
class Cell:
    """Requests a second of one server for one row at one concurrency, or why there are none."""

    rate: float | None
    p50_ms: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: a path at one concurrency, and what each server did."""

    path: str
    connections: int
    cells: Mapping[str, Cell]


def figures(lines: Sequence[Line], servers: Sequence[str]) -> str:
    """Requests a second; in brackets ours as a multiple of it."""
    told = [_row(["path", "connections", *servers]), _rule(2, len(servers))]
    for line in lines:
        ours = line.cells.get("ours", Cell(None)).rate
        cells = [_cell(line.cells.get(name), name, ours) for name in servers]
        told.append(_row([line.path, str(line.connections), *cells]))
    return "\n".join(told)


def _cell(cell: Cell | None, name: str, ours: float | None) -> str:
    if cell is None:
        return "–"
    if cell.rate is None:
        return cell.why
    if name == "ours" or ours is None:
        return rate(cell.rate)
    return f"{rate(cell.rate)} ({multiple(ours / cell.rate)})"


def verdicts(found: Sequence[Verdict]) -> str:
    """The targets."""
    told = [_row(["path", "target, requests a second", "ours is", ""]), _rule(4, 0)]
    for each in found:
        ratio = "" if each.ratio is None else f"{multiple(each.ratio)} of {each.against}"
        told.append(_row([each.row, str(each.target), ratio, each.word]))
    return "\n".join(told)


def growth(found: Sequence[tuple[str, float, float]], small: int, large: int, target: float) -> str:
    """Latencies of one connection in a small and a large city."""
    told = [_row(["path", f"{small:,} parcels", f"{large:,} parcels", "ratio", ""]), _rule(1, 4)]
    for path, before, after in found:
        word = "met" if after / before <= target else "**not met**"
        told.append(_row([path, f"{before:.2f} ms", f"{after:.2f} ms", f"{after / before:.2f}", word]))
    return "\n".join(told)


def rate(value: float) -> str:
    """A figure with the digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def multiple(value: float) -> str:
    """A ratio."""
    return f"{value:.0f}×" if value >= 20 else f"{value:.1f}×" if value >= 2 else f"{value:.2f}×"


def put_between(document: str, block: str) -> str:
    """The document with the block between its markers.

    Raises:
        ValueError: it has no such markers.
    """
    before, start, rest = document.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"the document has no {START} … {END}")
    return f"{before}{START}\n{block.strip()}\n{END}{after}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rule(left: int, right: int) -> str:
    return "|" + "---|" * left + "---:|" * right
