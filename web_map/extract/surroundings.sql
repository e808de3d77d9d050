-- What lies in the window of the map on a day, as it was known at a moment: one statement. `box` is a little larger
-- than the window (EWKT in the working grid), so that no cut is seen; it stands in each part by itself, since a box
-- that is joined to the versions of a day is not looked up in their index. From afar lots are one grey mass: they
-- are left out.
-- name: around
SELECT f.layer, f.id, f.class, f.theme, f.plan_level, f.name, f.width_m, f.planned_width_m,
       ST_AsBinary(ST_ClipByBox2D(f.geom, CAST(CAST(%(box)s AS geometry) AS box2d))) AS shape
FROM (
    SELECT 'zoning' AS layer, z.id, z.function_code AS class, z.theme, z.plan_level, NULL AS name,
           CAST(NULL AS double precision) AS width_m, CAST(NULL AS double precision) AS planned_width_m, z.geom
    FROM layer.zoning_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) z
    WHERE z.geom && CAST(%(box)s AS geometry)
    UNION ALL
    (SELECT 'parcels', p.id, NULL, NULL, NULL, p.parcel_no, NULL, NULL, p.geom
     FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
     WHERE CAST(%(lots)s AS boolean) AND p.geom && CAST(%(box)s AS geometry) LIMIT 4000)
    UNION ALL
    SELECT 'streets', s.id, s.kind, NULL, NULL, s.name, s.width_m, s.planned_width_m, s.geom
    FROM layer.streets s WHERE s.geom && CAST(%(box)s AS geometry)
    UNION ALL
    SELECT 'waters', w.id, w.kind, NULL, NULL, w.name, NULL, NULL, w.geom
    FROM layer.waters w WHERE w.geom && CAST(%(box)s AS geometry)
) f
ORDER BY f.layer, f.id;
