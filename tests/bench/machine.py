"""What a run was made on: figures of two machines, or of two versions, are not compared."""

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from tests.bench.city import BenchCity
from tests.bench.options import ROOT, Options
from tests.bench.peers.known import peers
from tests.bench.samples import SQL


def conditions(city: BenchCity, options: Options) -> str:
    """Machine, data, versions and length of a run, as a Markdown list."""
    with psycopg.connect(city.places.owner) as connection:
        versions = connection.execute(SQL["versions"].text.encode()).fetchone() or ("?", "?")
    there = {each.name: each.available() for each in peers(options)}
    measured = [f"{each.name} {each.version()}" for each in peers(options) if there[each.name] is None]
    lines = [
        f"- {datetime.now(UTC):%Y-%m-%d}, commit {_commit()}; {city.parcels:,} parcels",
        f"- {os.cpu_count()} cores ({_processor()}), {_memory_gib():.0f} GiB; load from the same machine",
        f"- PostgreSQL {versions[0].split()[0]}, PostGIS {versions[1]}, Python {platform.python_version()}",
        f"- peers: {', '.join(measured) or 'none'}",
        f"- each figure: the median of {options.rounds} measurements of {options.seconds} s",
    ]
    lines += [f"- {name}: {why}" for name, why in there.items() if why is not None]
    return "\n".join(lines)


def _commit() -> str:
    words = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    told = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout.strip() or "unknown"


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return found[1].strip() if found else platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
