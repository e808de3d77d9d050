-- A row policy shows each role what is for it.
-- name: open
SELECT id, kind, subject, layer, delivery_id, text_vi, text_en, raised_at, seen ? %(who)s AS seen
FROM core.notice WHERE cleared_at IS NULL
ORDER BY seen ? %(who)s, raised_at DESC, id DESC LIMIT %(most)s;

-- name: see
UPDATE core.notice SET seen = seen || jsonb_build_object(CAST(%(who)s AS text), coalesce(seen -> %(who)s, to_jsonb(now())))
WHERE id = %(id)s RETURNING id;
