-- A page of parcels. ``change`` is one of the kinds; without it those of map error alone are left out.
-- name: parcels
SELECT p.parcel_id, p.identifier, p.unit_code, p.sheet_no, p.parcel_no, p.address, p.house,
       round(CAST(p.parcel_m2 AS numeric), 2)::double precision AS parcel_m2,
       round(CAST(p.area_m2 AS numeric), 2)::double precision AS area_m2,
       round(CAST(p.share AS numeric), 6)::double precision AS share,
       round(CAST(p.road_m2 AS numeric), 2)::double precision AS road_m2,
       round(CAST(p.road_new_m2 AS numeric), 2)::double precision AS road_new_m2,
       p.changed, p.changes, count(*) OVER () AS matched,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM (
    SELECT * FROM planning.draft_parcel f
    WHERE f.draft_id = %(draft)s
      AND CASE WHEN CAST(%(change)s AS text) IS NULL THEN f.changes <> ARRAY['sliver'] ELSE %(change)s = ANY (f.changes) END
      AND (NOT CAST(%(changed)s AS boolean) OR f.changed)
      AND (NOT CAST(%(houses)s AS boolean) OR f.house)
      AND (CAST(%(sheet)s AS text) IS NULL OR f.sheet_no = %(sheet)s)
      AND (CAST(%(parcel)s AS text) IS NULL OR f.parcel_no = %(parcel)s)
      AND (CAST(%(words)s AS text) IS NULL
           OR position(core.fold(%(words)s) IN core.fold(concat_ws(' ', f.address, f.identifier, f.parcel_no))) > 0)
) p
CROSS JOIN LATERAL (SELECT ST_Transform(ST_Envelope(p.geom), 4326) AS box) b
ORDER BY CASE %(sort)s WHEN 'area' THEN p.area_m2 WHEN 'share' THEN p.share WHEN 'road' THEN p.road_new_m2 END DESC NULLS LAST,
         p.unit_code, CAST(substring(p.sheet_no FROM '^[0-9]{1,9}') AS bigint), p.sheet_no,
         CAST(substring(p.parcel_no FROM '^[0-9]{1,9}') AS bigint), p.parcel_no, p.parcel_id
LIMIT %(limit)s OFFSET %(offset)s;

-- What becomes of some parcels, piece by piece, each with what the draft says and what is in force there.
-- name: pieces
SELECT e.parcel_id, e.change, e.fields, round(CAST(e.area_m2 AS numeric), 2)::double precision AS area_m2,
       round(CAST(e.share AS numeric), 6)::double precision AS share,
       json_build_object('zone_no', z.zone_no, 'kind', z.kind, 'file_layer', z.file_layer, 'element', z.element, 'code', z.code,
           'title', z.title, 'function_code', z.function_code, 'function_name', z.function_name,
           'function_known', z.function_known, 'max_density_pct', z.max_density_pct, 'floors_max', z.floors_max,
           'height_max_m', z.height_max_m, 'far_max', z.far_max) AS draft,
       CASE WHEN f.feature_id IS NOT NULL THEN json_build_object('feature_id', f.feature_id, 'title', f.title,
           'function_code', f.function_code, 'function_name', f.function_name, 'max_density_pct', f.max_density_pct,
           'floors_max', f.floors_max, 'height_max_m', f.height_max_m, 'far_max', f.far_max, 'plan_name', f.plan_name,
           'decision_no', f.decision_no) END AS in_force
FROM planning.draft_effect e
JOIN planning.draft_zone z ON z.draft_id = e.draft_id AND z.zone_no = e.zone_no
LEFT JOIN planning.draft_in_force f ON f.draft_id = e.draft_id AND f.feature_id = e.feature_id
WHERE e.draft_id = %(draft)s AND e.parcel_id = ANY (CAST(%(parcels)s AS bigint[]))
ORDER BY e.parcel_id, e.area_m2 DESC, e.zone_no, e.feature_id;

-- name: cases
SELECT c.kind, c.case_id AS id, c.title, c.title_en, c.note, c.note_en,
       round(CAST(c.area_m2 AS numeric), 2)::double precision AS area_m2,
       round(CAST(c.share AS numeric), 6)::double precision AS share, count(*) OVER () AS matched
FROM planning.draft_case c
WHERE c.draft_id = %(draft)s AND (CAST(%(kind)s AS text) IS NULL OR c.kind = %(kind)s)
ORDER BY c.area_m2 DESC NULLS LAST, c.kind, c.case_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: unread
SELECT u.number, u.file_layer, u.element, u.kind, u.code, u.text_vi, u.text_en, count(*) OVER () AS matched
FROM planning.draft_unread u
WHERE u.draft_id = %(draft)s AND (CAST(%(code)s AS text) IS NULL OR u.code = %(code)s)
ORDER BY u.number LIMIT %(limit)s OFFSET %(offset)s;

