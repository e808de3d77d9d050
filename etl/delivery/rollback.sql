-- name: changed_since
SELECT count(*), (array_agg(id ORDER BY id))[1:3]
FROM core.touched_since(
    CAST(%(table)s AS regclass), %(moment)s,
    ARRAY(SELECT moment FROM core.delivery d, unnest(d.applied_moments) m (moment)
          WHERE d.layer = %(layer)s AND (d.status = 'rolled_back' OR d.kind = 'rollback')));

-- name: later
SELECT id FROM core.delivery
WHERE layer = %(layer)s AND id <> %(id)s AND status IN ('applied', 'partly_applied') AND kind = 'delivery'
  AND applied_moments[cardinality(applied_moments)] > %(moment)s
ORDER BY applied_moments[cardinality(applied_moments)] DESC;

-- name: roll_back
SELECT came_back, changed_back, gone FROM core.roll_back(CAST(%(table)s AS regclass), %(moment)s);

-- name: close_lineage
UPDATE core.lineage SET recorded_period = tstzrange(lower(recorded_period), now())
WHERE delivery_id = %(id)s AND upper_inf(recorded_period);

-- name: drop_touched
DROP TABLE IF EXISTS pg_temp.touched;

-- name: make_touched
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
WITH ids AS (
    SELECT DISTINCT t.id FROM unnest(CAST(%(moments)s AS timestamptz[])) m (moment),
        LATERAL core.touched_at(CAST(%(table)s AS regclass), m.moment) t
)
SELECT c.id, c.geom FROM {current} c JOIN ids USING (id)
UNION ALL
SELECT h.id, h.geom FROM {history} h JOIN ids USING (id)
WHERE upper(h.recorded_period) = ANY (CAST(%(moments)s AS timestamptz[])) AND upper_inf(h.valid_period);
