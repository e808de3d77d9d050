-- One at a time: the row of the calendar is held until the end.
-- name: renew
INSERT INTO casework.calendar_counted AS known (fingerprint) VALUES (%(fingerprint)s)
ON CONFLICT (only_one) DO UPDATE SET fingerprint = excluded.fingerprint
WHERE known.fingerprint <> excluded.fingerprint;

-- name: running
SELECT k.id, k.case_id, k.name, k.counts, k.days, k.rule, k.started_on, k.stopped_on, k.due_on, k.working,
       (SELECT jsonb_agg(jsonb_build_object('from_on', p.from_on, 'until_on', p.until_on, 'reason', p.reason)
                         ORDER BY p.number) FROM casework.pause p WHERE p.clock_id = k.id) AS pauses
FROM casework.clock k JOIN casework.case_file c ON c.id = k.case_id
WHERE k.stopped_on IS NULL AND k.days IS NOT NULL AND c.closed_at IS NULL
ORDER BY c.id, k.id FOR UPDATE OF c;

-- name: counted
UPDATE casework.clock SET due_on = %(due_on)s, working = CAST(%(working)s AS jsonb) WHERE id = %(id)s;

-- Unanswered ones, as running clocks look: nothing pauses or stops them.
-- name: waiting
SELECT o.id, o.case_id, o.body AS name, o.counts, o.days, o.rule, o.asked_on AS started_on, CAST(NULL AS date) AS stopped_on,
       o.due_on, o.working, CAST(NULL AS jsonb) AS pauses
FROM casework.consultation o JOIN casework.case_file c ON c.id = o.case_id
WHERE o.days IS NOT NULL AND c.closed_at IS NULL
  AND NOT EXISTS (SELECT FROM casework.consultation_answer a WHERE a.consultation_id = o.id)
ORDER BY c.id, o.id FOR UPDATE OF c;

-- name: counted_consultation
UPDATE casework.consultation SET due_on = %(due_on)s, working = CAST(%(working)s AS jsonb) WHERE id = %(id)s;

-- name: case_due
UPDATE casework.case_file SET due_on = (SELECT min(k.due_on) FROM casework.clock k
                                        WHERE k.case_id = %(case_id)s AND k.stopped_on IS NULL)
WHERE id = %(case_id)s;

-- name: tell
INSERT INTO casework.journal (case_id, action, detail) VALUES (%(case_id)s, %(action)s, %(detail)s);
