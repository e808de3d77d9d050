-- name: hold
SELECT pg_try_advisory_lock(7815014, CAST(%(id)s AS integer));

-- name: let_go
SELECT pg_advisory_unlock(7815014, CAST(%(id)s AS integer));

-- name: take_turn
SELECT pg_try_advisory_xact_lock(7815003, hashtext(%(layer)s));

-- name: wait_turn
SELECT pg_advisory_xact_lock(7815003, hashtext(%(layer)s));

-- name: hold_writers
LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE NOWAIT;

-- name: wait_for_writers
LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE;
