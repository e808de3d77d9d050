-- Rows that the transaction may see: those that came on line, of the filing whose key it holds.
-- name: held
SELECT count(*) AS files, coalesce(sum(size_bytes), 0) AS size FROM casework.document WHERE case_id = %(case_id)s;

-- name: same
SELECT id FROM casework.document WHERE case_id = %(case_id)s AND kind = %(kind)s AND sha256 = %(sha256)s;

-- name: of_filing
SELECT kind, name, size_bytes, added_at FROM casework.document WHERE case_id = %(case_id)s ORDER BY id;
