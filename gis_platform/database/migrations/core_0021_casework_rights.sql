-- The role that the transaction took, without its prefix, and the unit that the caller works for.
CREATE FUNCTION casework.acting() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN substr(CAST(current_user AS text), 5);
-- '*' is the whole city. Who has no unit has no case of his own.
CREATE FUNCTION casework.own(unit_code text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('gis.unit', true), '') IN (unit_code, '*');
-- Asked once for a statement, so that a list of ten thousand cases does not ask for each.
CREATE FUNCTION casework.open_to(purpose text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT coalesce(array_agg(w.name), '{}') FROM casework.workflow w
            WHERE casework.acting() = ANY (CASE purpose WHEN 'read' THEN w.readers WHEN 'open' THEN w.openers
                                                        ELSE w.handlers END));

-- A state is left by a declared move alone, by who may make it; an end stays an end, and no version is passed over.
CREATE FUNCTION casework.refuse_undeclared() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    acting text := substr(coalesce(nullif(current_setting('role'), 'none'), session_user), 5);
    made record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM casework.workflow w WHERE w.name = NEW.workflow AND w.initial = NEW.state)
           OR NEW.closed_at IS NOT NULL OR NEW.version <> 1 THEN
            RAISE EXCEPTION 'a case of % does not begin in state %', NEW.workflow, NEW.state
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    -- The application counts anew, and has no right to change more. It knows no version: nobody's view is out of date by it.
    IF acting = 'app' THEN
        RETURN NEW;
    END IF;
    IF OLD.closed_at IS NOT NULL OR NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'case % is closed, or was changed since', OLD.code USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.state = OLD.state AND NEW.closed_at IS NULL AND casework.own(OLD.unit_code) THEN
        RETURN NEW;
    END IF;
    SELECT m.* INTO made FROM casework.move m
    WHERE m.workflow = OLD.workflow AND m.from_state = OLD.state AND m.to_state = NEW.state
      AND acting = ANY (m.roles) AND (NOT m.own_unit OR casework.own(OLD.unit_code))
      AND m.ends = (NEW.closed_at IS NOT NULL)
    LIMIT 1;
    IF made IS NULL THEN
        RAISE EXCEPTION 'no move of % leads from % to % for the role % and its unit', OLD.workflow, OLD.state, NEW.state,
            acting USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER declared BEFORE INSERT OR UPDATE ON casework.case_file
    FOR EACH ROW EXECUTE FUNCTION casework.refuse_undeclared();

-- What anybody who has the code may know: no name, no place, no officer.
CREATE FUNCTION casework.track(asked text) RETURNS TABLE (
    workflow text, state text, unit_code text, waiting boolean, opened_at timestamptz, closed_at timestamptz,
    clocks jsonb, steps jsonb, synthetic boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT c.workflow, c.state, c.unit_code, c.waiting, c.opened_at, c.closed_at,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'due_on', k.due_on, 'stopped_on', k.stopped_on,
                                                         'days', k.days, 'counts', k.counts, 'rule', k.rule)
                                      ORDER BY k.id), '[]')
            FROM casework.clock k WHERE k.case_id = c.id),
           (SELECT coalesce(jsonb_agg(jsonb_build_object('at', j.at, 'state', j.detail ->> 'to') ORDER BY j.seq), '[]')
            FROM casework.journal j WHERE j.case_id = c.id AND j.action IN ('case.opened', 'case.moved')),
           c.synthetic
    FROM casework.case_file c WHERE c.code = asked;
END;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA casework FROM PUBLIC;
GRANT USAGE ON SCHEMA casework TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin, gis_app;
GRANT EXECUTE ON FUNCTION casework.track(text) TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;
GRANT EXECUTE ON FUNCTION casework.acting(), casework.own(text), casework.open_to(text) TO gis_planner, gis_permit,
    gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin, gis_app;
GRANT SELECT ON casework.workflow, casework.move, casework.case_file, casework.clock, casework.pause, casework.journal,
    casework.note, casework.document, casework.applicant
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;
GRANT INSERT (code, workflow, state, unit_code, place, details, subject_layer, subject_id, subject_seen, channel,
              due_on, opened_by, synthetic),
      UPDATE (state, assigned_to, version, waiting, due_on, closed_at, subject_seen) ON casework.case_file
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT INSERT (case_id, workflow, unit_code, name, id_number, phone, email, address, consent) ON casework.applicant
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT INSERT (case_id, name, counts, days, rule, started_on, due_on, working), UPDATE (stopped_on, due_on, working)
    ON casework.clock
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT INSERT, UPDATE (until_on) ON casework.pause
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT INSERT (case_id, by, words) ON casework.note
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT INSERT (case_id, kind, name, media_type, size_bytes, sha256, added_by) ON casework.document
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
GRANT INSERT (case_id, action, detail) ON casework.journal
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin, gis_app;
GRANT SELECT ON casework.case_file, casework.clock, casework.pause, casework.workflow TO gis_app;
GRANT UPDATE (due_on) ON casework.case_file TO gis_app;
GRANT UPDATE (due_on, working) ON casework.clock TO gis_app;
GRANT SELECT, INSERT, UPDATE ON casework.calendar_counted TO gis_app;
GRANT SELECT ON core.calendar_day TO gis_app;

