"""What the command line prints of a delivery."""

import json
import sys
from typing import NoReturn

import typer

from etl.delivery.request import Counts, DeliveryResult
from gis_platform.errors import DeliveryRefused

#: How a command leaves where the checks refuse the file.
REFUSED = 2
#: What a refusal proposes, for programs.
_LIKELY = ("proposal", "grid", "encoding")
_NEXT = (
    "Nothing is applied yet. Apply it with: gis-platform approve {id}; or leave it: gis-platform reject {id}."
)


def show_result(result: DeliveryResult) -> None:
    """What became of a delivery, its warnings, and what stands on what it changes."""
    if result.known:
        typer.echo(f"This file is here already, as delivery {result.id}.")
    typer.echo(f"Delivery {result.id} is {result.status}{_into(result)}: {counts_in_words(result.counts)}.")
    for finding in result.findings:
        typer.echo(f"  {finding.severity}: {finding.text or finding.code}")
    for concerned in result.impact:
        typer.echo(f"  concerns {concerned['count']} of {concerned['title_en']}")
    if result.status == "ready" or (result.known and result.status == "partly applied"):
        typer.echo(_NEXT.format(id=result.id))


def leave_refused(refusal: DeliveryRefused, *, as_json: bool) -> NoReturn:
    """Tell a refusal, with what is likely of columns and grid, and leave."""
    typer.echo(refusal.detail, err=True)
    number, found = refusal.extra.get("delivery"), tuple(refusal.extra.get("findings", ()))
    if as_json:
        told = DeliveryResult(number, "refused", Counts(), found).as_json()
        likely = {name: value for name, value in refusal.extra.items() if name in _LIKELY}
        typer.echo(json.dumps({**told, **likely}, ensure_ascii=False))
    elif number is not None and "encoding" in refusal.extra:
        charset = refusal.extra["encoding"]
        typer.echo(f"Where that reads well: gis-platform read-anew {number} --encoding {charset}", err=True)
    elif number is not None and any(
        guess["accept"] for guess in refusal.extra.get("grid", {}).get("guesses", ())
    ):
        typer.echo(f"If the sender confirms it: gis-platform read-anew {number} --accept-grid", err=True)
    sys.exit(REFUSED)


def counts_in_words(counts: Counts) -> str:
    """What is nought is left out, but for what is read and new."""
    told = [(name, count) for name, count in counts.as_dict().items() if count or name in ("read", "added")]
    return ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in told)


def _into(result: DeliveryResult) -> str:
    if not result.into:
        return ""
    return f" into {result.into}" if "applied" in result.status else f" for {result.into}"
