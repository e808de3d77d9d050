-- Addresses as people write them, with the ward of today: of streets and of alleys, the same ones in every run.
-- name: addresses
SELECT h.address || ', ' || u.full_name
FROM layer.house_numbers h
JOIN layer.admin_units u ON u.code = h.unit_code AND u.generation = (SELECT max(generation) FROM layer.admin_units)
WHERE h.state = 'issued' ORDER BY hashint8extended(h.id, 22), h.id LIMIT %(wanted)s;
