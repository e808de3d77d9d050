-- The case is held: nobody else takes the number.
-- name: keep
INSERT INTO permits.submission (case_id, number, parcel_id, floors, height_m, use, made_by, answer, geom, parcel_seen)
SELECT %(case_id)s, coalesce(max(s.number), 0) + 1, %(parcel)s, %(floors)s, %(height_m)s, %(use)s, %(by)s,
       CAST(%(answer)s AS jsonb), ST_Multi(ST_SetSRID(ST_GeomFromWKB(%(ground)s), core.working_srid())),
       CAST(%(seen)s AS timestamptz)
FROM permits.submission s WHERE s.case_id = %(case_id)s
RETURNING number, floors, height_m, use, made_at, made_by, answer,
          ST_AsGeoJSON(ST_Transform(geom, 4326), 8)::json AS footprint;

-- name: one
SELECT s.number, s.parcel_id, s.floors, s.height_m, s.use, s.made_at, s.made_by, s.answer, ST_AsBinary(s.geom) AS wkb, ST_SRID(s.geom) AS srid,
       ST_Area(s.geom) AS area_m2, ST_AsGeoJSON(ST_Transform(s.geom, 4326), 8)::json AS footprint,
       NOT EXISTS (SELECT FROM layer.parcels p WHERE p.id = s.parcel_id AND p.recorded_from = s.parcel_seen) AS stale
FROM permits.submission s
WHERE s.case_id = %(case_id)s AND (CAST(%(number)s AS integer) IS NULL OR s.number = %(number)s)
ORDER BY s.number DESC LIMIT 1;
