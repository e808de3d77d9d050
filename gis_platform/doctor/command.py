"""Running every check and telling the result."""

from pathlib import Path

import typer

from gis_platform.doctor.database import database_findings
from gis_platform.doctor.finding import Finding
from gis_platform.doctor.machine import machine_findings
from gis_platform.doctor.packages import browser_findings, python_findings, web_findings
from gis_platform.settings import Settings

_PROJECT = Path(__file__).resolve().parents[2]


def run_doctor(settings: Settings, folder: Path = _PROJECT) -> list[Finding]:
    """Look at everything the platform stands on; changes nothing."""
    return [
        *python_findings(folder),
        *web_findings(folder),
        *database_findings(settings),
        *machine_findings(settings),
        *browser_findings(),
    ]


def doctor() -> None:
    """Say in plain words what is missing and how to get it; exit code 1 when something needed is."""
    findings = run_doctor(Settings())
    for finding in findings:
        mark = "ok     " if finding.ok else "MISSING" if finding.required else "note   "
        typer.echo(f"{mark}  {finding.name}: {finding.detail}")
        if not finding.ok and finding.remedy:
            typer.echo(f"         {finding.remedy}")
    missing = sum(finding.stops_the_platform for finding in findings)
    if missing:
        typer.echo(f"\n{missing} of {len(findings)} need attention.")
        raise typer.Exit(1)
    typer.echo("\nAll that is needed is there.")
