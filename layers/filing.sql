-- The unit of today in which a feature lies, by a place that is surely within it.
-- name: ward
SELECT a.code, a.full_name, concat_ws(', ', 'Đối tượng ' || t.id, a.full_name) AS place
FROM {table} t JOIN layer.admin_units a ON ST_Intersects(a.geom, ST_PointOnSurface(t.geom))
WHERE t.id = %(feature)s AND a.generation = (SELECT max(n.generation) FROM layer.admin_units n)
ORDER BY a.code LIMIT 1;

-- name: ward_of_parcel
SELECT a.code, a.full_name, concat_ws(', ', 'Thửa ' || t.parcel_no, 'tờ ' || t.sheet_no, t.address, a.full_name) AS place
FROM {table} t JOIN layer.admin_units a ON ST_Intersects(a.geom, ST_PointOnSurface(t.geom))
WHERE t.id = %(feature)s AND a.generation = (SELECT max(n.generation) FROM layer.admin_units n)
ORDER BY a.code LIMIT 1;

-- The unit that issued it, while that is one of today.
-- name: ward_of_permit
SELECT a.code, a.full_name, concat_ws(', ', 'Giấy phép ' || t.permit_no, a.full_name) AS place
FROM {table} t JOIN layer.admin_units a ON a.code = t.unit_code
WHERE t.id = %(feature)s AND a.generation = (SELECT max(n.generation) FROM layer.admin_units n)
LIMIT 1;
