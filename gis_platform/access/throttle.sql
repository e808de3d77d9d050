-- name: one_at_a_time
-- Space 1 is of names, 2 of addresses; always taken in that order, so that no two transactions can wait for
-- each other.
SELECT pg_advisory_xact_lock(78150 + CAST(%(space)s AS integer), CAST(%(key)s AS integer));

-- name: wait_for_username
SELECT CAST(ceil(extract(epoch FROM at + CAST(%(window)s AS interval) - clock_timestamp())) AS integer) AS seconds
FROM core.sign_in_failure
WHERE username_hash = %(username_hash)s AND at > clock_timestamp() - CAST(%(window)s AS interval)
ORDER BY at DESC OFFSET CAST(%(most)s AS integer) - 1 LIMIT 1;

-- name: wait_for_address
SELECT CAST(ceil(extract(epoch FROM at + CAST(%(window)s AS interval) - clock_timestamp())) AS integer) AS seconds
FROM core.sign_in_failure
WHERE address = %(address)s AND at > clock_timestamp() - CAST(%(window)s AS interval)
ORDER BY at DESC OFFSET CAST(%(most)s AS integer) - 1 LIMIT 1;

-- name: count
INSERT INTO core.sign_in_failure (username_hash, address) VALUES (%(username_hash)s, %(address)s);

-- name: forgive
DELETE FROM core.sign_in_failure WHERE username_hash = %(username_hash)s;

-- name: forget_old
DELETE FROM core.sign_in_failure WHERE at < now() - interval '1 day';
