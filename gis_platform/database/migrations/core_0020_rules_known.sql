-- For each asked code that ever began by that day: the rule in force, or which document followed the one that ended,
-- as it was recorded at the moment asked about. A code that is not in the answer was not loaded. The value of a rule
-- that has ended is not told.
DROP FUNCTION core.rules_on(text[], date);
CREATE FUNCTION core.rules_on(codes text[], day date, known_at timestamptz DEFAULT 'infinity') RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(jsonb_object_agg(last.code, CASE
        WHEN last.effective_to < day THEN jsonb_build_object(
            'ended_on', last.effective_to, 'document', last.document, 'replaced_by', last.replaced_by)
        ELSE to_jsonb(last) END), '{}')
    FROM (
        SELECT DISTINCT ON (r.code) r.id, r.code, r.title_vi, r.title_en, r.value, r.document, r.article,
               r.effective_from, r.effective_to, r.replaced_by, r.reading, r.verified_by, r.note_vi, r.note_en
        FROM core.rule r
        WHERE r.code = ANY (codes) AND r.effective_from <= day
          AND CASE WHEN known_at = 'infinity' THEN r.recorded_to IS NULL
                   ELSE r.recorded_from <= known_at AND (r.recorded_to IS NULL OR r.recorded_to > known_at) END
        ORDER BY r.code, r.effective_from DESC
    ) last
$$;

REVOKE SELECT ON core.rule FROM gis_public, gis_planner, gis_permit, gis_enforcement, gis_operator;
GRANT SELECT (id, code, title_vi, title_en, value, document, article, effective_from, effective_to, replaced_by,
              reading, verified_by, note_vi, note_en, recorded_from, recorded_to)
    ON core.rule TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_operator;
