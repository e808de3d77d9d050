-- name: append
INSERT INTO casework.journal (case_id, action, detail)
VALUES (%(case_id)s, %(action)s, CAST(%(detail)s AS jsonb)) RETURNING seq;

-- name: entries
SELECT seq, at, actor, action, detail FROM casework.journal WHERE case_id = %(case_id)s ORDER BY seq;

-- name: chain
SELECT seq, CAST(extract(epoch FROM at) * 1000000 AS bigint) AS at_us, actor, role, action, subject,
       CAST(detail AS text) AS detail, previous, hash
FROM casework.journal WHERE case_id = %(case_id)s ORDER BY seq;
