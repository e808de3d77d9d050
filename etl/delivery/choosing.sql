-- name: part
SELECT 1 FROM change WHERE part = %(part)s LIMIT 1;

-- name: waiting
SELECT count(*) FROM change
WHERE (CAST(%(parts)s AS text[]) IS NULL OR part = ANY (%(parts)s)) AND confidence < %(least)s AND decision IS NULL;

-- name: drop_doing
DROP TABLE IF EXISTS pg_temp.doing, pg_temp.left_alone;

-- What people edited since stays as it is, unless a person says that the file corrects it.
-- name: make_left_alone
CREATE TEMPORARY TABLE left_alone ON COMMIT DROP AS
SELECT change_no, row_no FROM change
WHERE (CAST(%(parts)s AS text[]) IS NULL OR part = ANY (%(parts)s))
  AND coalesce(decision = 'kept' OR decision IS NULL AND evidence ? 'edited_on', false);

-- A change that a person called "not the same thing" becomes what its two sides are by themselves: the row of the
-- file is new, and the feature in force ends only by scope. New features get their numbers here, so that lineage
-- can name them.
-- name: make_doing
CREATE TEMPORARY TABLE doing ON COMMIT DROP AS
WITH chosen AS (
    SELECT change_no, row_no, id, coalesce(decision = 'separate', false) AS separate
    FROM change
    WHERE (CAST(%(parts)s AS text[]) IS NULL OR part = ANY (%(parts)s))
      AND change_no NOT IN (SELECT change_no FROM left_alone)
), doing AS (
    SELECT change_no, row_no, id FROM chosen WHERE NOT separate
    UNION ALL
    SELECT change_no, row_no, NULL FROM chosen WHERE separate AND row_no IS NOT NULL
    UNION ALL
    SELECT change_no, NULL, chosen.id FROM chosen WHERE separate AND chosen.id IS NOT NULL AND {in_scope}
)
SELECT change_no, row_no, id,
       CASE WHEN id IS NULL THEN nextval(CAST(pg_get_serial_sequence(%(table)s, 'id') AS regclass)) END AS new_id
FROM (SELECT * FROM doing ORDER BY row_no) d;

-- name: in_scope
EXISTS (SELECT FROM {table} t WHERE t.id = chosen.id AND ({scope}) IN (SELECT DISTINCT {scope} FROM staged))

-- name: counted
SELECT count(*) FROM doing;

-- A row that became a feature is paired with it from now on: made anew, the difference leaves it out. One that was
-- left alone is no confirmation of what is in force.
-- name: forget_done
WITH unpaired AS (
    DELETE FROM paired p USING left_alone a WHERE p.row_no = a.row_no
), gone AS (
    DELETE FROM change
    WHERE change_no IN (SELECT change_no FROM doing UNION ALL SELECT change_no FROM left_alone)
    RETURNING change_no
)
SELECT (SELECT count(*) FROM change) - (SELECT count(*) FROM gone);
