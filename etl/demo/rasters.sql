-- name: known
SELECT name, date FROM core.raster;
