-- name: tables
SELECT to_regclass('public.alembic_version') IS NOT NULL, to_regclass('core.demo_load') IS NOT NULL;

-- name: versions
SELECT version_num FROM public.alembic_version;

-- name: demo_loaded
SELECT parcels FROM core.demo_load;
