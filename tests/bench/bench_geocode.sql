-- Addresses as people would type them, the same ones in every run over the same city: of streets and of alleys.
-- name: addresses
SELECT h.address, ST_X(w.place) AS lon, ST_Y(w.place) AS lat
FROM (SELECT * FROM layer.house_numbers WHERE state = 'issued' ORDER BY hashint8extended(id, 22), id LIMIT %(wanted)s) h
CROSS JOIN LATERAL (SELECT ST_Transform(h.geom, 4326) AS place) w
ORDER BY hashint8extended(h.id, 23);

-- name: count
SELECT count(*) FROM layer.house_numbers WHERE state IN ('reserved', 'issued');
