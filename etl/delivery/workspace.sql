-- name: see_one_state
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;

-- name: make
CREATE SCHEMA {schema};

-- name: enter
SELECT set_config('search_path', %(path)s, true);

-- name: open
GRANT USAGE ON SCHEMA {schema} TO {roles};
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {roles};
GRANT UPDATE (decision) ON {schema}.change TO {roles};

-- name: drop
DROP SCHEMA IF EXISTS {schema} CASCADE;

-- name: is_there
SELECT to_regclass(%(table)s) IS NOT NULL;

-- name: counted
SELECT count(*) FROM {staged};
