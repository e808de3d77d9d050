-- name: search
SELECT p.id, 'Giấy phép xây dựng ' || p.permit_no AS title,
       concat_ws(', ', p.address, to_char(p.issued_on, 'DD/MM/YYYY')) AS subtitle,
       concat_ws(', ', p.address, to_char(p.issued_on, 'YYYY-MM-DD')) AS subtitle_en,
       CASE WHEN core.fold(p.permit_no) = %(folded)s THEN 0.95 ELSE 0.45 END AS rank,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(p.geom), 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM layer.building_permits p
WHERE core.fold(p.permit_no) LIKE %(folded)s || '%%'
ORDER BY rank DESC, p.issued_on DESC, p.id DESC LIMIT %(limit)s;

-- Permits in force, where their parcel changes, or the ground of the building.
-- name: concern
SELECT p.id, 'Giấy phép xây dựng ' || p.permit_no AS title, 'Construction permit ' || p.permit_no AS title_en,
       concat_ws(', ', p.address, 'cấp ngày ' || to_char(p.issued_on, 'FMDD/FMMM/YYYY')) AS note,
       concat_ws(', ', p.address, 'issued on ' || to_char(p.issued_on, 'YYYY-MM-DD')) AS note_en,
       to_jsonb(array_remove(ARRAY[p.parcel_id], NULL)) AS parcels
FROM layer.building_permits p CROSS JOIN core.city c
WHERE permits.in_force(p.state, p.start_by, p.started_on, p.valid_until, CAST(now() AT TIME ZONE c.timezone AS date))
  AND %(layer)s <> 'building_permits'
  AND p.id IN (
    SELECT b.id FROM touched t JOIN layer.building_permits b ON b.parcel_id = t.id WHERE %(layer)s = 'parcels'
    UNION ALL
    SELECT b.id FROM touched t JOIN layer.building_permits b
        ON b.geom && t.geom AND ST_Dimension(t.geom) = 2 AND ST_Intersects(t.geom, b.geom) AND NOT ST_Touches(t.geom, b.geom))
