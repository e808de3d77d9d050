-- name: city
SELECT name, working_srid FROM core.city;

-- name: is_there
SELECT to_regclass('core.delivery') IS NOT NULL AND to_regclass(%(table)s) IS NOT NULL;

-- name: take_turn
SELECT pg_try_advisory_xact_lock(7815003, hashtext(%(layer)s));

-- name: wait_turn
SELECT pg_advisory_xact_lock(7815003, hashtext(%(layer)s));

-- name: hold_writers
LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE NOWAIT;

-- name: wait_for_writers
LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE;

-- name: same_before
SELECT id FROM core.delivery
WHERE layer = %(layer)s AND sha256 = %(sha256)s AND source_date = %(source_date)s AND status = 'applied'
  AND options = CAST(%(options)s AS jsonb)
ORDER BY id DESC LIMIT 1;

-- name: newest
SELECT id FROM core.delivery WHERE layer = %(layer)s AND status = 'applied' ORDER BY id DESC LIMIT 1;

-- name: enter
INSERT INTO core.delivery
    (layer, source, source_date, file_name, sha256, size_bytes, srid, received_by, status, counts, options)
VALUES
    (%(layer)s, %(source)s, %(source_date)s, %(file_name)s, %(sha256)s, %(size)s, %(srid)s,
     %(received_by)s, 'applied', CAST(%(counts)s AS jsonb), CAST(%(options)s AS jsonb))
RETURNING id;

-- name: confirm
UPDATE core.delivery
SET confirmed = coalesce(
        (SELECT range_agg(int8range(c.id, c.id, '[]')) FROM compared c WHERE NOT (c.shape OR c.words)),
        CAST('{{}}' AS int8multirange)),
    complete = (SELECT count(*) FROM {table}) = %(read)s
WHERE id = %(id)s;
