"""What a person without root reads: one paragraph to hand to an administrator."""

from gis_platform.bootstrap import debian


def what_to_ask_for(groups: list[str]) -> str:
    """Names what is missing, the exact command, and the other ways there are."""
    names = {
        "database": "the database (PostgreSQL with PostGIS and pgRouting)",
        "venv": "Python's venv module",
        "browser": "the Chromium browser that the tests drive",
    }
    other_ways = (
        " Without that there are two other ways for the database: an account that may use Docker "
        "(`docker info` must answer), or a PostgreSQL server of your own, whose address you put in "
        "GIS_DATABASE_URL."
        if "database" in groups
        else ""
    )
    return (
        f"This machine lacks {', and '.join(names[group] for group in groups)}, and you are neither root nor "
        "allowed to use sudo. Please ask an administrator to run this once:\n\n"
        f"    {debian.line_for_administrator(groups)}\n\n"
        f"Then run the same command again; everything else happens in this folder, as you.{other_ways}"
    )
