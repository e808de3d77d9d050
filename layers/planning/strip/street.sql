-- name: street_of_id
SELECT s.id, s.name, s.kind, s.width_m, s.planned_width_m, layer.units_today(s.geom) AS units, s.source_date,
       coalesce(d.synthetic, false) AS synthetic, ST_AsBinary(s.geom) AS wkb
FROM layer.streets s LEFT JOIN core.delivery d ON d.id = s.delivery_id
WHERE s.id = %(id)s;

-- Streets of a name, in a unit where one is named.
-- name: streets_named
WITH asked AS MATERIALIZED (
    SELECT a.geom FROM layer.units_named(%(unit)s) n JOIN layer.admin_units a USING (code, generation)
    WHERE n.depth = 0 AND %(unit)s <> '')
SELECT s.id, s.name, s.kind, layer.units_today(s.geom) AS units,
       round(CAST(ST_Length(s.geom) AS numeric), 1)::double precision AS length_m,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(s.geom), 4326), 6)::json AS point
FROM layer.streets s
WHERE core.fold(s.name) = ANY (CAST(%(names)s AS text[]))
  AND (%(unit)s = '' OR EXISTS (SELECT FROM asked WHERE ST_Intersects(asked.geom, s.geom)))
ORDER BY length_m DESC, s.id LIMIT 21;

-- name: unit_is_known
SELECT EXISTS (SELECT FROM layer.units_named(%(unit)s));

-- Names that are written much like the one asked for, each once.
-- name: names_like
SELECT DISTINCT ON (f.likeness, f.name) f.id, f.name, f.units
FROM (SELECT DISTINCT ON (s.name) s.id, s.name, layer.units_today(s.geom) AS units,
             similarity(core.fold(s.name), %(folded)s) AS likeness
      FROM layer.streets s
      WHERE core.fold(s.name) %% %(folded)s OR core.fold(s.name) LIKE '%%' || %(folded)s || '%%'
      ORDER BY s.name, ST_Length(s.geom) DESC) f
ORDER BY f.likeness DESC, f.name, f.id LIMIT 5;
