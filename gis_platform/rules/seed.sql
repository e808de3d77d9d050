-- name: close_what_the_sets_no_longer_say
UPDATE core.rule r SET recorded_to = now()
WHERE r.recorded_to IS NULL AND r.recorded_by LIKE 'set:%%' AND NOT EXISTS (
    SELECT FROM jsonb_array_elements(CAST(%(stated)s AS jsonb)) s
    WHERE to_jsonb(r) - 'id' - 'recorded_from' - 'recorded_to' = s
);

-- name: write_what_is_missing
INSERT INTO core.rule (code, title_vi, title_en, value, document, article, effective_from, effective_to,
                       replaced_by, reading, verified_by, note_vi, note_en, recorded_by)
SELECT s.* FROM jsonb_to_recordset(CAST(%(stated)s AS jsonb)) s (
    code text, title_vi text, title_en text, value jsonb, document text, article text, effective_from date,
    effective_to date, replaced_by text, reading text, verified_by text, note_vi text, note_en text,
    recorded_by text)
WHERE NOT EXISTS (
    SELECT FROM core.rule r
    WHERE r.recorded_to IS NULL AND r.code = s.code
      AND daterange(r.effective_from, r.effective_to, '[]') && daterange(s.effective_from, s.effective_to, '[]')
)
