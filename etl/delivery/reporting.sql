-- name: step
INSERT INTO core.delivery_progress (delivery_id, step, step_began_at) VALUES (%(id)s, %(step)s, clock_timestamp())
ON CONFLICT (delivery_id) DO UPDATE
SET step = excluded.step, step_began_at = excluded.step_began_at, rows_done = 0, rows_total = NULL;

-- name: rows
UPDATE core.delivery_progress SET rows_done = %(done)s, rows_total = %(total)s WHERE delivery_id = %(id)s;

-- name: done
DELETE FROM core.delivery_progress WHERE delivery_id = %(id)s;
