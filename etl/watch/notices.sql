-- Refused or failed, and nothing of the same source came after it.
-- name: failed
SELECT d.id, d.layer, d.source, d.file_name, d.status FROM core.delivery d
WHERE d.kind = 'delivery' AND d.status IN ('refused', 'failed') AND d.received_at > now() - CAST(%(most_days)s AS interval)
  AND NOT EXISTS (SELECT FROM core.delivery n WHERE n.layer = d.layer AND n.source = d.source AND n.id > d.id);

-- Somebody must say yes or no.
-- name: waiting
SELECT id, layer, source, file_name, status FROM core.delivery WHERE status = 'ready';

-- Under way for longer than any work takes without a sign of life.
-- name: stuck
SELECT d.id, d.layer, d.source, d.file_name, d.status
FROM core.delivery d LEFT JOIN core.delivery_progress p ON p.delivery_id = d.id
WHERE d.status IN ('received', 'preparing', 'approved')
  AND coalesce(p.step_began_at, d.decided_at, d.received_at) < now() - CAST(%(most_time)s AS interval);

-- name: clear
UPDATE core.notice n SET cleared_at = now()
WHERE n.cleared_at IS NULL AND n.kind = ANY (CAST(%(kinds)s AS text[]))
  AND NOT EXISTS (SELECT FROM jsonb_to_recordset(CAST(%(wanted)s AS jsonb)) w (kind text, subject text)
                  WHERE w.kind = n.kind AND w.subject = n.subject);

-- name: raise
INSERT INTO core.notice AS n (kind, subject, layer, delivery_id, text_vi, text_en, roles)
SELECT w.kind, w.subject, w.layer, w.delivery_id, w.text_vi, w.text_en, CAST(%(roles)s AS text[])
FROM jsonb_to_recordset(CAST(%(wanted)s AS jsonb))
    w (kind text, subject text, layer text, delivery_id bigint, text_vi text, text_en text)
ON CONFLICT (kind, subject) WHERE cleared_at IS NULL
DO UPDATE SET text_vi = excluded.text_vi, text_en = excluded.text_en
WHERE (n.text_vi, n.text_en) IS DISTINCT FROM (excluded.text_vi, excluded.text_en);

-- name: act_as
SELECT set_config('role', %(role)s, true);

-- name: act_as_oneself
SELECT set_config('role', 'none', true);
