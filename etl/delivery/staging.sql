-- name: make_staged
CREATE UNLOGGED TABLE staged AS
SELECT CAST(NULL AS bigint) AS row_no, CAST(NULL AS bigint) AS fid, {columns} FROM {table} WITH NO DATA;

-- name: settle
ALTER TABLE staged ADD PRIMARY KEY (row_no);
ANALYZE staged;

-- name: index
CREATE INDEX staged_geom ON staged USING gist (geom);

-- name: rules
SELECT c.conname, pg_get_expr(c.conbin, c.conrelid),
       ARRAY(SELECT CAST(a.attname AS text) FROM pg_attribute a
             WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) ORDER BY a.attnum)
FROM pg_constraint c
WHERE c.conrelid = CAST(%(table)s AS regclass) AND c.contype = 'c'
ORDER BY c.conname;

-- name: any_broken
SELECT 1 FROM staged WHERE NOT ({rules}) LIMIT 1;

-- name: broken_rule
SELECT row_no, fid, ARRAY[{values}], count(*) OVER ()
FROM staged WHERE NOT ({rule}) ORDER BY row_no LIMIT %(most)s;

-- name: unique_keys
SELECT ARRAY(SELECT CAST(a.attname AS text)
             FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
             ORDER BY k.place)
FROM pg_index i
WHERE i.indrelid = CAST(%(table)s AS regclass) AND i.indisunique AND NOT i.indisprimary
  AND i.indpred IS NULL AND i.indexprs IS NULL
ORDER BY i.indexrelid;

-- name: any_twice
SELECT 1 FROM staged WHERE ({key}) IS NOT NULL GROUP BY {key} HAVING count(*) > 1 LIMIT 1;

-- name: twice
SELECT row_no, fid, values, first, count(*) OVER ()
FROM (SELECT row_no, fid, ARRAY[{values}] AS values,
             count(*) OVER (PARTITION BY {key}) AS times, min(row_no) OVER (PARTITION BY {key}) AS first
      FROM staged WHERE ({key}) IS NOT NULL) AS counted
WHERE times > 1 AND row_no > first ORDER BY row_no LIMIT %(most)s;

-- name: staged_rows
SELECT count(*) FROM staged;
