-- name: newest
SELECT DISTINCT ON (source) source, mapping, saved_by, saved_at
FROM core.delivery_mapping
WHERE layer = %(layer)s AND (CAST(%(source)s AS text) IS NULL OR source = %(source)s)
ORDER BY source, id DESC;

-- name: save
INSERT INTO core.delivery_mapping (layer, source, mapping, saved_by)
VALUES (%(layer)s, %(source)s, CAST(%(mapping)s AS jsonb), %(saved_by)s)
RETURNING id;

-- name: history
SELECT id, mapping, saved_by, saved_at FROM core.delivery_mapping
WHERE layer = %(layer)s AND source = %(source)s ORDER BY id DESC;
