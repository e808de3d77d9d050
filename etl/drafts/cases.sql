-- name: forget_touched
DROP TABLE IF EXISTS pg_temp.touched;

-- The parcels that a draft touches by more than map error, as a delivery of parcels would name them.
-- name: make_touched
CREATE TEMPORARY TABLE touched (id bigint, geom geometry) ON COMMIT DROP;

-- name: touch
INSERT INTO touched SELECT parcel_id, geom FROM planning.draft_parcel
WHERE draft_id = %(draft)s AND changes <> ARRAY['sliver'];

-- name: index_touched
CREATE INDEX ON touched USING gist (geom);

-- name: analyze_touched
ANALYZE touched;

-- name: open_touched
GRANT SELECT ON touched TO gis_planner;

-- name: forget_cases
DELETE FROM planning.draft_case WHERE draft_id = %(draft)s;

-- As planners see them: what is closed to them is not told.
-- name: concerned
SELECT CAST(f.id AS text) AS id, f.title, f.title_en, f.note, f.note_en,
       ARRAY(SELECT CAST(p AS bigint) FROM jsonb_array_elements_text(coalesce(to_jsonb(f) -> 'parcels', '[]')) p) AS parcels
FROM ({block}) f ORDER BY 1 LIMIT {most};

-- name: add_case
INSERT INTO planning.draft_case (draft_id, kind, case_id, title, title_en, note, note_en, parcels, area_m2, share)
SELECT %(draft)s, %(kind)s, %(id)s, %(title)s, %(title_en)s, %(note)s, %(note_en)s, CAST(%(parcels)s AS bigint[]),
       sum(p.area_m2), least(sum(p.area_m2) / sum(p.parcel_m2), 1)
FROM planning.draft_parcel p
WHERE p.draft_id = %(draft)s AND p.parcel_id = ANY (CAST(%(parcels)s AS bigint[])) AND p.changes <> ARRAY['sliver']
ON CONFLICT DO NOTHING;

-- name: act_as_planner
SET LOCAL ROLE gis_planner;

-- name: act_as_owner
RESET ROLE;
