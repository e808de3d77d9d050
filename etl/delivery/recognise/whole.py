"""A file recognised as a whole, before it is read: its columns, its grid, the encoding of its texts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from etl.delivery.faults import Faults
from etl.delivery.grid import decide_srid
from etl.delivery.mapping import Assignment, assign
from etl.delivery.recognise.charsets import charset_named
from etl.delivery.recognise.detecting import Reading, readings_of
from etl.delivery.recognise.grids import bounds_of, guess_grids
from etl.delivery.recognise.known import Known
from etl.delivery.recognise.proposing import propose_mapping
from etl.delivery.recognise.sampling import Sample, take_sample
from etl.delivery.recognise.saved import DeliveryMapping
from etl.delivery.request import DeliveryRequest
from etl.delivery.source import Source
from gis_platform.city import City, SavedMapping
from gis_platform.errors import DeliveryRefused
from gis_platform.layer import Layer


@dataclass(frozen=True, slots=True)
class Recognised:
    """``readings``: columns whose texts are converted, and from what."""

    assignment: Assignment
    srid: int
    readings: Mapping[str, Reading]


def with_saved(request: DeliveryRequest, saved: SavedMapping) -> DeliveryRequest:
    """The request, with the encoding and the grid that are saved for the source where it says none."""
    if not isinstance(saved, DeliveryMapping):
        return request
    return replace(request, encoding=request.encoding or saved.encoding, crs=request.crs or saved.crs)


def recognise(
    city: City,
    layer: Layer,
    source: Source,
    saved: SavedMapping,
    request: DeliveryRequest,
    faults: Faults,
    known: Known,
) -> Recognised:
    """Look at a sample of the file and decide how it is read; `request` as `with_saved` gives it.

    Raises:
        BadParameter: something asked for is not there: a property, a grid.
        DeliveryRefused: the columns or the grid are not clear; what is likely goes with it, as JSON, in its
            extra members ``proposal`` (columns) and ``grid``.
    """
    sample = take_sample(source, request.where or saved.where)
    assignment = assign(layer, source.fields, saved, request, faults)
    _refuse_with_proposal(layer, source, assignment, replace(sample, in_force=known.values), faults)
    bounds = bounds_of(sample.shapes)
    envelope = city.envelope.as_tuple()
    srid = decide_srid(
        source,
        request,
        city.working_srid,
        lambda: guess_grids(bounds, envelope, city.working_srid, known.extent),
    )
    forced = None if request.encoding is None else charset_named(request.encoding)
    return Recognised(assignment, srid, readings_of(sample.columns, source.codec, forced))


def _refuse_with_proposal(
    layer: Layer, source: Source, assignment: Assignment, sample: Sample, faults: Faults
) -> None:
    try:
        faults.refuse_if_any()
    except DeliveryRefused as refusal:
        proposal = propose_mapping(layer, source.fields, sample)
        refusal.extra["proposal"] = proposal.as_json()
        told = proposal.options(beside=set(assignment.columns))
        if told:
            refusal.detail = f"{refusal.detail}\n  Likely, by name and content: {told}"
        raise
