-- name: one_at_a_time
SELECT pg_advisory_xact_lock(7815012);

-- Open ones of this caller and of all, those kept for this caller, and seconds until its oldest one goes.
-- name: crowd
SELECT count(*) FILTER (WHERE mine AND open) AS mine_open,
       count(*) FILTER (WHERE open) AS all_open,
       count(*) FILTER (WHERE mine) AS mine_kept,
       CAST(ceil(extract(epoch FROM min(expires_at) FILTER (WHERE mine) - now())) AS integer) AS mine_go_in_s
FROM (
    SELECT expires_at, state IN ('waiting', 'running') AS open,
           CASE WHEN CAST(%(account_id)s AS bigint) IS NULL THEN account_id IS NULL AND place = %(place)s
                ELSE account_id = CAST(%(account_id)s AS bigint) END AS mine
    FROM core.export WHERE expires_at > now()
) e;

-- name: add
INSERT INTO core.export (id, account_id, role, actor, place, collection, format, asked, expires_at)
VALUES (%(id)s, %(account_id)s, %(role)s, %(actor)s, %(place)s, %(collection)s, %(format)s,
        CAST(%(asked)s AS jsonb), now() + CAST(%(kept)s AS interval));

-- name: find
SELECT id, account_id, role, collection, format, asked, state, rows_total, rows_done, synthetic, file_name,
       size_bytes, sha256, reason, requested_at, finished_at, expires_at
FROM core.export WHERE id = %(id)s AND expires_at > now();

-- name: remove
DELETE FROM core.export WHERE id = %(id)s;
