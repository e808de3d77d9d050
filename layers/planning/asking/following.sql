-- Each version of some parcels, as believed at a moment, with the unit whose code it was filed under on its first
-- day: codes are used again, so that the day says which unit is meant.
-- name: versions
SELECT v.id, v.unit_code, unit.full_name AS unit, unit.generation, v.sheet_no AS sheet, v.parcel_no AS parcel,
       v.valid_from, v.valid_to, ST_Area(v.geom) AS area_m2, v.delivery_id
FROM (SELECT id, unit_code, sheet_no, parcel_no, valid_from, CAST(NULL AS date) AS valid_to, delivery_id, geom
      FROM layer.parcels
      WHERE id = ANY (CAST(%(ids)s AS bigint[])) AND recorded_from <= CAST(%(known_at)s AS timestamptz)
      UNION ALL
      SELECT id, unit_code, sheet_no, parcel_no, lower(valid_period), upper(valid_period), delivery_id, geom
      FROM layer.parcels_history
      WHERE id = ANY (CAST(%(ids)s AS bigint[])) AND recorded_period @> CAST(%(known_at)s AS timestamptz)) v
LEFT JOIN LATERAL (
    SELECT a.full_name, a.generation FROM layer.admin_units a WHERE a.code = v.unit_code
    ORDER BY coalesce(a.existed_from > v.valid_from, false),
             CASE WHEN a.existed_from > v.valid_from THEN a.generation ELSE -a.generation END LIMIT 1
) unit ON true;

-- name: edges
SELECT predecessor, successor, kind, valid_from AS "on", delivery_id, area_m2 FROM core.lineage
WHERE layer = 'parcels' AND predecessor = ANY (CAST(%(ids)s AS bigint[]))
  AND recorded_period @> CAST(%(known_at)s AS timestamptz)
UNION
SELECT predecessor, successor, kind, valid_from, delivery_id, area_m2 FROM core.lineage
WHERE layer = 'parcels' AND successor = ANY (CAST(%(ids)s AS bigint[]))
  AND recorded_period @> CAST(%(known_at)s AS timestamptz);

-- What lies on the day asked about where a parcel that ended was; areas and shares of the old ground.
-- name: overlapping
WITH ended AS (
    SELECT id, geom FROM layer.parcels
    WHERE id = %(parcel)s AND valid_from = %(valid_from)s
      AND recorded_from <= CAST(%(known_at)s AS timestamptz)
    UNION ALL
    SELECT id, geom FROM layer.parcels_history
    WHERE id = %(parcel)s AND lower(valid_period) = %(valid_from)s
      AND recorded_period @> CAST(%(known_at)s AS timestamptz)
)
SELECT p.id, shared.area_m2 / ST_Area(e.geom) AS share
FROM ended e
JOIN layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
  ON p.geom && e.geom AND ST_Intersects(p.geom, e.geom)
CROSS JOIN LATERAL (SELECT ST_Area(ST_Intersection(p.geom, e.geom)) AS area_m2 OFFSET 0) shared
WHERE shared.area_m2 > least(CAST(%(tolerance)s AS double precision), ST_Area(e.geom) / 2, ST_Area(p.geom) / 2)
ORDER BY shared.area_m2 DESC, p.id LIMIT %(most)s;

-- The units that took in the unit a parcel is filed under, up to the day asked about. Where a unit was parted, the
-- one in which the parcel lies. That the ids are those given is said twice: a join with them alone reads every parcel.
-- name: unit_changes
WITH RECURSIVE chain AS (
    SELECT f.id, p.point, a.code, a.generation, a.full_name, CAST(NULL AS text) AS before,
           a.existed_from, CAST(NULL AS text) AS note
    FROM unnest(CAST(%(ids)s AS bigint[]), CAST(%(codes)s AS text[]), CAST(%(generations)s AS integer[]))
         AS f (id, code, generation)
    JOIN layer.admin_units a USING (code, generation)
    CROSS JOIN LATERAL (
        SELECT ST_PointOnSurface(v.geom) AS point
        FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) v
        WHERE v.id = f.id AND v.id = ANY (CAST(%(ids)s AS bigint[]))) p
    UNION ALL
    SELECT c.id, c.point, n.code, n.generation, n.full_name, c.full_name, n.existed_from, n.note
    FROM chain c
    JOIN layer.admin_units n ON c.code || '@' || c.generation = ANY (n.predecessors)
    WHERE coalesce(n.existed_from, CAST('-infinity' AS date)) <= least(CAST(%(as_of)s AS date), current_date)
      AND ST_Intersects(n.geom, c.point)
)
SELECT id, before, full_name, existed_from AS "on", note FROM chain
WHERE before <> full_name ORDER BY id, generation;

-- name: deliveries
SELECT id, source, source_date FROM core.delivery WHERE id = ANY (CAST(%(ids)s AS bigint[]));
