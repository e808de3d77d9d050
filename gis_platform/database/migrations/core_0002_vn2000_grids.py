"""VN-2000 grids in spatial_ref_sys, pinned to EPSG:6960.

PostGIS 3.3 does not know the provincial grids (9205 to 9218), and asks PROJ by code for the others, which
then takes EPSG:5194 in the Mekong delta, 0.80 m off. Without authority and WKT only `proj4text` counts.

Revision ID: core_0002
"""

from alembic import op
from sqlalchemy import text

revision = "core_0002"
down_revision = "core_0001"
branch_labels = None
depends_on = None

GRIDS = (
    (3405, "+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9996 +x_0=500000 +y_0=0"),
    (3406, "+proj=tmerc +lat_0=0 +lon_0=111 +k=0.9996 +x_0=500000 +y_0=0"),
    (4756, "+proj=longlat"),
    (5896, "+proj=tmerc +lat_0=0 +lon_0=102 +k=0.9999 +x_0=500000 +y_0=0"),
    (5897, "+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9999 +x_0=500000 +y_0=0"),
    (5898, "+proj=tmerc +lat_0=0 +lon_0=108 +k=0.9999 +x_0=500000 +y_0=0"),
    (5899, "+proj=tmerc +lat_0=0 +lon_0=107.75 +k=0.9999 +x_0=500000 +y_0=0"),
    (9205, "+proj=tmerc +lat_0=0 +lon_0=103 +k=0.9999 +x_0=500000 +y_0=0"),
    (9206, "+proj=tmerc +lat_0=0 +lon_0=104 +k=0.9999 +x_0=500000 +y_0=0"),
    (9207, "+proj=tmerc +lat_0=0 +lon_0=104.5 +k=0.9999 +x_0=500000 +y_0=0"),
    (9208, "+proj=tmerc +lat_0=0 +lon_0=104.75 +k=0.9999 +x_0=500000 +y_0=0"),
    (9209, "+proj=tmerc +lat_0=0 +lon_0=105.5 +k=0.9999 +x_0=500000 +y_0=0"),
    (9210, "+proj=tmerc +lat_0=0 +lon_0=105.75 +k=0.9999 +x_0=500000 +y_0=0"),
    (9211, "+proj=tmerc +lat_0=0 +lon_0=106 +k=0.9999 +x_0=500000 +y_0=0"),
    (9212, "+proj=tmerc +lat_0=0 +lon_0=106.25 +k=0.9999 +x_0=500000 +y_0=0"),
    (9213, "+proj=tmerc +lat_0=0 +lon_0=106.5 +k=0.9999 +x_0=500000 +y_0=0"),
    (9214, "+proj=tmerc +lat_0=0 +lon_0=107 +k=0.9999 +x_0=500000 +y_0=0"),
    (9215, "+proj=tmerc +lat_0=0 +lon_0=107.25 +k=0.9999 +x_0=500000 +y_0=0"),
    (9216, "+proj=tmerc +lat_0=0 +lon_0=107.5 +k=0.9999 +x_0=500000 +y_0=0"),
    (9217, "+proj=tmerc +lat_0=0 +lon_0=108.25 +k=0.9999 +x_0=500000 +y_0=0"),
    (9218, "+proj=tmerc +lat_0=0 +lon_0=108.5 +k=0.9999 +x_0=500000 +y_0=0"),
)
#: EPSG:6960; `+towgs84` turns in the position-vector sense.
TOWGS84 = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"


def definitions() -> dict[int, str]:
    """SRID to proj4text, as written by this migration for ever."""
    return {
        srid: f"{projection} +ellps=WGS84 +towgs84={TOWGS84}"
        f"{'' if projection == '+proj=longlat' else ' +units=m'} +no_defs"
        for srid, projection in GRIDS
    }


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.get_bind().execute(
        text(
            "INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)"
            " VALUES (:srid, NULL, NULL, NULL, :proj4text)"
            " ON CONFLICT (srid) DO UPDATE"
            " SET auth_name = NULL, auth_srid = NULL, srtext = NULL, proj4text = excluded.proj4text"
        ),
        [{"srid": srid, "proj4text": proj4text} for srid, proj4text in definitions().items()],
    )


def downgrade() -> None:
    raise NotImplementedError("Stored coordinates rest on these definitions; restore a backup instead.")
