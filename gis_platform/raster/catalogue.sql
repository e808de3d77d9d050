-- The newest version first, so that the first row within a period is the one to show.
-- name: versions
SELECT * FROM core.raster WHERE name = %(name)s ORDER BY date DESC;

-- name: version_at
SELECT * FROM core.raster
WHERE name = %(name)s AND date BETWEEN CAST(%(first)s AS date) AND CAST(%(last)s AS date)
ORDER BY date DESC LIMIT 1;

-- name: all_versions
SELECT * FROM core.raster ORDER BY name, date DESC;
