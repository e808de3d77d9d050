-- name: greatest
SELECT unit_code, sheet_no, max(CAST(parcel_no AS integer)) FROM layer.parcels
WHERE parcel_no ~ '^[0-9]{1,6}$' GROUP BY unit_code, sheet_no;

-- name: parcels
SELECT identifier, unit_code, sheet_no, parcel_no, old_sheet_no, old_parcel_no, legal_area_m2, measured_area_m2,
       CAST(land_uses AS text) AS land_uses, status, address, ST_AsBinary(geom) AS geom
FROM layer.parcels ORDER BY id;
