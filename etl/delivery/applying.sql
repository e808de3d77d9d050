-- name: end_on
SELECT set_config('gis.valid_from', CAST(%(source_date)s AS text), true),
       set_config('gis.corrects', CASE WHEN %(correction)s OR EXISTS (
           SELECT FROM doing JOIN change USING (change_no) WHERE evidence ? 'edited_on') THEN 'yes' ELSE '' END, true);

-- name: analyze_doing
ANALYZE doing;

-- name: end
DELETE FROM {table} t USING doing d WHERE d.row_no IS NULL AND t.id = d.id;

-- name: change
UPDATE {table} t SET {assignments}
FROM doing d JOIN staged s USING (row_no)
WHERE t.id = d.id;

-- name: add
INSERT INTO {table} (id, {columns})
SELECT d.new_id, {values} FROM doing d JOIN staged s USING (row_no)
WHERE d.new_id IS NOT NULL ORDER BY d.new_id;

-- name: lineage
INSERT INTO core.lineage (layer, predecessor, successor, kind, delivery_id, valid_from, area_m2)
SELECT %(layer)s, e.old_id, coalesce(d.id, d.new_id), min(c.kind), %(delivery)s, %(source_date)s, sum(e.area_m2)
FROM edge e
JOIN doing d USING (row_no)
JOIN change c USING (change_no)
WHERE c.decision IS DISTINCT FROM 'separate' AND e.old_id <> coalesce(d.id, d.new_id)
GROUP BY e.old_id, coalesce(d.id, d.new_id);

-- name: rows_known
SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = CAST(%(table)s AS regclass);

-- name: analyze
ANALYZE {table};
