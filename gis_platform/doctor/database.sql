-- name: schema_versions
SELECT version_num FROM public.alembic_version;
