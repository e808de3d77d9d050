-- name: make_parts
CREATE TEMPORARY TABLE draft_part (zone_no integer, kind text, geom geometry) ON COMMIT DROP;

-- name: make_candidates
CREATE TEMPORARY TABLE draft_candidate (place bigint, id bigint) ON COMMIT DROP;

-- name: make_ground
CREATE TEMPORARY TABLE draft_ground (parcel_id bigint, parcel_m2 double precision, zone_no integer, kind text,
    area_m2 double precision, sliver boolean, geom geometry) ON COMMIT DROP;

-- name: make_law
CREATE TEMPORARY TABLE draft_law (parcel_id bigint, feature_id bigint, theme text, road boolean, function_code text,
    max_density_pct double precision, floors_max integer, height_max_m double precision, far_max double precision,
    geom geometry) ON COMMIT DROP;

-- Large zones cut small: else every parcel in them would be cut with all of their corners.
-- name: cut
INSERT INTO draft_part
SELECT z.zone_no, z.kind, part.geom
FROM planning.draft_zone z, ST_Subdivide(z.geom, 128) AS part (geom)
WHERE z.draft_id = %(draft)s AND ST_Dimension(part.geom) = 2;

-- name: index_parts
CREATE INDEX ON draft_part USING gist (geom);

-- name: analyze_parts
ANALYZE draft_part;

-- Near to one another in a chunk, so that the zones of a chunk are few.
-- name: candidates
INSERT INTO draft_candidate
SELECT row_number() OVER (ORDER BY c.near, c.id), c.id
FROM (SELECT DISTINCT p.id, ST_GeoHash(ST_Transform(ST_Centroid(p.geom), 4326), 6) AS near
      FROM draft_part d JOIN layer.parcels p ON p.geom && d.geom) c
RETURNING 1;

-- name: chunk
SELECT array_agg(id) FROM draft_candidate WHERE place > %(after)s AND place <= %(until)s;

-- name: forget_ground
TRUNCATE draft_ground, draft_law;

-- Else the two are taken for some rows, and each of the one is held against each of the other.
-- name: analyze_ground
ANALYZE draft_ground, draft_law;

-- The ground that a parcel shares with a zone, by the rule of the look-up: what only touches an edge shares none,
-- and less than the tolerance, or than half of a tiny parcel, is map error.
-- name: ground
INSERT INTO draft_ground
SELECT g.parcel_id, g.parcel_m2, g.zone_no, g.kind, g.area_m2,
       g.area_m2 <= least(CAST(%(tolerance)s AS double precision), g.parcel_m2 / 2), g.geom
FROM (
    SELECT p.id AS parcel_id, min(ST_Area(p.geom)) AS parcel_m2, d.zone_no, min(d.kind) AS kind,
           sum(ST_Area(shared.geom)) AS area_m2,
           CASE WHEN count(*) = 1 THEN (array_agg(shared.geom))[1] ELSE ST_Union(shared.geom) END AS geom
    FROM layer.parcels p
    JOIN draft_part d ON d.geom && p.geom AND ST_Intersects(d.geom, p.geom)
    CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(d.geom, p.geom), 3) AS geom OFFSET 0) shared
    WHERE p.id = ANY (CAST(%(ids)s AS bigint[]))
    GROUP BY p.id, d.zone_no
) g
WHERE g.area_m2 > 0
RETURNING parcel_id;

-- What governs today, by the statement of the look-up itself, which stands in the place of {hits}.
-- name: law
WITH hit AS MATERIALIZED (
    SELECT * FROM ({hits}) h WHERE h.governs
), known AS (
    INSERT INTO planning.draft_in_force
    SELECT DISTINCT ON (feature_id) CAST(%(draft)s AS bigint), feature_id, theme, title, function_code, function_name,
           max_density_pct, floors_max, height_max_m, far_max, plan_name, decision_no, source_date
    FROM hit ORDER BY feature_id
    ON CONFLICT DO NOTHING
)
INSERT INTO draft_law
SELECT parcel_id, feature_id, theme, theme = 'road_reserve' OR function_code IS NOT DISTINCT FROM 'DGT', function_code,
       max_density_pct, floors_max, height_max_m, far_max,
       ST_CollectionExtract(ST_GeomFromWKB(ground, core.working_srid()), 3)
