-- name: pinned_grids
SELECT srid, proj4text
FROM spatial_ref_sys
WHERE srid = ANY(%(srids)s) AND auth_name IS NULL AND auth_srid IS NULL AND srtext IS NULL

-- name: pin_grid
INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)
VALUES (%(srid)s, NULL, NULL, NULL, %(proj4text)s)
ON CONFLICT (srid) DO UPDATE
SET auth_name = NULL, auth_srid = NULL, srtext = NULL, proj4text = excluded.proj4text
