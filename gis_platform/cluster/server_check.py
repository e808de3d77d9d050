"""Whether a server can hold a city: used for a server of your own, and by ``gis-platform doctor``."""

from gis_platform.cluster.installation import EXTENSIONS, LEAST_MAJOR
from gis_platform.sqlfiles import named_queries

LEAST_POSTGIS = (3, 3)
SQL = named_queries(__file__)


def check_server(url: str, *, patience_seconds: int = 10) -> list[str]:
    """What keeps this server from being used, in plain words with the remedy; empty when nothing does."""
    import psycopg  # here, since stopping a cluster must work when the Python packages are gone
    from psycopg.rows import dict_row

    try:
        with psycopg.connect(url, connect_timeout=patience_seconds, row_factory=dict_row) as connection:
            server = connection.execute(SQL["server_facts"].text).fetchone() or {}
            offered = {row["name"]: row for row in connection.execute(SQL["extension_facts"].text)}
    except psycopg.Error as error:
        return [f"The server does not answer: {str(error).strip()} Check GIS_DATABASE_URL."]
    return [*_server_findings(server), *_extension_findings(server, offered)]


def _server_findings(server: dict[str, object]) -> list[str]:
    found = []
    major = int(str(server["version_num"])) // 10_000
    if major < LEAST_MAJOR:
        found.append(
            f"The server is PostgreSQL {major}; {LEAST_MAJOR} or newer is needed. Upgrade the server."
        )
    if server["encoding"] != "UTF8":
        found.append(
            f"The database is encoded in {server['encoding']}; Vietnamese text needs UTF8. "
            "Make one: CREATE DATABASE gis ENCODING 'UTF8' TEMPLATE template0;"
        )
    if not server["may_create_roles"]:
        found.append(
            f"The user {server['role']} may not create roles, which column and row access stand on. "
            f'As an administrator of the server: ALTER ROLE "{server["role"]}" CREATEROLE;'
        )
    if not server["may_create_schemas"]:
        found.append(
            f"The user {server['role']} may not create schemas in {server['database']}. As its owner: "
            f'GRANT CREATE ON DATABASE "{server["database"]}" TO "{server["role"]}";'
        )
    if server["may_pin_grids"] is False:
        found.append(
            f"The user {server['role']} may not register the VN-2000 grids. As the server's administrator, "
            f'in this database: GRANT SELECT, INSERT, UPDATE ON spatial_ref_sys TO "{server["role"]}";'
        )
    return found


def _extension_findings(server: dict[str, object], offered: dict[str, dict[str, object]]) -> list[str]:
    found = []
    major = int(str(server["version_num"])) // 10_000
    for name in EXTENSIONS:
        facts = offered.get(name)
        if facts is None:
            package = {"postgis": "postgis-3", "pgrouting": "pgrouting"}.get(name)
            remedy = (
                f"on Debian: apt-get install postgresql-{major}-{package}"
                if package
                else "it is part of PostgreSQL's contrib modules"
            )
            found.append(f"The extension {name} is not on the server; {remedy}.")
            continue
        version = str(facts["installed"] or facts["available"])
        if name == "postgis" and _numbers(version) < LEAST_POSTGIS:
            update = " then ALTER EXTENSION postgis UPDATE;" if facts["installed"] else ""
            found.append(
                f"PostGIS is {version}; 3.3 or newer is needed. Upgrade its package,{update or ' once.'}"
            )
        if not facts["installed"] and not (facts["trusted"] or server["superuser"]):
            found.append(
                f"The extension {name} must be created by an administrator of the server, in this "
                f"database: CREATE EXTENSION {name};"
            )
    return found


def _numbers(version: str) -> tuple[int, ...]:
    """``3.3.2`` as (3, 3); words such as ``dev`` end the reading."""
    parts = []
    for part in version.split(".")[:2]:
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        parts.append(int(digits))
    return tuple(parts)
