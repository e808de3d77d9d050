"""Which PostgreSQL is installed on this machine, and whether it can hold a city."""

from dataclasses import dataclass
from pathlib import Path

# PostgreSQL 15 is what Debian 12 carries; the SQL of the platform uses nothing newer.
LEAST_MAJOR = 15
EXTENSIONS = ("postgis", "pgrouting", "btree_gist", "pg_trgm", "unaccent")
_PROGRAMS = ("postgres", "initdb")


@dataclass(frozen=True)
class Installation:
    """PostgreSQL of one major version, as Debian lays it out."""

    major: int
    programs: Path
    extensions: Path

    @property
    def missing(self) -> tuple[str, ...]:
        """Programs and extensions that the platform needs and that are not there."""
        programs = [name for name in _PROGRAMS if not (self.programs / name).is_file()]
        extensions = [name for name in EXTENSIONS if not (self.extensions / f"{name}.control").is_file()]
        return (*programs, *extensions)


def installations(root: Path = Path("/usr")) -> list[Installation]:
    """Every server installed, newest first, whether it has all it needs or not."""
    found = [
        Installation(int(folder.name), folder / "bin", root / "share/postgresql" / folder.name / "extension")
        for folder in (root / "lib/postgresql").glob("[0-9]*")
        if folder.name.isdigit() and (folder / "bin/postgres").is_file()
    ]
    return sorted(found, key=lambda each: each.major, reverse=True)


def usable(root: Path = Path("/usr")) -> list[Installation]:
    """The installations that are new enough and lack nothing, newest first."""
    return [each for each in installations(root) if each.major >= LEAST_MAJOR and not each.missing]
