-- name: without_history
SET session_replication_role = replica;

-- Along each street from one end to the other, every fourth house in an alley.
-- name: numbers
UPDATE layer.parcels p SET address = n.number || ' ' || p.address
FROM (SELECT id, CASE WHEN k % 4 = 0 THEN (k / 4) || '/' || (k % 9 + 1) ELSE k::text END AS number
      FROM (SELECT id, row_number() OVER (PARTITION BY split_part(address, ',', 1) ORDER BY id) AS k
            FROM layer.parcels WHERE address IS NOT NULL) of_street) n
WHERE n.id = p.id;

-- name: tidy
VACUUM (ANALYZE) layer.parcels;

-- name: addresses
SELECT address FROM layer.parcels WHERE address IS NOT NULL ORDER BY id;
