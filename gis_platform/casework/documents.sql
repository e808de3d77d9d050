-- name: add
INSERT INTO casework.document (case_id, kind, name, media_type, size_bytes, sha256, added_by)
VALUES (%(case_id)s, %(kind)s, %(name)s, %(media_type)s, %(size)s, %(sha256)s, %(by)s) RETURNING id;

-- name: of_case
SELECT id, kind, name, media_type, size_bytes, sha256, added_at, added_by
FROM casework.document WHERE case_id = %(case_id)s ORDER BY id;

-- name: one
SELECT id, kind, name, media_type, size_bytes, sha256 FROM casework.document
WHERE case_id = %(case_id)s AND id = %(document)s;
