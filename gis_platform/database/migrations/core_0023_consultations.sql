-- Who was asked and what came of it is for every reader of a case; the words stand apart, for those who handle it.
CREATE TABLE casework.consultation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint NOT NULL REFERENCES casework.case_file (id),
    body text NOT NULL CHECK (body <> '' AND length(body) <= 200),
    counts text NOT NULL CHECK (counts IN ('working', 'calendar')),
    days integer CHECK (days BETWEEN 1 AND 3650),
    rule jsonb NOT NULL CHECK (jsonb_typeof(rule) = 'object'),
    asked_on date NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    asked_by text NOT NULL CHECK (asked_by <> ''),
    due_on date,
    working jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(working) = 'array')
);
COMMENT ON COLUMN casework.consultation.due_on IS
    'Null where no rule is loaded for the day: then silence is no answer. Else silence past it reads as consent.';
CREATE INDEX ON casework.consultation (case_id);
CREATE TABLE casework.consultation_answer (
    consultation_id bigint PRIMARY KEY REFERENCES casework.consultation (id),
    answer text NOT NULL CHECK (answer IN ('agrees', 'conditions', 'objects')),
    answered_on date NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    written_by text NOT NULL CHECK (written_by <> '')
);
COMMENT ON COLUMN casework.consultation_answer.answered_on IS 'When the answer came: it may be written down later.';
CREATE TABLE casework.consultation_words (
    consultation_id bigint NOT NULL REFERENCES casework.consultation (id),
    part text NOT NULL CHECK (part IN ('question', 'answer')),
    words text NOT NULL CHECK (length(words) BETWEEN 1 AND 4000),
    PRIMARY KEY (consultation_id, part)
);

-- Append only; a changed calendar counts the due day anew, and changes nothing else.
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE
    OR UPDATE OF id, case_id, body, counts, days, rule, asked_on, asked_at, asked_by ON casework.consultation
    FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON casework.consultation_answer
    FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON casework.consultation_words
    FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse_rewriting();

GRANT SELECT ON casework.consultation, casework.consultation_answer, casework.consultation_words
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;
GRANT INSERT (case_id, body, counts, days, rule, asked_on, asked_by, due_on, working) ON casework.consultation
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT INSERT (consultation_id, answer, answered_on, written_by) ON casework.consultation_answer
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT INSERT (consultation_id, part, words) ON casework.consultation_words
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT SELECT ON casework.consultation, casework.consultation_answer TO gis_app;
GRANT UPDATE (due_on, working) ON casework.consultation TO gis_app;

ALTER TABLE casework.consultation ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.consultation_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.consultation_words ENABLE ROW LEVEL SECURITY;
CREATE POLICY looked_at ON casework.consultation FOR SELECT USING (casework.reads(case_id));
CREATE POLICY asked ON casework.consultation FOR INSERT WITH CHECK (casework.handles(case_id));
CREATE POLICY of_the_application ON casework.consultation TO gis_app USING (true);
CREATE POLICY looked_at ON casework.consultation_answer FOR SELECT
    USING (EXISTS (SELECT FROM casework.consultation c WHERE c.id = consultation_id));
CREATE POLICY written ON casework.consultation_answer FOR INSERT
    WITH CHECK (EXISTS (SELECT FROM casework.consultation c WHERE c.id = consultation_id AND casework.handles(c.case_id)));
CREATE POLICY of_the_application ON casework.consultation_answer FOR SELECT TO gis_app USING (true);
CREATE POLICY looked_at ON casework.consultation_words FOR SELECT
    USING (EXISTS (SELECT FROM casework.consultation c WHERE c.id = consultation_id AND casework.handles(c.case_id)));
CREATE POLICY written ON casework.consultation_words FOR INSERT
    WITH CHECK (EXISTS (SELECT FROM casework.consultation c WHERE c.id = consultation_id AND casework.handles(c.case_id)));

-- What anybody who has the code may know: how the days were counted, and of consultations how many there are and when
-- those are due that are not answered. Reasons of pauses are words to the applicant, and stay out.
DROP FUNCTION casework.track(text);
CREATE FUNCTION casework.track(asked text) RETURNS TABLE (
    workflow text, state text, unit_code text, waiting boolean, opened_at timestamptz, closed_at timestamptz,
    clocks jsonb, steps jsonb, answered integer, unanswered jsonb, synthetic boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT c.workflow, c.state, c.unit_code, c.waiting, c.opened_at, c.closed_at,
           (SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'name', k.name, 'started_on', k.started_on, 'due_on', k.due_on, 'stopped_on', k.stopped_on,
                       'days', k.days, 'counts', k.counts, 'rule', k.rule, 'working', k.working,
                       'paused', k.stopped_on IS NULL AND EXISTS (
                           SELECT FROM casework.pause p WHERE p.clock_id = k.id AND p.until_on IS NULL))
                   ORDER BY k.id), '[]')
            FROM casework.clock k WHERE k.case_id = c.id),
           (SELECT coalesce(jsonb_agg(jsonb_build_object('at', j.at, 'state', j.detail ->> 'to') ORDER BY j.seq), '[]')
            FROM casework.journal j WHERE j.case_id = c.id AND j.action IN ('case.opened', 'case.moved')),
           (SELECT CAST(count(*) AS integer) FROM casework.consultation o
            JOIN casework.consultation_answer a ON a.consultation_id = o.id WHERE o.case_id = c.id),
           (SELECT coalesce(jsonb_agg(o.due_on), '[]') FROM casework.consultation o
            LEFT JOIN casework.consultation_answer a ON a.consultation_id = o.id
            WHERE o.case_id = c.id AND a.consultation_id IS NULL),
           c.synthetic
    FROM casework.case_file c WHERE c.code = asked;
END;
REVOKE ALL ON FUNCTION casework.track(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.track(text) TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;
