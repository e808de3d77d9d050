-- name: server_facts
SELECT current_setting('server_version_num') AS version_num,
       pg_encoding_to_char(d.encoding) AS encoding,
       current_user AS role,
       current_database() AS database,
       r.rolsuper AS superuser,
       r.rolsuper OR r.rolcreaterole AS may_create_roles,
       has_database_privilege(d.oid, 'CREATE') AS may_create_schemas,
       -- null while PostGIS is not there yet: whoever creates it then owns the table
       has_table_privilege(to_regclass('public.spatial_ref_sys'), 'INSERT')
       AND has_table_privilege(to_regclass('public.spatial_ref_sys'), 'UPDATE') AS may_pin_grids
FROM pg_database AS d
CROSS JOIN pg_roles AS r
WHERE d.datname = current_database()
  AND r.rolname = current_user;

-- name: extension_facts
SELECT e.name,
       e.installed_version AS installed,
       e.default_version AS available,
       v.trusted
FROM pg_available_extensions AS e
JOIN pg_available_extension_versions AS v ON v.name = e.name AND v.version = e.default_version;
