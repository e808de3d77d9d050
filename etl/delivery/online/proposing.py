"""Which column of a kept file is likely what: for the form that asks a steward."""

from pathlib import Path
from typing import Any

from etl.delivery.receive import receive
from etl.delivery.recognise.proposing import propose_mapping
from etl.delivery.recognise.sampling import take_sample
from etl.delivery.source import open_source
from gis_platform.layer import Layer


def propose_columns(file: Path, layer: Layer, file_layer: str | None, encoding: str | None) -> dict[str, Any]:
    """The columns of the file with examples, each with the property it is likely to be.

    Raises `DeliveryRefused` where the file cannot be opened.
    """
    source = open_source(receive(file), file_layer, encoding)
    return propose_mapping(layer, source.fields, take_sample(source)).as_json()
