-- One number after the other: who signs waits for whoever is signing.
-- name: turn
SELECT pg_advisory_xact_lock(hashtextextended('planning.statement', 0));

-- name: sign
INSERT INTO planning.statement (year, number, answer_id, signed_by, officer, office)
SELECT %(year)s, 1 + coalesce((SELECT max(number) FROM planning.statement WHERE year = %(year)s), 0),
       %(answer_id)s, %(who)s, %(officer)s, %(office)s
RETURNING number;

-- name: next
SELECT 1 + coalesce(max(number), 0) FROM planning.statement WHERE year = %(year)s;
