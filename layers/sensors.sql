-- name: grants
GRANT SELECT ON layer.observations TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;

-- name: make_month
SELECT layer.make_observation_month(CAST(%(month)s AS date));

-- name: station
SELECT code, interval_max_minutes FROM layer.sensors WHERE code = %(code)s;

-- Steps from property to property and takes the newest of each by the index: a year of readings is not read.
-- name: latest
WITH RECURSIVE known AS (
    SELECT min(property) AS property FROM layer.observations WHERE sensor_code = %(code)s
    UNION ALL
    SELECT (SELECT min(o.property) FROM layer.observations o
            WHERE o.sensor_code = %(code)s AND o.property > k.property)
    FROM known k WHERE k.property IS NOT NULL
)
SELECT k.property, newest.unit, newest.observed_at, newest.value, newest.flag
FROM known k CROSS JOIN LATERAL (
    SELECT o.unit, o.observed_at, o.value, o.flag FROM layer.observations o
    WHERE o.sensor_code = %(code)s AND o.property = k.property
    ORDER BY o.observed_at DESC LIMIT 1
) newest
ORDER BY k.property;

-- name: search
SELECT id, name AS title, 'Trạm quan trắc nước' AS subtitle, 'Water station' AS subtitle_en,
       CASE WHEN lower(code) = lower(%(q)s) THEN 1.0 ELSE 0.6 END AS rank,
       ST_AsGeoJSON(ST_Transform(geom, 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM layer.sensors
WHERE lower(code) = lower(%(q)s) OR core.fold(name) LIKE '%%' || %(folded)s || '%%'
ORDER BY rank DESC, name LIMIT %(limit)s;

-- Standing on ground that a delivery changes: for information, nothing of it is at stake.
-- name: impact
SELECT s.id, 'Trạm ' || s.code || ', ' || s.name AS title, 'Station ' || s.code || ', ' || s.name AS title_en,
       'Đặt trên phần đất có thay đổi' AS note, 'Stands on ground that changes' AS note_en
FROM layer.sensors s
WHERE s.status <> 'retired'
  AND EXISTS (SELECT FROM touched t WHERE t.geom && s.geom AND ST_Intersects(t.geom, s.geom));
