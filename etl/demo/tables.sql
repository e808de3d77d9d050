-- name: enter
INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid, received_by, status,
                           counts, synthetic)
VALUES (%(layer)s, 'demo', %(source_date)s, %(file_name)s, %(sha256)s, 0, core.working_srid(), 'demo', 'applied',
        '{}', true)
RETURNING id;

-- name: counted
UPDATE core.delivery
SET counts = jsonb_build_object('read', CAST(%(rows)s AS bigint), 'added', CAST(%(rows)s AS bigint)),
    size_bytes = %(bytes)s
WHERE id = %(delivery)s;

-- name: next_id
SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), %(rows)s);
