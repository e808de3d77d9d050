ALTER TABLE planning.remark
    ADD COLUMN units text[] NOT NULL DEFAULT '{}',
    ADD COLUMN resolution text CHECK (resolution IN ('corrected', 'nothing_wrong', 'passed_on')),
    ADD CHECK (resolution IS NULL OR closed_at IS NOT NULL);
COMMENT ON COLUMN planning.remark.units IS 'Codes of the units in which the parcels of its answer lie.';
COMMENT ON COLUMN planning.remark.resolution IS 'What was done; NULL where only words were given.';

-- Not found by reading the documents each time: they are text, and there are years of them.
CREATE FUNCTION planning.units_of(answer text) RETURNS text[]
    LANGUAGE sql STABLE SET search_path = planning, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT p ->> 'unit_code'), '{}')
    FROM planning.answer a, jsonb_array_elements(CAST(a.document AS jsonb) -> 'parcels') p
    WHERE a.id = answer AND p ->> 'unit_code' IS NOT NULL
$$;
UPDATE planning.remark SET units = planning.units_of(answer_id);

CREATE OR REPLACE FUNCTION planning.file_remark(answer text, line text, said text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = planning, core, pg_temp AS $$
DECLARE
    filed bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('planning.remark ' || answer, 0));
    IF (SELECT count(*) FROM planning.remark r WHERE r.answer_id = answer AND r.closed_at IS NULL) >= 20 THEN
        RETURN NULL;
    END IF;
    INSERT INTO planning.remark (answer_id, place, words, units)
    VALUES (answer, line, said, planning.units_of(answer)) RETURNING id INTO filed;
    INSERT INTO core.notice (kind, subject, layer, text_vi, text_en, roles)
    VALUES ('planning-remark', answer, 'zoning',
            'Có phản ánh về kết quả tra cứu quy hoạch ' || answer || ', cần xem xét.',
            'Somebody says that planning answer ' || answer || ' is wrong; it waits to be looked into.',
            ARRAY['planner', 'steward', 'admin'])
    ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO NOTHING;
    RETURN filed;
END $$;
UPDATE core.notice SET roles = ARRAY['planner', 'steward', 'admin']
WHERE kind = 'planning-remark' AND cleared_at IS NULL;

DROP FUNCTION planning.close_remark(bigint, text, text);
CREATE FUNCTION planning.close_remark(remark bigint, who text, done text, said text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = planning, core, pg_temp AS $$
DECLARE
    answer text;
BEGIN
    UPDATE planning.remark r SET closed_at = now(), closed_by = who, resolution = done, outcome = said
    WHERE r.id = remark AND r.closed_at IS NULL RETURNING r.answer_id INTO answer;
    UPDATE core.notice n SET cleared_at = now()
    WHERE n.kind = 'planning-remark' AND n.subject = answer AND n.cleared_at IS NULL
      AND NOT EXISTS (SELECT FROM planning.remark r WHERE r.answer_id = answer AND r.closed_at IS NULL);
    RETURN answer;
END $$;
REVOKE ALL ON FUNCTION planning.units_of(text), planning.close_remark(bigint, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION planning.close_remark(bigint, text, text, text) TO gis_steward, gis_admin;
