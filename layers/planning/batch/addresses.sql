-- Addresses that begin as one of many would have to; `key` tells which. The order of the texts is that of the index, so
-- that neighbouring ones are found on one page.
-- name: beginning
SELECT b.key, p.id, p.address
FROM (SELECT u.key, u.beginning
      FROM unnest(CAST(string_to_array(%(keys)s, ' ') AS integer[]), string_to_array(%(beginnings)s, chr(10)))
           AS u (key, beginning)
      ORDER BY u.beginning) b
CROSS JOIN LATERAL (
    SELECT p.id, p.address FROM layer.parcels p
    WHERE core.fold(p.address) ~>=~ b.beginning AND core.fold(p.address) ~<~ (b.beginning || chr(1114111))
    LIMIT 500 OFFSET 0) p
ORDER BY b.key, p.id;

-- name: known_streets
SELECT DISTINCT core.fold(s.name) AS name FROM layer.streets s
WHERE core.fold(s.name) = ANY (CAST(%(names)s AS text[]));
