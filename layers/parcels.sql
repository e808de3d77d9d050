-- name: grants
REVOKE ALL ON layer.parcel_owners FROM PUBLIC, gis_public;
GRANT SELECT ON layer.parcel_owners TO gis_permit, gis_enforcement, gis_steward, gis_admin;

-- name: by_point
SELECT id FROM layer.parcels
WHERE geom && ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid())
  AND ST_Intersects(geom, ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid()))
ORDER BY id;

-- name: known
SELECT id FROM layer.parcels WHERE id = %(parcel_id)s;

-- name: owners
SELECT holder_name, id_number, phone, certificate_no
FROM layer.parcel_owners WHERE parcel_id = %(parcel_id)s ORDER BY holder_name;

-- A number that a parcel had before is told beside its own.
-- name: search_recognised
SELECT p.id, 'Thửa ' || p.parcel_no || ', tờ ' || p.sheet_no AS title,
       concat_ws(' – ', CASE WHEN o.old THEN 'Số cũ: thửa ' || p.old_parcel_no || ', tờ ' || p.old_sheet_no END,
                 coalesce(p.address, 'Mã đơn vị ' || p.unit_code)) AS subtitle,
       concat_ws(' – ', CASE WHEN o.old THEN 'Before: parcel ' || p.old_parcel_no || ', sheet ' || p.old_sheet_no END,
                 coalesce(p.address, 'Unit code ' || p.unit_code)) AS subtitle_en,
       CASE WHEN o.old THEN 1.9 ELSE 2.0 END AS rank,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(p.geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM layer.parcels p,
     LATERAL (SELECT ST_Transform(ST_Envelope(p.geom), 4326) AS box) b,
     LATERAL (SELECT p.old_sheet_no = %(sheet)s AND p.old_parcel_no = %(parcel)s
                     AND NOT (p.sheet_no = %(sheet)s AND p.parcel_no = %(parcel)s) IS TRUE AS old) o
WHERE (p.identifier = %(identifier)s
       OR (p.sheet_no = %(sheet)s AND p.parcel_no = %(parcel)s)
       OR (p.old_sheet_no = %(sheet)s AND p.old_parcel_no = %(parcel)s))
  AND (%(unit)s = '' OR p.unit_code = %(unit)s
       OR p.unit_code IN (SELECT code FROM layer.units_named(%(unit)s)))
ORDER BY o.old IS TRUE, p.unit_code, p.id
LIMIT %(limit)s;

-- Parcels with ground in an area that a delivery changes, such as a zone or a unit; a line or point drawn on a
-- parcel changes nothing of it. Neighbours that only meet at the edge are none.
-- name: impact
SELECT p.id, 'Thửa ' || p.parcel_no || ', tờ ' || p.sheet_no || ', mã đơn vị ' || p.unit_code AS title,
       'Parcel ' || p.parcel_no || ', sheet ' || p.sheet_no || ', unit ' || p.unit_code AS title_en,
       'Nằm trong phạm vi có thay đổi' AS note, 'Lies in what changes' AS note_en
FROM layer.parcels p
WHERE EXISTS (SELECT FROM touched t WHERE t.geom && p.geom AND ST_Dimension(t.geom) = 2
              AND ST_Intersects(t.geom, p.geom) AND NOT ST_Touches(t.geom, p.geom));
