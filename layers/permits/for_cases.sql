-- The parcel of a case: its unit of today, its house number where one is given, and the area the law measures it by.
-- name: lot
SELECT p.id, coalesce(h.address, p.address) AS address, coalesce(p.legal_area_m2, p.measured_area_m2, ST_Area(p.geom)) AS area_m2,
       (SELECT a.code FROM layer.admin_units a
        WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n)
          AND ST_Intersects(a.geom, ST_PointOnSurface(p.geom)) ORDER BY a.code LIMIT 1) AS unit
FROM layer.parcels p
LEFT JOIN LATERAL (SELECT n.address FROM layer.house_numbers n WHERE n.parcel_id = p.id AND n.state = 'issued'
                   ORDER BY n.id LIMIT 1) h ON true
WHERE p.id = %(parcel)s;