FROM hit;

-- name: effects
WITH zone AS MATERIALIZED (
    SELECT g.*, z.function_known, z.function_code, z.max_density_pct, z.floors_max, z.height_max_m, z.far_max,
           least(CAST(%(tolerance)s AS double precision), g.parcel_m2 / 2) AS tolerance
    FROM draft_ground g JOIN planning.draft_zone z ON z.draft_id = %(draft)s AND z.zone_no = g.zone_no
    WHERE NOT g.sliver
), land AS MATERIALIZED (
    SELECT parcel_id, ST_Union(geom) AS geom FROM draft_law WHERE theme = 'land_function' GROUP BY parcel_id
), road AS MATERIALIZED (
    SELECT parcel_id, ST_Union(geom) AS geom FROM draft_law WHERE road GROUP BY parcel_id
), planned_road AS MATERIALIZED (
    SELECT parcel_id, ST_Union(geom) AS geom FROM zone WHERE kind = 'road' GROUP BY parcel_id
), corridor AS MATERIALIZED (
    SELECT parcel_id, theme, ST_Union(geom) AS geom FROM draft_law
    WHERE theme NOT IN ('land_function', 'road_reserve') GROUP BY parcel_id, theme
), of_function AS (
    SELECT z.parcel_id, z.parcel_m2, z.tolerance, z.zone_no, l.feature_id, differs.fields, m.area_m2,
           CASE WHEN l.function_code IS NULL OR z.function_code IS NULL THEN 'unknown'
                WHEN z.function_code <> l.function_code AND NOT z.function_known THEN 'unknown'
                WHEN z.function_code <> l.function_code THEN 'function'
                WHEN cardinality(differs.fields) > 0 THEN 'limits' ELSE 'same' END AS change
    FROM zone z JOIN draft_law l ON l.parcel_id = z.parcel_id AND l.theme = 'land_function'
    CROSS JOIN LATERAL (SELECT ST_Area(ST_Intersection(z.geom, l.geom)) AS area_m2 OFFSET 0) m
    CROSS JOIN LATERAL (SELECT array_remove(ARRAY[
        CASE WHEN z.max_density_pct IS NOT NULL AND z.max_density_pct IS DISTINCT FROM l.max_density_pct THEN 'max_density_pct' END,
        CASE WHEN z.floors_max IS NOT NULL AND z.floors_max IS DISTINCT FROM l.floors_max THEN 'floors_max' END,
        CASE WHEN z.height_max_m IS NOT NULL AND z.height_max_m IS DISTINCT FROM l.height_max_m THEN 'height_max_m' END,
        CASE WHEN z.far_max IS NOT NULL AND z.far_max IS DISTINCT FROM l.far_max THEN 'far_max' END], NULL) AS fields) differs
    WHERE z.kind = 'zone'
), new_function AS (
    SELECT z.parcel_id, z.parcel_m2, z.tolerance, z.zone_no, z.area_m2 - coalesce(ST_Area(ST_Intersection(z.geom, l.geom)), 0) AS area_m2
    FROM zone z LEFT JOIN land l ON l.parcel_id = z.parcel_id WHERE z.kind = 'zone'
), lifted AS (
    SELECT z.parcel_id, z.parcel_m2, z.tolerance, z.zone_no,
           ST_Area(CASE WHEN n.geom IS NULL THEN both_sides.geom ELSE ST_Difference(both_sides.geom, n.geom) END) AS area_m2
    FROM zone z JOIN road r ON r.parcel_id = z.parcel_id
    LEFT JOIN planned_road n ON n.parcel_id = z.parcel_id
    CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(z.geom, r.geom), 3) AS geom OFFSET 0) both_sides
    WHERE z.kind = 'zone' AND CAST(%(has_roads)s AS boolean)
), of_road AS (
    SELECT z.parcel_id, z.parcel_m2, z.tolerance, z.zone_no, z.area_m2, coalesce(ST_Area(ST_Intersection(z.geom, r.geom)), 0) AS held_m2
    FROM zone z LEFT JOIN road r ON r.parcel_id = z.parcel_id WHERE z.kind = 'road'
), of_corridor AS (
    SELECT z.parcel_id, z.parcel_m2, z.tolerance, z.zone_no, z.area_m2,
           coalesce(ST_Area(ST_Intersection(z.geom, c.geom)), 0) AS held_m2
    FROM zone z LEFT JOIN LATERAL (
        SELECT ST_Union(o.geom) AS geom FROM corridor o
        WHERE o.parcel_id = z.parcel_id AND z.kind IN (o.theme, 'corridor')
    ) c ON true
    WHERE z.kind NOT IN ('zone', 'road')
), piece AS (
    SELECT parcel_id, parcel_m2, tolerance, zone_no, change, feature_id, fields, area_m2 FROM of_function
    UNION ALL
    SELECT parcel_id, parcel_m2, tolerance, zone_no, 'new', NULL, '{}', area_m2 FROM new_function
    UNION ALL
    SELECT parcel_id, parcel_m2, tolerance, zone_no, 'road_lifted', NULL, '{}', area_m2 FROM lifted
    UNION ALL
    SELECT parcel_id, parcel_m2, tolerance, zone_no, 'road', NULL, '{}', area_m2 - held_m2 FROM of_road
    UNION ALL
    SELECT parcel_id, parcel_m2, tolerance, zone_no, 'same', NULL, '{}', held_m2 FROM of_road
    UNION ALL
    SELECT parcel_id, parcel_m2, tolerance, zone_no, 'corridor', NULL, '{}', area_m2 - held_m2 FROM of_corridor
    UNION ALL
    SELECT parcel_id, parcel_m2, tolerance, zone_no, 'same', NULL, '{}', held_m2 FROM of_corridor
)
INSERT INTO planning.draft_effect (draft_id, parcel_id, zone_no, change, feature_id, fields, area_m2, share)
SELECT CAST(%(draft)s AS bigint), parcel_id, zone_no, change, feature_id, fields, area_m2, least(area_m2 / parcel_m2, 1)
FROM piece WHERE area_m2 > tolerance
UNION ALL
SELECT CAST(%(draft)s AS bigint), parcel_id, zone_no, 'sliver', NULL, '{}', area_m2, least(area_m2 / parcel_m2, 1)
FROM draft_ground WHERE sliver;

