-- name: empty
TRUNCATE layer.house_numbers, layer.house_numbers_history, numbering.axis RESTART IDENTITY;

-- name: lines
SELECT s.id, s.name, s.kind, ST_AsBinary(s.geom) AS line FROM layer.streets s WHERE s.name IS NOT NULL ORDER BY s.id;

-- Each lot on the street of its address: its gate, and its place along the line. A vacant lot keeps a number free. In
-- one street of thirty odd and even stand the wrong way round, in another two houses have each other's numbers: Mỹ Tho
-- was numbered before there were rules.
-- name: houses
WITH RECURSIVE became AS (
    SELECT a.code AS first_code, a.code, a.generation FROM layer.admin_units a WHERE a.generation = 1
    UNION
    SELECT b.first_code, n.code, n.generation FROM became b
    JOIN layer.admin_units n ON b.code || '@' || b.generation = ANY (n.predecessors)
), today AS (
    SELECT DISTINCT ON (first_code) first_code, code FROM became ORDER BY first_code, generation DESC
), gates AS (
    SELECT p.id, p.unit_code, a.id AS axis_id, a.street_id, a.alley_path, a.geom AS line,
           ST_ClosestPoint(ST_Boundary(p.geom), ST_LineInterpolatePoint(a.geom, ST_LineLocatePoint(a.geom, ST_Centroid(p.geom))))
               AS gate,
           hashint8extended(p.id, %(seed)s) AS chance
    FROM layer.parcels p
    JOIN layer.streets s ON s.name = split_part(p.address, ', ', 1)
    JOIN numbering.axis a ON a.line_id = s.id
    OFFSET 0
), placed AS MATERIALIZED (
    SELECT g.*, o.at_m, o.side,
           row_number() OVER street > 1 AND g.chance %% 23 = 0 AS inserted
    FROM gates g CROSS JOIN LATERAL numbering.place_on(g.line, g.gate) o
    WHERE o.side IS NOT NULL
    WINDOW street AS (PARTITION BY g.axis_id, o.side ORDER BY o.at_m, g.id)
), counted AS (
    SELECT p.*, count(*) FILTER (WHERE NOT p.inserted) OVER (PARTITION BY p.axis_id, p.side ORDER BY p.at_m, p.id) AS slot
    FROM placed p
), lettered AS (
    SELECT c.*, row_number() OVER (PARTITION BY c.axis_id, c.side, c.slot ORDER BY c.at_m, c.id) - 1 AS letter
    FROM counted c
), numbered AS (
    SELECT l.*,
           CASE WHEN l.axis_id %% 30 = 11 AND l.slot IN (4, 5) THEN 9 - l.slot ELSE l.slot END * 2
           - CASE WHEN (l.side = 'left') = (l.axis_id %% 30 <> 7) THEN 1 ELSE 0 END AS number,
           CASE WHEN l.letter = 0 THEN '' WHEN l.letter = 1 AND l.axis_id %% 5 = 0 THEN 'bis' ELSE chr(96 + CAST(l.letter AS integer)) END
               AS suffix,
           date '2006-01-02' + CAST(abs(l.chance / 64 %% 6000) AS integer) AS given
    FROM lettered l
    WHERE abs(l.chance %% 100) >= 12
)
INSERT INTO layer.house_numbers (street_id, alley_path, number, suffix, side, state, address, parcel_id, unit_code, document,
                                 issued_on, old_numbers, geom, source_date, valid_from, delivery_id)
SELECT n.street_id, n.alley_path, n.number, n.suffix, n.side, f.state,
       numbering.painted(n.alley_path, CAST(n.number AS integer), n.suffix) || ' ' || s.name,
       n.id, coalesce(t.code, n.unit_code),
       CASE WHEN f.state = 'issued' THEN abs(n.chance %% 900) + 1 || '/GCN-SN (minh hoạ)' END,
       CASE WHEN f.state = 'issued' THEN n.given END,
       CASE WHEN abs(n.chance / 100000 %% 100) >= 5 THEN CAST('[]' AS jsonb) ELSE jsonb_build_array(jsonb_build_object(
           'path', jsonb_build_array(jsonb_build_object('number', n.number + 200, 'suffix', '')), 'street_id', n.street_id,
           'street', s.name, 'until', n.given)) END,
       n.gate, %(source_date)s, n.given, %(delivery)s
FROM numbered n
CROSS JOIN LATERAL (SELECT CASE WHEN abs(n.chance / 1000 %% 100) < 4 THEN 'reserved' ELSE 'issued' END AS state) f
JOIN layer.streets s ON s.id = n.street_id
LEFT JOIN today t ON t.first_code = n.unit_code
ORDER BY n.street_id, n.axis_id, n.at_m;

-- name: analyze
ANALYZE layer.house_numbers, numbering.axis;
