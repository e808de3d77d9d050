-- name: day
SELECT kind, name, decision_no, confirmed, source, changed_at FROM core.calendar_day WHERE day = %(day)s;

-- name: of_year
SELECT day, kind, name, decision_no, confirmed, source, changed_at FROM core.calendar_day
WHERE day BETWEEN make_date(CAST(%(year)s AS integer), 1, 1) AND make_date(CAST(%(year)s AS integer), 12, 31)
ORDER BY day;

-- name: correct
INSERT INTO core.calendar_day (day, kind, name, decision_no, confirmed, source)
VALUES (%(day)s, %(kind)s, %(name)s, %(decision_no)s, %(confirmed)s, 'administrator')
ON CONFLICT (day) DO UPDATE
SET kind = excluded.kind, name = excluded.name, decision_no = excluded.decision_no, confirmed = excluded.confirmed,
    source = excluded.source, changed_at = now()
RETURNING day;
