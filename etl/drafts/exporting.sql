-- name: list_of_parcels
SELECT parcel_id, identifier, unit_code, sheet_no, parcel_no, address, parcel_m2, area_m2, share, road_m2, road_new_m2, changed,
       changes, ST_AsBinary(geom) AS geom
FROM planning.draft_parcel WHERE draft_id = %(draft)s ORDER BY parcel_id;

-- name: list_of_zones
SELECT zone_no, file_layer, element, kind, code, title, function_code, function_name, function_known, max_density_pct, floors_min,
       floors_max, height_max_m, far_max, ST_Area(geom) AS area_m2, ST_AsBinary(geom) AS geom
FROM planning.draft_zone WHERE draft_id = %(draft)s ORDER BY zone_no;

-- name: list_of_cases
SELECT kind, case_id, title, note, area_m2, share
FROM planning.draft_case WHERE draft_id = %(draft)s ORDER BY kind, case_id;
