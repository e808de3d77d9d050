-- name: take_turn
SELECT pg_advisory_xact_lock(7815004);

-- name: loaded
SELECT parcels, seed FROM core.demo_load;

-- name: delivered
SELECT EXISTS (SELECT FROM core.delivery WHERE status = 'applied' AND NOT synthetic);

-- name: remember
INSERT INTO core.demo_load (parcels, seed) VALUES (%(parcels)s, %(seed)s)
ON CONFLICT (only_one) DO UPDATE SET parcels = excluded.parcels, seed = excluded.seed, loaded_at = now();
