-- name: empty
TRUNCATE layer.building_permits, layer.building_permits_history RESTART IDENTITY;

-- A house a metre or so within the edge of its lot; a ward counts its permits from 1 each year.
-- name: permits
WITH chosen AS MATERIALIZED (
    SELECT p.id, h.unit_code, h.address, ST_Area(p.geom) AS lot_m2,
           ST_Multi(ST_Buffer(p.geom, -1.2, 'join=mitre mitre_limit=2')) AS geom,
           abs(hashint8extended(p.id, %(seed)s + 1)) / 8 AS chance
    FROM layer.parcels p
    JOIN layer.house_numbers h ON h.parcel_id = p.id AND h.state = 'issued'
    WHERE p.status = 'in_force' AND abs(hashint8extended(p.id, %(seed)s + 2)) %% 40 = 0
), sized AS (
    SELECT DISTINCT ON (c.id) c.*, ST_Area(c.geom) AS ground_m2, CAST(1 + c.chance %% 4 AS integer) AS floors,
           date '2025-01-02' + CAST(c.chance / 16 %% 540 AS integer) AS given
    FROM chosen c WHERE ST_Area(c.geom) BETWEEN 25 AND 400 ORDER BY c.id
)
INSERT INTO layer.building_permits (permit_no, kind, use, floors, height_m, footprint_m2, floor_area_m2, density_percent, far,
                                    state, issued_on, start_by, started_on, parcel_id, unit_code, address, document, geom,
                                    source_date, valid_from, delivery_id)
SELECT row_number() OVER (PARTITION BY s.unit_code, EXTRACT(year FROM s.given) ORDER BY s.given, s.id) || '/GPXD',
       'new', 'house', s.floors, 0.6 + 3.5 * s.floors, round(CAST(s.ground_m2 AS numeric), 2),
       round(CAST(s.ground_m2 * s.floors AS numeric), 2), round(CAST(100 * s.ground_m2 / s.lot_m2 AS numeric), 2),
       round(CAST(s.floors * s.ground_m2 / s.lot_m2 AS numeric), 2), 'valid', s.given, s.given + 365,
       CASE WHEN s.chance / 10000 %% 4 > 0 THEN s.given + 20 END, s.id, s.unit_code, s.address,
       'Dữ liệu minh hoạ', s.geom, %(source_date)s, s.given, %(delivery)s
FROM sized s ORDER BY s.given, s.id;

-- name: analyze
ANALYZE layer.building_permits;
