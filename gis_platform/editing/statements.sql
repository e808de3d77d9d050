-- name: wait_no_longer
SELECT set_config('lock_timeout', '5s', true);

-- name: holds_from
SELECT set_config('gis.valid_from', CAST(CAST(%(day)s AS date) AS text), true);

-- name: hold
SELECT t.geom, {since} AS since,
       EXISTS (SELECT FROM core.delivery d WHERE d.id = t.delivery_id AND d.synthetic) AS synthetic
FROM {table} t WHERE t.id = %(id)s FOR UPDATE OF t

-- name: add
INSERT INTO {table} ({columns}) VALUES ({values}) RETURNING id

-- name: change
UPDATE {table} SET {assignments} WHERE id = %(id)s

-- name: end
DELETE FROM {table} WHERE id = %(id)s

-- name: shape
SELECT geom FROM {table} WHERE id = %(id)s

-- name: rule
SELECT pg_get_constraintdef(c.oid) AS rule,
       ARRAY(SELECT CAST(a.attname AS text) FROM pg_attribute a
             WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) ORDER BY a.attnum) AS columns
FROM pg_constraint c
WHERE c.conrelid = CAST(%(table)s AS regclass) AND c.conname = %(name)s;

-- Only so many are looked at: an area as large as the city lies over all of them.
-- name: overlapped
WITH written AS (SELECT geom FROM {table} WHERE id = %(id)s),
near AS (
    SELECT o.id, ST_CollectionExtract(ST_MakeValid(o.geom), 3) AS geom
    FROM {table} o, written w WHERE o.geom && w.geom AND o.id <> %(id)s LIMIT %(most)s
),
shared AS (
    SELECT n.id, ST_Area(ST_Intersection(n.geom, w.geom)) AS area FROM near n, written w
)
SELECT (SELECT count(*) FROM near) AS looked_at, count(*) AS count, coalesce(sum(s.area), 0) AS area,
       coalesce((array_agg(s.id ORDER BY s.area DESC, s.id))[1:20], '{{}}') AS ids
FROM shared s WHERE s.area > %(least)s