-- One line a parcel. Of one that is touched by map error alone, that is all that is told.
-- name: parcels
WITH ground AS MATERIALIZED (
    SELECT parcel_id, min(parcel_m2) AS parcel_m2, bool_and(sliver) AS sliver,
           CASE WHEN count(*) FILTER (WHERE NOT sliver) > 1 THEN ST_Area(ST_Union(geom) FILTER (WHERE NOT sliver))
                ELSE coalesce(sum(area_m2) FILTER (WHERE NOT sliver), sum(area_m2)) END AS area_m2,
           ST_Union(geom) FILTER (WHERE kind = 'road' AND NOT sliver) AS road
    FROM draft_ground GROUP BY parcel_id
), road AS MATERIALIZED (
    SELECT parcel_id, ST_Union(geom) AS geom FROM draft_law WHERE road GROUP BY parcel_id
), what AS MATERIALIZED (
    SELECT parcel_id, array_agg(DISTINCT change ORDER BY change) AS changes
    FROM planning.draft_effect
    WHERE draft_id = %(draft)s AND parcel_id = ANY (CAST(%(ids)s AS bigint[])) GROUP BY parcel_id
)
INSERT INTO planning.draft_parcel
    (draft_id, parcel_id, identifier, unit_code, sheet_no, parcel_no, address, parcel_m2, area_m2, share, road_m2,
     road_new_m2, changed, changes, synthetic, geom)
