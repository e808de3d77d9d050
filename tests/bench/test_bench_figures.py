"""The benchmarks' own reckoning: what counts as a figure, as a ratio, as met."""

import pytest

from tests.bench.load import NoFigure, read_wrk
from tests.bench.options import read_options
from tests.bench.table import END, START, Cell, Line, figures, growth, put_between, verdicts
from tests.bench.verdict import FASTEST, LIMIT, Target, judge

# As wrk 4.1 prints it, with the line of wrk.lua at the end.
WRK = """\
Running 4s test @ http://127.0.0.1:8123
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.41ms    1.02ms  21.37ms   91.20%%
    Req/Sec     3.39k   211.17     3.71k    72.50%%
  13481 requests in 4.00s, 61.02MB read
Requests/sec:   3370.11
Transfer/sec:     15.25MB

{"requests":13481,"microseconds":4000190,"bytes":63984112,"p50":2213,"p95":4417,"p99":6120,\
"refused":%d,"connect":0,"read":0,"write":0,"timeout":%d}
"""


def test_figures_of_wrk_are_read() -> None:
    load = read_wrk(WRK % (0, 0))
    assert load.per_second == pytest.approx(3370.09, abs=0.01)
    assert (load.p50_ms, load.p95_ms, load.p99_ms, load.requests) == (2.213, 4.417, 6.12, 13481)


@pytest.mark.parametrize(("refused", "timeout", "word"), [(3, 0, "3 refused"), (0, 2, "2 timeout")])
def test_a_run_with_errors_gives_no_figure(refused: int, timeout: int, word: str) -> None:
    with pytest.raises(NoFigure, match=word):
        read_wrk(WRK % (refused, timeout))


def test_a_run_without_a_count_gives_no_figure() -> None:
    with pytest.raises(NoFigure, match="unable to connect"):
        read_wrk("unable to connect to 127.0.0.1:8123 Connection refused")


RATES: dict[str, float | None] = {
    "ours": 400.0,
    LIMIT: 500.0,
    "tipg": 39.0,
    "martin": 400.0,
    "pygeoapi": None,
    "nginx": 9000.0,
}


@pytest.mark.parametrize(
    ("against", "factor", "ratio", "word"),
    [
        (LIMIT, 0.85, 0.8, "**not met**"),
        (LIMIT, 0.8, 0.8, "met"),
        ("tipg", 10, 400 / 39, "met"),
        ("martin", 1, 1.0, "met"),
        ("pygeoapi", 2, None, "not measured"),
        ("mapserver", 2, None, "not measured"),
    ],
)
def test_a_target_is_judged(against: str, factor: float, ratio: float | None, word: str) -> None:
    (verdict,) = judge("a path", (Target(against, factor),), RATES)
    assert verdict.ratio == (pytest.approx(ratio) if ratio is not None else None)
    assert verdict.word == word


def test_the_fastest_peer_is_neither_the_limit_nor_nginx() -> None:
    (verdict,) = judge("a path", (Target(FASTEST, 10),), RATES)
    assert (verdict.against, verdict.ratio, verdict.word) == ("martin", 1.0, "**not met**")


def test_nothing_of_ours_is_nothing_met() -> None:
    (verdict,) = judge("a path", (Target("tipg", 2),), {**RATES, "ours": None})
    assert verdict.word == "not measured"


def test_the_table_shows_ratios_gaps_and_failures() -> None:
    cells = {"ours": Cell(1250.4), "tipg": Cell(38.25), "martin": Cell(None, why="failed: 3 refused")}
    assert figures([Line("item", 8, cells)], ["ours", "tipg", "martin", "nginx"]) == (
        "| path | connections | ours | tipg | martin | nginx |\n"
        "|---|---|---:|---:|---:|---:|\n"
        "| item | 8 | 1,250 | 38.2 (33×) | failed: 3 refused | – |"
    )


def test_the_table_of_targets_names_the_peer() -> None:
    told = verdicts(judge("a path", (Target(FASTEST, 0.5), Target("pygeoapi", 10)), RATES))
    assert told.splitlines()[2:] == [
        "| a path | at least 0.5 of the fastest peer | 1.00× of martin | met |",
        "| a path | at least 10 of pygeoapi |  | not measured |",
    ]


def test_growth_is_met_up_to_its_target() -> None:
    told = growth([("item", 0.4, 0.6), ("tile", 2.0, 3.1)], 100_000, 1_000_000, 1.5)
    assert [line.rpartition(" | ")[2] for line in told.splitlines()[2:]] == ["met |", "**not met** |"]


def test_a_block_is_put_between_its_markers_and_nowhere_else() -> None:
    document = f"# Speed\n\n{START}\nold\n{END}\n\nafter\n"
    assert put_between(document, "new\n") == f"# Speed\n\n{START}\nnew\n{END}\n\nafter\n"
    with pytest.raises(ValueError, match="has no"):
        put_between("# Speed\n", "new")


def test_options_come_from_the_environment() -> None:
    assert read_options({}).parcels == 500_000
    asked = read_options(
        {"GIS_BENCH_PARCELS": "5000", "GIS_BENCH_GROWTH": "1", "GIS_BENCH_PEERS": "tipg,martin"}
    )
    assert (asked.parcels, asked.growth, asked.peers) == (5000, (100_000, 5_000_000), ("tipg", "martin"))
