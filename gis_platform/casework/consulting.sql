-- name: ask
INSERT INTO casework.consultation (case_id, body, counts, days, rule, asked_on, asked_by, due_on, working)
VALUES (%(case_id)s, %(body)s, %(counts)s, %(days)s, CAST(%(rule)s AS jsonb), %(asked_on)s, %(by)s, %(due_on)s,
        CAST(%(working)s AS jsonb)) RETURNING id;

-- name: words
INSERT INTO casework.consultation_words (consultation_id, part, words)
VALUES (%(consultation)s, %(part)s, %(words)s) RETURNING consultation_id;

-- name: answer
INSERT INTO casework.consultation_answer (consultation_id, answer, answered_on, written_by)
VALUES (%(consultation)s, %(answer)s, %(answered_on)s, %(by)s) RETURNING consultation_id;

-- name: one
SELECT c.id, c.body, c.asked_on, c.due_on, a.answer, a.written_by
FROM casework.consultation c LEFT JOIN casework.consultation_answer a ON a.consultation_id = c.id
WHERE c.case_id = %(case_id)s AND c.id = %(consultation)s;

-- The words of a case that the caller does not handle are hidden by the row policy, and null here.
-- name: of_case
SELECT c.id, c.body, q.words AS question, c.asked_on, c.asked_by, c.due_on, c.days, c.counts, c.rule, c.working,
       a.answer, w.words, a.answered_on, a.written_by
FROM casework.consultation c
LEFT JOIN casework.consultation_words q ON q.consultation_id = c.id AND q.part = 'question'
LEFT JOIN casework.consultation_answer a ON a.consultation_id = c.id
LEFT JOIN casework.consultation_words w ON w.consultation_id = c.id AND w.part = 'answer'
WHERE c.case_id = %(case_id)s ORDER BY c.id;

-- name: changed
UPDATE casework.case_file SET version = version + 1 WHERE id = %(case_id)s RETURNING version;
