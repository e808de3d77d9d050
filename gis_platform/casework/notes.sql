-- name: write
INSERT INTO casework.note (case_id, by, words) VALUES (%(case_id)s, %(by)s, %(words)s) RETURNING id;

-- name: of_case
SELECT id, at, by, words FROM casework.note WHERE case_id = %(case_id)s ORDER BY id;
