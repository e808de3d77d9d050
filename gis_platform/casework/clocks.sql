-- name: of_case
SELECT k.id, k.name, k.counts, k.days, k.rule, k.started_on, k.stopped_on, k.due_on, k.working,
       (SELECT jsonb_agg(jsonb_build_object('from_on', p.from_on, 'until_on', p.until_on, 'reason', p.reason)
                         ORDER BY p.number) FROM casework.pause p WHERE p.clock_id = k.id) AS pauses
FROM casework.clock k WHERE k.case_id = %(case_id)s ORDER BY k.id;

-- name: start
INSERT INTO casework.clock (case_id, name, counts, days, rule, started_on, due_on, working)
VALUES (%(case_id)s, %(name)s, %(counts)s, %(days)s, CAST(%(rule)s AS jsonb), %(started_on)s, %(due_on)s,
        CAST(%(working)s AS jsonb)) RETURNING id;

-- name: stop
UPDATE casework.clock SET stopped_on = %(on)s WHERE id = %(clock)s RETURNING id;

-- name: run_again
UPDATE casework.clock SET stopped_on = NULL WHERE id = %(clock)s RETURNING id;

-- name: stop_all
UPDATE casework.clock SET stopped_on = %(on)s WHERE case_id = %(case_id)s AND stopped_on IS NULL RETURNING id;

-- name: pause
INSERT INTO casework.pause (clock_id, from_on, reason, number)
SELECT %(clock)s, %(on)s, %(reason)s, 1 + count(*) FROM casework.pause WHERE clock_id = %(clock)s RETURNING number;

-- name: resume
UPDATE casework.pause SET until_on = greatest(from_on, %(on)s) WHERE clock_id = %(clock)s AND until_on IS NULL
RETURNING number;

-- name: counted
UPDATE casework.clock SET due_on = %(due_on)s, working = CAST(%(working)s AS jsonb) WHERE id = %(clock)s RETURNING id;

-- name: earliest
SELECT min(due_on) FROM casework.clock WHERE case_id = %(case_id)s AND stopped_on IS NULL;