SELECT CAST(%(draft)s AS bigint), p.id, p.identifier, p.unit_code, p.sheet_no, p.parcel_no,
       coalesce(h.address, p.address), g.parcel_m2, g.area_m2, least(g.area_m2 / g.parcel_m2, 1), coalesce(ST_Area(g.road), 0),
       coalesce(ST_Area(CASE WHEN r.geom IS NULL THEN g.road ELSE ST_Difference(g.road, r.geom) END), 0),
       coalesce(w.changes && CAST(%(in_earnest)s AS text[]), false), coalesce(w.changes, ARRAY['unknown']),
       coalesce(d.synthetic, false), p.geom
FROM ground g
JOIN layer.parcels p ON p.id = g.parcel_id
LEFT JOIN core.delivery d ON d.id = p.delivery_id
LEFT JOIN road r ON r.parcel_id = g.parcel_id
LEFT JOIN what w ON w.parcel_id = g.parcel_id
-- The register comes first: what the cadastre says of a parcel may be older, or name no house.
LEFT JOIN (
    SELECT n.parcel_id,
           string_agg(concat_ws(' ', numbering.painted(n.alley_path, n.number, n.suffix), s.name), '; ' ORDER BY n.id) AS address
    FROM layer.house_numbers n LEFT JOIN layer.streets s ON s.id = n.street_id
    WHERE n.parcel_id = ANY (CAST(%(ids)s AS bigint[])) AND n.state IN ('reserved', 'issued')
    GROUP BY n.parcel_id
) h ON h.parcel_id = g.parcel_id;

-- name: totals
SELECT jsonb_build_object(
    'zones', (SELECT count(*) FROM planning.draft_zone z WHERE z.draft_id = %(draft)s),
    'zones_m2', (SELECT round(CAST(coalesce(sum(ST_Area(z.geom)), 0) AS numeric), 2) FROM planning.draft_zone z
                 WHERE z.draft_id = %(draft)s),
    'zones_unknown', (SELECT count(*) FROM planning.draft_zone z
                      WHERE z.draft_id = %(draft)s AND z.kind = 'zone' AND NOT z.function_known),
    'parcels', count(*) FILTER (WHERE p.changes <> ARRAY['sliver']),
    'parcels_m2', round(CAST(coalesce(sum(p.area_m2) FILTER (WHERE p.changes <> ARRAY['sliver']), 0) AS numeric), 2),
    'changed', count(*) FILTER (WHERE p.changed),
    'unchanged', count(*) FILTER (WHERE NOT p.changed AND p.changes <@ ARRAY['same', 'sliver'] AND 'same' = ANY (p.changes)),
    'undecided', count(*) FILTER (WHERE NOT p.changed AND 'unknown' = ANY (p.changes)),
    'only_slivers', count(*) FILTER (WHERE p.changes = ARRAY['sliver']),
    'houses', count(*) FILTER (WHERE p.house AND p.changes <> ARRAY['sliver']),
    'houses_changed', count(*) FILTER (WHERE p.house AND p.changed),
    'road_parcels', count(*) FILTER (WHERE p.road_m2 > 0),
    'road_m2', round(CAST(coalesce(sum(p.road_m2), 0) AS numeric), 2),
    'road_new_m2', round(CAST(coalesce(sum(p.road_new_m2), 0) AS numeric), 2),
    'synthetic', coalesce(bool_or(p.synthetic), false),
    'changes', coalesce((SELECT jsonb_object_agg(e.change, jsonb_build_object('parcels', e.parcels, 'area_m2', e.area_m2))
        FROM (SELECT change, count(DISTINCT parcel_id) AS parcels, round(CAST(sum(area_m2) AS numeric), 2) AS area_m2
              FROM planning.draft_effect WHERE draft_id = %(draft)s GROUP BY change) e), '{}')) AS totals
FROM planning.draft_parcel p WHERE p.draft_id = %(draft)s;

-- name: has_roads
SELECT EXISTS (SELECT FROM planning.draft_zone WHERE draft_id = %(draft)s AND kind = 'road');

-- name: forget
DELETE FROM planning.draft_parcel WHERE draft_id = %(draft)s;

-- name: forget_effects
DELETE FROM planning.draft_effect WHERE draft_id = %(draft)s;

-- name: forget_in_force
DELETE FROM planning.draft_in_force WHERE draft_id = %(draft)s;
