"""What a person without root reads: one paragraph to hand to an administrator."""

import shutil

from gis_platform.bootstrap import debian


def what_to_ask_for(groups: list[str]) -> str:
    """Names what is missing, the exact command, and the other ways there are."""
    names = {
        "database": "the database (PostgreSQL with PostGIS and pgRouting)",
        "venv": "Python's venv module",
        "browser": "the Chromium browser that the tests drive",
        "gdal": "GDAL's programs, which the tests read the API with",
    }
    other_ways = (
        " Without that there are two other ways for the database: an account that may use Docker "
        "(`docker info` must answer), or a PostgreSQL server of your own, whose address you put in "
        "GIS_DATABASE_URL."
        if "database" in groups
        else ""
    )
    lacking = f"This machine lacks {', and '.join(names[group] for group in groups)}"
    if shutil.which("apt-get") is None:
        return (
            f"{lacking}, and it is not a Debian (there is no apt-get), so the set-up cannot install that. "
            f"Install it the way of this system, then run the same command again.{other_ways}"
        )
    return (
        f"{lacking}, and you are neither root nor allowed to use sudo. Please ask an administrator to run "
        f"this once:\n\n    {debian.line_for_administrator(groups)}\n\n"
        f"Then run the same command again; everything else happens in this folder, as you.{other_ways}"
    )
