-- name: end_on
SELECT set_config('gis.valid_from', CAST(%(source_date)s AS text), true);

-- name: end_vanishing
DELETE FROM {table} t USING vanishing v WHERE t.id = v.id;

-- name: change
UPDATE {table} t SET {assignments}
FROM compared c JOIN staged s USING (row_no)
WHERE t.id = c.id AND (c.shape OR c.words);

-- name: add
INSERT INTO {table} ({columns})
SELECT {values} FROM staged s
WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = s.row_no) ORDER BY s.row_no;

-- name: rows_known
SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = CAST(%(table)s AS regclass);

-- name: analyze
ANALYZE {table};
