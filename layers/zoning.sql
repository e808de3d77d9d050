-- name: grants
GRANT SELECT ON layer.plan_coverage TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;

-- A plan answers for a theme wherever its zones lie: the ground covered by all of them, cut small for the
-- index. Zones touch, so a centimetre closes the cracks between them.
-- name: after_delivery
WITH emptied AS (
    DELETE FROM layer.plan_coverage
), ground AS (
    SELECT plan_code, ST_Union(geom, 0.01) AS geom FROM layer.zoning GROUP BY plan_code
), themes AS (
    SELECT plan_code, theme, min(plan_name) AS plan_name, min(plan_level) AS plan_level,
           min(source_date) AS source_date
    FROM layer.zoning GROUP BY plan_code, theme
)
INSERT INTO layer.plan_coverage (plan_code, plan_name, plan_level, theme, source_date, geom)
SELECT t.plan_code, t.plan_name, t.plan_level, t.theme, t.source_date, part.geom
FROM themes t JOIN ground g USING (plan_code), ST_Subdivide(g.geom, 64) AS part (geom)
WHERE ST_Dimension(part.geom) = 2;
