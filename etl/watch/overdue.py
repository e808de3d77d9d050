"""What is overdue, in words that stay the same while it lasts."""

from collections.abc import Iterator
from datetime import date

from etl.watch.wanted import Wanted
from gis_platform.freshness.due import NextDue
from gis_platform.freshness.report import Report
from gis_platform.layer.text import Text


def overdue_notices(report: Report) -> Iterator[Wanted]:
    """One for each layer and raster that is past its due day, and for each source past its contract's.

    The longest overdue comes last, and so stands above in an inbox whose newest are first.
    """
    for line in sorted(report.layers, key=lambda line: line.due.on if line.due else date.max, reverse=True):
        yield from _one("overdue", line.layer.name, line.layer.name, line.layer.title, line.due, report.today)
        for source in line.sources:
            if source.terms.stated:
                named = Text(
                    f"{line.layer.title.vi}, nguồn {source.source}",
                    f"{line.layer.title.en} of {source.source}",
                )
                subject = f"{line.layer.name}/{source.source}"
                yield from _one("overdue_source", subject, line.layer.name, named, source.due, report.today)
    for raster in report.rasters:
        name = raster.newest.name
        yield from _one("overdue", name, name, raster.newest.title, raster.due, report.today)


def _one(
    kind: str, subject: str, layer: str, title: Text, due: NextDue | None, today: date
) -> Iterator[Wanted]:
    if due is None or not due.overdue_days(today):
        return
    yield Wanted(
        kind,
        subject,
        layer,
        None,
        f"Quá hạn cập nhật: {title.vi}. Số liệu ngày {due.since:%d/%m/%Y}, hạn giao {due.on:%d/%m/%Y}.",
        f"Overdue: {title.en}. Data of {due.since}, the next was due on {due.on}.",
    )
