-- One raster at a time, whoever adds or removes: files and rows stay together.
-- name: take_turn
SELECT pg_advisory_xact_lock(7815009);

-- name: same_file
SELECT name, date FROM core.raster WHERE name = %(name)s AND date = %(date)s AND source_sha256 = %(source_sha256)s;

-- name: family
SELECT kind, unit, style, date FROM core.raster WHERE name = %(name)s ORDER BY date DESC LIMIT 1;

-- name: on_date
SELECT 1 FROM core.raster WHERE name = %(name)s AND date = %(date)s;

-- name: listed
SELECT name, date, kind, unit, title_vi, width, height, file, audience, model_output, synthetic
FROM core.raster ORDER BY name, date;

-- name: enter
INSERT INTO core.raster
    (name, date, kind, title_vi, title_en, unit, source, licence, note, model_output, synthetic, file, file_sha256,
     source_sha256, source_srid, srid, west, south, east, north, width, height, resolution_m, bands, dtype, nodata,
     style, statistics, audience, registered_by)
VALUES
    (%(name)s, %(date)s, %(kind)s, %(title_vi)s, %(title_en)s, %(unit)s, %(source)s, %(licence)s, %(note)s,
     %(model_output)s, %(synthetic)s, %(file)s, %(file_sha256)s, %(source_sha256)s, %(source_srid)s, %(srid)s,
     %(west)s, %(south)s, %(east)s, %(north)s, %(width)s, %(height)s, %(resolution_m)s, %(bands)s, %(dtype)s,
     %(nodata)s, CAST(%(style)s AS jsonb), CAST(%(statistics)s AS jsonb), CAST(%(audience)s AS text[]),
     %(registered_by)s);

-- name: remove
DELETE FROM core.raster WHERE name = %(name)s AND date = %(date)s RETURNING file;
