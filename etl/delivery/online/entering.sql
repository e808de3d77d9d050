-- Open, or the newest that is in force: then the same file would change nothing.
-- name: same
SELECT d.id FROM core.delivery d
WHERE d.layer = %(layer)s AND d.sha256 = %(sha256)s AND d.source_date = %(source_date)s AND d.kind = 'delivery'
  AND (d.status IN ('received', 'preparing', 'ready', 'approved', 'partly_applied')
       OR d.status = 'applied' AND d.id = (SELECT max(n.id) FROM core.delivery n
                                           WHERE n.layer = d.layer AND n.status = 'applied'))
ORDER BY d.id DESC LIMIT 1;

-- name: enter
INSERT INTO core.delivery
    (layer, source, source_date, file_name, sha256, size_bytes, sender, received_by, status, asked)
VALUES
    (%(layer)s, %(source)s, %(source_date)s, %(file_name)s, %(sha256)s, %(size)s, %(sender)s, %(received_by)s,
     'received', CAST(%(asked)s AS jsonb))
RETURNING id;

-- name: keep
UPDATE core.delivery SET kept_file = %(kept_file)s WHERE id = %(id)s;
