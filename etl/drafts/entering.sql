-- name: one_at_a_time
SELECT pg_advisory_xact_lock(7815020);

-- name: crowd
SELECT count(*), count(*) FILTER (WHERE uploaded_by = current_setting('gis.actor')) FROM planning.draft;

-- name: enter
INSERT INTO planning.draft (name, file_name, size_bytes, sha256, asked)
VALUES (%(name)s, %(file_name)s, %(size)s, %(sha256)s, CAST(%(asked)s AS jsonb))
RETURNING id;

-- name: keep
UPDATE planning.draft SET kept_file = %(kept_file)s WHERE id = %(id)s;
