-- name: column_types
SELECT a.attname, t.typname,
       CASE WHEN t.typname = 'geometry' THEN upper(postgis_typmod_type(a.atttypmod)) ELSE '' END
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = CAST(%(table)s AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attgenerated = '';
