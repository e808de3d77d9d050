-- name: keep
INSERT INTO planning.answer (id, sha256, language, document, parcels, synthetic, understood)
VALUES (%(id)s, %(sha256)s, %(language)s, %(document)s, CAST(%(parcels)s AS bigint[]), %(synthetic)s, true)
ON CONFLICT (id) DO NOTHING RETURNING made_at;

-- name: known
SELECT a.made_at, s.year, s.number, s.officer, s.office, s.signed_at
FROM planning.answer a LEFT JOIN planning.statement s ON s.answer_id = a.id WHERE a.id = %(id)s;

-- name: open
SELECT a.id, a.sha256, a.made_at, a.language, d.document, d.withheld, s.year, s.number, s.officer, s.office, s.signed_at
FROM planning.answer a CROSS JOIN LATERAL planning.shown(a.id) d LEFT JOIN planning.statement s ON s.answer_id = a.id
WHERE a.id = %(id)s;
