-- name: grants
GRANT EXECUTE ON FUNCTION layer.traffic_summary(date, date), layer.urban_order_summary(date, date)
    TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;

-- Cases detected from the first day to the last, both of the city, and how far each had come by its end.
-- name: traffic_summary
SELECT detected, notified, recorded, paid, amount_vnd
FROM layer.traffic_summary(CAST(%(from_day)s AS date), CAST(%(to_day)s AS date));

-- name: urban_order_summary
SELECT office, received, done
FROM layer.urban_order_summary(CAST(%(from_day)s AS date), CAST(%(to_day)s AS date));

-- Cases not closed yet on ground that a delivery changes: their office looks at the place again.
-- name: impact
SELECT v.id, 'Vụ việc ' || v.code || ': ' || v.category AS title, 'Case ' || v.code || ': ' || v.category AS title_en,
       concat('Đang xử lý', ', hạn ' || to_char(v.due_at AT TIME ZONE c.timezone, 'DD/MM/YYYY')) AS note,
       concat('Open', ', due ' || to_char(v.due_at AT TIME ZONE c.timezone, 'YYYY-MM-DD')) AS note_en
FROM layer.violations v, core.city c
WHERE v.state NOT IN ('paid', 'cancelled', 'done', 'rejected')
  AND EXISTS (SELECT FROM touched t WHERE t.geom && v.geom AND ST_Intersects(t.geom, v.geom));
