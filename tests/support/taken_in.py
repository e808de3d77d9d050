"""A file taken in as a delivery takes it: kept, looked at, opened and read, without a database."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from etl.delivery.intake.keeping import keep, remove_kept
from etl.delivery.receive import receive
from etl.delivery.source import Source, open_source, read_pieces
from gis_platform.errors import DeliveryRefused

DELIVERY = 7


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was read."""

    source: Source
    columns: dict[str, list[Any]]
    shapes: list[Any]


def take_in(
    file: Path, data_dir: Path, *, where: str | None = None, areas: bool = True, file_layer: str | None = None
) -> TakenIn:
    """Everything a file holds; what was kept of it is removed, as for a delivery that is refused."""
    try:
        kept = keep(data_dir, file, DELIVERY)
        received = receive(kept.path, sha256=kept.sha256)
        source = open_source(received, file_layer, None)
        columns: dict[str, list[Any]] = {name: [] for name in source.fields}
        shapes: list[Any] = []
        for piece in read_pieces(source, list(source.fields), where, areas=areas):
            for name in source.fields:
                columns[name] += piece.columns[name].to_pylist()
            wkb = np.asarray(piece.geometry.to_pylist(), dtype=object)
            shapes += list(shapely.from_wkb(wkb, on_invalid="ignore"))
    finally:
        remove_kept(data_dir, DELIVERY)
    return TakenIn(source, columns, shapes)


def refused(file: Path, data_dir: Path, code: str, words: str) -> DeliveryRefused:
    """Take in a file that is refused by name, and leaves nothing behind."""
    with pytest.raises(DeliveryRefused, match=words) as refusal:
        take_in(file, data_dir)
    assert file.name in refusal.value.detail
    assert [finding.code for finding in refusal.value.extra["findings"]] == [code]
    assert list((data_dir / "deliveries").iterdir()) == [] if (data_dir / "deliveries").is_dir() else True
    return refusal.value
