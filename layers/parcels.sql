-- name: grants
REVOKE ALL ON layer.parcel_owners FROM PUBLIC, gis_public;
GRANT SELECT ON layer.parcel_owners TO gis_permit, gis_enforcement, gis_steward, gis_admin;

-- name: by_point
SELECT id FROM layer.parcels
WHERE geom && ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid())
  AND ST_Intersects(geom, ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid()))
ORDER BY id;

-- name: by_number
SELECT id FROM layer.parcels
WHERE sheet_no = %(sheet)s AND parcel_no = %(parcel)s
  AND (CAST(%(units)s AS text[]) IS NULL OR unit_code = ANY (CAST(%(units)s AS text[])))
UNION
SELECT id FROM layer.parcels
WHERE old_sheet_no = %(sheet)s AND old_parcel_no = %(parcel)s
  AND (CAST(%(units)s AS text[]) IS NULL OR unit_code = ANY (CAST(%(units)s AS text[])))
ORDER BY id;

-- name: by_identifier
SELECT id FROM layer.parcels WHERE identifier = %(identifier)s;

-- name: known
SELECT id FROM layer.parcels WHERE id = %(parcel_id)s;

-- name: owners
SELECT holder_name, id_number, phone, certificate_no
FROM layer.parcel_owners WHERE parcel_id = %(parcel_id)s ORDER BY holder_name;

-- name: search_recognised
SELECT p.id, 'Thửa ' || p.parcel_no || ', tờ ' || p.sheet_no AS title,
       coalesce(p.address, 'Mã đơn vị ' || p.unit_code) AS subtitle,
       coalesce(p.address, 'Unit code ' || p.unit_code) AS subtitle_en, 2.0 AS rank,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(p.geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM layer.parcels p, LATERAL (SELECT ST_Transform(ST_Envelope(p.geom), 4326) AS box) b
WHERE (p.identifier = %(identifier)s
       OR (p.sheet_no = %(sheet)s AND p.parcel_no = %(parcel)s)
       OR (p.old_sheet_no = %(sheet)s AND p.old_parcel_no = %(parcel)s))
  AND (%(unit)s = '' OR p.unit_code = %(unit)s
       OR p.unit_code IN (SELECT code FROM layer.units_named(%(unit)s)))
ORDER BY p.unit_code, p.id
LIMIT %(limit)s;
