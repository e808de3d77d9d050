-- The plans whose zones hold on a day, the most detailed first, with the box around each in WGS 84 degrees.
-- name: plans
SELECT z.plan_code AS code, min(z.plan_name) AS name, min(z.plan_level) AS level, min(z.decision_no) AS decision_no,
       min(z.decision_date) AS decision_date, min(z.scale) AS scale, min(z.source_date) AS source_date,
       count(*) AS zones,
       (SELECT ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)]
        FROM (SELECT ST_Transform(ST_SetSRID(CAST(ST_Extent(z.geom_3857) AS geometry), 3857), 4326) AS box) b) AS bbox
FROM layer.zoning_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) z
GROUP BY z.plan_code
ORDER BY array_position(CAST(%(levels)s AS text[]), min(z.plan_level)), min(z.decision_date) DESC, z.plan_code;
