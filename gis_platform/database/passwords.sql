-- A new city, and which of the logins are there already and may connect to it.
-- name: logins_of_others
SELECT to_regclass('core.city') IS NULL,
       ARRAY(SELECT CAST(rolname AS text) FROM pg_roles
             WHERE rolname = ANY (CAST(%(names)s AS text[])) AND rolcanlogin
               AND has_database_privilege(oid, current_database(), 'CONNECT'));

-- Of a database that is not ours to close nothing is asked.
-- name: is_open
SELECT pg_has_role(d.datdba, 'USAGE')
       AND (has_database_privilege('public', d.oid, 'CONNECT') OR has_database_privilege('public', d.oid, 'TEMPORARY')
            OR NOT (SELECT bool_and(has_database_privilege(name, d.oid, 'CONNECT'))
                    FROM unnest(CAST(%(names)s AS text[])) AS name)),
       d.datname
FROM pg_database d WHERE d.datname = current_database();
