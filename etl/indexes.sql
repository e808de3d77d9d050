-- name: plain_indexes
SELECT n.nspname, c.relname, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE i.indrelid = CAST(%(table)s AS regclass) AND NOT i.indisunique AND NOT i.indisexclusion
ORDER BY c.relname;
