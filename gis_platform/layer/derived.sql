-- name: fingerprint
SELECT fingerprint FROM core.derived_state;

-- name: remember
INSERT INTO core.derived_state (fingerprint) VALUES (%(fingerprint)s)
ON CONFLICT (only_one) DO UPDATE SET fingerprint = excluded.fingerprint;

-- name: policies
SELECT policyname FROM pg_policies WHERE schemaname = 'layer' AND tablename = %(table)s;

-- name: column_types
SELECT a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_attribute a
WHERE a.attrelid = CAST(%(table)s AS regclass) AND a.attname = ANY (CAST(%(names)s AS text[]))
ORDER BY array_position(CAST(%(names)s AS text[]), CAST(a.attname AS text));

-- name: versions_at
CREATE FUNCTION {function}(as_of date, known_at timestamptz) RETURNS TABLE ({result})
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
AS $body$
    SELECT {columns} FROM {current} WHERE valid_from <= as_of AND recorded_from <= known_at
    UNION ALL
    SELECT {columns} FROM {history} WHERE valid_period @> as_of AND recorded_period @> known_at
$body$;
