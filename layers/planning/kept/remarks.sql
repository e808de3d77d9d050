-- name: file
SELECT planning.file_remark(%(answer)s, %(line)s, %(said)s);

-- name: list
SELECT r.id, r.answer_id, r.place, r.words, r.filed_at, r.closed_at, r.closed_by, r.outcome
FROM planning.remark r
WHERE r.closed_at IS NULL OR NOT %(open_only)s
ORDER BY r.closed_at IS NOT NULL, r.filed_at, r.id LIMIT %(limit)s;

-- name: close
SELECT planning.close_remark(%(remark)s, %(who)s, %(said)s);