ALTER TABLE casework.case_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.applicant ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.pause ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.note ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.document ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework.journal ENABLE ROW LEVEL SECURITY;

-- Reading goes by workflow and role; writing by unit too. A move that is open to every unit is looked at by the trigger.
CREATE POLICY read_by_role ON casework.case_file FOR SELECT
    USING (workflow = ANY ((SELECT casework.open_to('read'))::text[]));
CREATE POLICY opened_in_unit ON casework.case_file FOR INSERT
    WITH CHECK (workflow = ANY ((SELECT casework.open_to('open'))::text[]) AND casework.own(unit_code));
CREATE POLICY changed_in_unit ON casework.case_file FOR UPDATE
    USING (workflow = ANY ((SELECT casework.open_to('handle'))::text[])
           AND (casework.own(unit_code) OR EXISTS (
               SELECT FROM casework.move m WHERE m.workflow = case_file.workflow AND m.from_state = case_file.state
               AND NOT m.own_unit AND casework.acting() = ANY (m.roles))))
    WITH CHECK (true);
CREATE POLICY of_the_application ON casework.case_file TO gis_app USING (true);

-- Of one's own unit and workflow: what only those who handle the case have use for.
CREATE FUNCTION casework.handles(wanted bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM casework.case_file c WHERE c.id = wanted AND casework.own(c.unit_code)
                   AND c.workflow = ANY ((SELECT casework.open_to('handle'))::text[]));
CREATE FUNCTION casework.reads(wanted bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM casework.case_file c WHERE c.id = wanted
                   AND c.workflow = ANY ((SELECT casework.open_to('read'))::text[]));
-- Who may make a move on it that is open to every unit writes with it: clocks, pauses, the journal.
CREATE FUNCTION casework.touches(wanted bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM casework.case_file c WHERE c.id = wanted
                   AND c.workflow = ANY ((SELECT casework.open_to('handle'))::text[] || (SELECT casework.open_to('open'))::text[])
                   AND (casework.own(c.unit_code) OR EXISTS (
                       SELECT FROM casework.move m WHERE m.workflow = c.workflow AND NOT m.own_unit
                       AND casework.acting() = ANY (m.roles))));
REVOKE ALL ON FUNCTION casework.handles(bigint), casework.reads(bigint), casework.touches(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.handles(bigint), casework.reads(bigint), casework.touches(bigint) TO gis_planner,
    gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin, gis_app;

CREATE POLICY looked_at ON casework.applicant FOR SELECT
    USING (casework.own(unit_code) AND workflow = ANY ((SELECT casework.open_to('handle'))::text[]));
CREATE POLICY filed ON casework.applicant FOR INSERT WITH CHECK (casework.touches(case_id));
CREATE POLICY looked_at ON casework.note FOR SELECT USING (casework.handles(case_id));
CREATE POLICY written ON casework.note FOR INSERT WITH CHECK (casework.touches(case_id));
CREATE POLICY looked_at ON casework.document FOR SELECT USING (casework.handles(case_id));
CREATE POLICY added ON casework.document FOR INSERT WITH CHECK (casework.touches(case_id));
CREATE POLICY looked_at ON casework.clock FOR SELECT USING (casework.reads(case_id));
CREATE POLICY started ON casework.clock FOR INSERT WITH CHECK (casework.touches(case_id));
CREATE POLICY changed ON casework.clock FOR UPDATE USING (casework.touches(case_id));
CREATE POLICY of_the_application ON casework.clock TO gis_app USING (true);
CREATE POLICY looked_at ON casework.pause FOR SELECT
    USING (EXISTS (SELECT FROM casework.clock k WHERE k.id = clock_id));
CREATE POLICY begun ON casework.pause FOR INSERT
    WITH CHECK (EXISTS (SELECT FROM casework.clock k WHERE k.id = clock_id AND casework.touches(k.case_id)));
CREATE POLICY ended ON casework.pause FOR UPDATE
    USING (EXISTS (SELECT FROM casework.clock k WHERE k.id = clock_id AND casework.touches(k.case_id)));
CREATE POLICY looked_at ON casework.journal FOR SELECT USING (casework.reads(case_id));
CREATE POLICY told ON casework.journal FOR INSERT WITH CHECK (casework.touches(case_id));
CREATE POLICY told_by_the_application ON casework.journal FOR INSERT TO gis_app WITH CHECK (true);
