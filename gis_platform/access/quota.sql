-- A key that was deleted meanwhile is left out. In one order, so that processes that write at once do not deadlock.
-- name: add
INSERT INTO core.key_usage AS u (credential_id, day, requests)
SELECT c.id, n.day, n.requests
FROM unnest(CAST(%(ids)s AS bigint[]), CAST(%(days)s AS date[]), CAST(%(requests)s AS bigint[]))
    AS n (id, day, requests) JOIN core.credential c ON c.id = n.id
ORDER BY c.id, n.day
ON CONFLICT (credential_id, day) DO UPDATE SET requests = u.requests + excluded.requests
RETURNING u.credential_id, u.day, u.requests;
