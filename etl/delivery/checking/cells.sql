-- name: extent
SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) FROM (SELECT ST_Extent(geom) FROM {fresh}) AS e (box);

-- name: counted
SELECT floor((ST_XMin(geom) - %(west)s) / %(wide)s), floor((ST_YMin(geom) - %(south)s) / %(high)s), count(*)
FROM {fresh} GROUP BY 1, 2;
