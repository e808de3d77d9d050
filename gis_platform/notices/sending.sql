-- Only by ways that are open: what waits for another is kept until it is configured.
-- name: next
SELECT id, channel, recipient, content, tries FROM core.outbox
WHERE sent_at IS NULL AND given_up_at IS NULL AND next_try_at <= now() AND channel = ANY (CAST(%(ways)s AS text[]))
ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- name: sent
UPDATE core.outbox SET sent_at = now(), tries = tries + 1, recipient = NULL, fault = NULL WHERE id = %(id)s;

-- name: again
UPDATE core.outbox SET tries = tries + 1, fault = %(fault)s,
       next_try_at = clock_timestamp() + make_interval(mins => CAST(%(minutes)s AS integer)) WHERE id = %(id)s;

-- name: given_up
UPDATE core.outbox SET tries = tries + 1, given_up_at = now(), recipient = NULL, fault = %(fault)s WHERE id = %(id)s;

-- name: forget_old
DELETE FROM core.outbox WHERE coalesce(sent_at, given_up_at) < now() - INTERVAL '30 days';
