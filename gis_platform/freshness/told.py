"""The report as JSON, in one language: what programs get and the page shows."""

from datetime import date
from typing import Any

from gis_platform.freshness.age import age_between
from gis_platform.freshness.due import NextDue
from gis_platform.freshness.report import LayerLine, RasterLine, Report, SourceLine
from gis_platform.freshness.terms import Terms
from gis_platform.layer.sources import source_told
from gis_platform.layer.text import Language, Text

_EVERY = Text("{n} ngày một lần", "every {n} days")
_NEVER = Text("khi có quyết định mới", "when a new decision is made")
_NO_CYCLE = Text("không định kỳ", "no fixed cycle")
_KNOWN = {
    0: Text("liên tục", "continuously"),
    31: Text("hằng tháng", "monthly"),
    92: Text("hằng quý", "quarterly"),
    366: Text("hằng năm", "yearly"),
}


def told(report: Report, language: Language) -> dict[str, Any]:
    """The whole report; what is overdue the longest comes first."""
    layers = [_layer(line, report.today, language) for line in report.layers]
    rasters = [_raster(line, report.today, language) for line in report.rasters]
    for lines in (layers, rasters):
        lines.sort(key=lambda line: -line["overdue_days"])
    every = [*layers, *rasters]
    return {
        "checked_on": report.today.isoformat(),
        "count": len(every),
        "overdue": sum(line["overdue"] for line in every),
        "layers": layers,
        "rasters": rasters,
    }


def _layer(line: LayerLine, today: date, language: Language) -> dict[str, Any]:
    received = [source.received_at for source in line.sources if source.received_at is not None]
    newest = line.known.newest
    return {
        "id": line.layer.name,
        "title": line.layer.title.in_language(language),
        **_aged(line.known.oldest, line.terms, line.due, today, language, _NEVER),
        "newest_source_date": newest.isoformat() if newest else None,
        "synthetic": line.known.synthetic,
        "last_received": max(received).isoformat() if received else None,
        "deliveries": sum(source.deliveries for source in line.sources),
        "sources": [_source(source, today, language) for source in line.sources],
    }


def _source(line: SourceLine, today: date, language: Language) -> dict[str, Any]:
    return {
        "source": source_told(line.source, language),
        **_aged(line.source_date, line.terms, line.due, today, language, _NEVER),
        "contract": line.terms.stated,
        "last_received": line.received_at.isoformat() if line.received_at else None,
        "deliveries": line.deliveries,
        "synthetic": line.synthetic,
    }


def _raster(line: RasterLine, today: date, language: Language) -> dict[str, Any]:
    newest = line.newest
    return {
        "id": newest.name,
        "title": newest.title.in_language(language),
        **_aged(newest.date, line.terms, line.due, today, language, _NO_CYCLE),
        "synthetic": newest.synthetic,
        "caution": newest.caution.in_language(language) if newest.caution else None,
        "last_received": line.received_at.isoformat(),
        "deliveries": line.versions,
        "source": newest.source,
    }


def _aged(
    day: date | None, terms: Terms, due: NextDue | None, today: date, language: Language, without: Text
) -> dict[str, Any]:
    late = due.overdue_days(today) if due else 0
    return {
        "source_date": day.isoformat() if day else None,
        "age_days": (today - day).days if day else None,
        "age": age_between(day, today).in_words(language) if day else None,
        "cycle_days": terms.cycle_days,
        "grace_days": terms.grace_days,
        "cycle": _cycle(terms, without).in_language(language),
        "next_due": due.on.isoformat() if due else None,
        "next_due_how": due.in_words(language) if due else None,
        "overdue": late > 0,
        "overdue_days": late,
        "overdue_for": age_between(due.on, today).in_words(language) if due and late else None,
    }


def _cycle(terms: Terms, without: Text) -> Text:
    days = terms.cycle_days
    if days is None:
        return without
    return _KNOWN.get(days) or Text(_EVERY.vi.format(n=days), _EVERY.en.format(n=days))
