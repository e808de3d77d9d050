-- name: listed
SELECT code, document, article, effective_from, effective_to, reading, verified_by, note_en
FROM core.rule
WHERE recorded_to IS NULL
  AND (CAST(%(day)s AS date) IS NULL
       OR daterange(effective_from, effective_to, '[]') @> CAST(%(day)s AS date))
ORDER BY code, effective_from