-- name: zones
SELECT z.zone_no, z.file_layer, z.element, z.kind, z.code, z.title, z.function_code, z.function_name, z.function_from,
       z.function_known, z.max_density_pct, z.floors_min, z.floors_max, z.height_max_m, z.far_max,
       round(CAST(ST_Area(z.geom) AS numeric), 2)::double precision AS area_m2,
       ST_AsGeoJSON(ST_Transform(z.geom, 4326), 7)::json AS geometry, count(*) OVER () AS matched
FROM planning.draft_zone z WHERE z.draft_id = %(draft)s
ORDER BY z.zone_no LIMIT %(limit)s OFFSET %(offset)s;

-- The zones of a draft, and from zoom 14 on the parcels that it touches, by what matters most of what becomes of them.
-- name: tile
WITH place AS (
    SELECT CAST(%(around)s AS geometry) AS around, CAST(%(edge)s AS box2d) AS edge,
           ST_Transform(CAST(%(around)s AS geometry), core.working_srid()) AS in_grid
)
SELECT coalesce((
    SELECT ST_AsMVT(m, 'zones', 4096, 'geom', 'zone_no') FROM (
        SELECT z.zone_no, z.kind, z.function_known,
               coalesce(z.function_code, CASE z.kind WHEN 'zone' THEN NULL WHEN 'road' THEN 'DGT' ELSE 'HL' END) AS function_code,
               coalesce(z.title, z.code, z.function_name) AS title,
               ST_AsMVTGeom(ST_Transform(z.geom, 3857), place.edge, 4096, 64, true) AS geom
        FROM place JOIN planning.draft_zone z ON z.draft_id = %(draft)s AND z.geom && place.in_grid
        ORDER BY z.kind <> 'zone', z.zone_no
    ) m WHERE geom IS NOT NULL), ''::bytea)
|| coalesce((
    SELECT ST_AsMVT(m, 'parcels', 4096, 'geom', 'parcel_id') FROM (
        SELECT p.parcel_id, p.parcel_no, (SELECT c FROM unnest(CAST(%(order)s AS text[])) WITH ORDINALITY o (c, at)
                             WHERE c = ANY (p.changes) ORDER BY at LIMIT 1) AS change,
               ST_AsMVTGeom(ST_Transform(p.geom, 3857), place.edge, 4096, 64, true) AS geom
        FROM place JOIN planning.draft_parcel p ON p.draft_id = %(draft)s AND p.geom && place.in_grid
        WHERE CAST(%(close)s AS boolean) AND p.changes <> ARRAY['sliver']
    ) m WHERE geom IS NOT NULL), ''::bytea) AS tile;

-- One line a piece, as a list to work through; parcels in the order of their numbers.
-- name: list_of_pieces
SELECT p.parcel_id, p.identifier, p.unit_code, p.sheet_no, p.parcel_no, p.address, p.parcel_m2, p.area_m2 AS parcel_area_m2,
       p.share AS parcel_share, p.road_m2, p.road_new_m2, e.change, e.area_m2, e.share, e.fields,
       z.zone_no, z.kind, z.element, z.code AS zone_code, z.title AS zone_title, z.function_code, z.function_name,
       z.max_density_pct, z.floors_max, z.height_max_m, z.far_max,
       f.title AS in_force_title, f.function_code AS in_force_function_code, f.function_name AS in_force_function_name,
       f.max_density_pct AS in_force_max_density_pct, f.floors_max AS in_force_floors_max,
       f.height_max_m AS in_force_height_max_m, f.far_max AS in_force_far_max, f.plan_name AS in_force_plan,
       f.decision_no AS in_force_decision
FROM planning.draft_effect e
JOIN planning.draft_parcel p ON p.draft_id = e.draft_id AND p.parcel_id = e.parcel_id
JOIN planning.draft_zone z ON z.draft_id = e.draft_id AND z.zone_no = e.zone_no
LEFT JOIN planning.draft_in_force f ON f.draft_id = e.draft_id AND f.feature_id = e.feature_id
WHERE e.draft_id = %(draft)s
ORDER BY p.unit_code, CAST(substring(p.sheet_no FROM '^[0-9]{1,9}') AS bigint), p.sheet_no,
         CAST(substring(p.parcel_no FROM '^[0-9]{1,9}') AS bigint), p.parcel_no, p.parcel_id, e.area_m2 DESC, e.zone_no;
