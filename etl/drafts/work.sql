-- name: hold
SELECT pg_try_advisory_lock(7815021, CAST(%(draft)s AS integer));

-- name: let_go
SELECT pg_advisory_unlock(7815021, CAST(%(draft)s AS integer));

-- name: begin
UPDATE planning.draft SET state = 'working', attempts = attempts + 1, step = 'receive', steps_done = 0, steps_total = NULL
WHERE id = %(draft)s AND state IN ('waiting', 'working')
RETURNING kept_file, sha256, asked, attempts, uploaded_by;

-- name: progress
UPDATE planning.draft SET step = %(step)s, steps_done = %(done)s, steps_total = %(total)s
WHERE id = %(draft)s AND state = 'working' RETURNING id;

-- name: forget_zones
DELETE FROM planning.draft_zone WHERE draft_id = %(draft)s;

-- name: forget_unread
DELETE FROM planning.draft_unread WHERE draft_id = %(draft)s;

-- name: overlaps
SELECT count(*), coalesce(array_agg(format('%%s + %%s', a, b)) FILTER (WHERE place <= 5), '{}')
FROM (
    SELECT a.element AS a, b.element AS b, row_number() OVER (ORDER BY a.zone_no, b.zone_no) AS place
    FROM planning.draft_zone a
    JOIN planning.draft_zone b ON b.draft_id = a.draft_id AND b.zone_no > a.zone_no AND b.kind = a.kind AND b.geom && a.geom
         AND ST_Intersects(a.geom, b.geom)
    WHERE a.draft_id = %(draft)s
      AND ST_Area(ST_Intersection(a.geom, b.geom)) > CAST(%(tolerance)s AS double precision)
) o;

-- Nobody reads them before the commit, and right after it everybody: taken for some rows of some draft, they would be
-- joined row by row.
-- name: analyze
ANALYZE planning.draft_zone, planning.draft_parcel, planning.draft_effect, planning.draft_in_force, planning.draft_case;

-- name: extent
SELECT ARRAY[ST_XMin(e.box), ST_YMin(e.box), ST_XMax(e.box), ST_YMax(e.box)] FROM (
    SELECT ST_Transform(ST_SetSRID(CAST(ST_Extent(geom) AS geometry), core.working_srid()), 4326) AS box
    FROM planning.draft_zone WHERE draft_id = %(draft)s) e;

-- name: done
UPDATE planning.draft
SET state = 'done', step = '', read_as = CAST(%(read_as)s AS jsonb), findings = CAST(%(findings)s AS jsonb), reason = NULL,
    totals = CAST(%(totals)s AS jsonb), extent = CAST(%(extent)s AS double precision[]), computed_at = now()
WHERE id = %(draft)s AND state = 'working' RETURNING id;

-- name: ended
UPDATE planning.draft SET state = %(state)s, step = '', reason = CAST(%(reason)s AS jsonb)
WHERE id = %(draft)s AND state = 'working';
