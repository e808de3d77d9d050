-- A role of its own for what is filed without a sign-in: the application takes it for one transaction, and sees the one
-- filing whose key it holds. Nobody signs in as it, and the public role has nothing of it.
DO $$
BEGIN
    CREATE ROLE gis_filing NOINHERIT;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$;
GRANT gis_filing TO gis_app;

ALTER TABLE casework.workflow ADD COLUMN online boolean NOT NULL DEFAULT false;

-- Who filed for somebody else, and how that person agreed: on a signed paper, or aloud before the one who helped.
ALTER TABLE casework.applicant
    ADD COLUMN helped_by text CHECK (length(helped_by) BETWEEN 1 AND 200),
    ADD COLUMN agreed text CHECK (agreed IN ('signed', 'spoken')),
    ADD CONSTRAINT help_is_agreed_to CHECK ((helped_by IS NULL) = (agreed IS NULL));
COMMENT ON COLUMN casework.applicant.helped_by IS 'Who filed for the applicant: an officer at the desk, a member of a community digital group.';
GRANT INSERT (helped_by, agreed) ON casework.applicant
    TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;

-- The key opens one filing; only its hash is kept. It is written before its case, hence a reference looked at last.
CREATE TABLE casework.filing (
    code text PRIMARY KEY REFERENCES casework.case_file (code) DEFERRABLE INITIALLY DEFERRED,
    key_hash bytea NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    completed_at timestamptz
);
COMMENT ON COLUMN casework.filing.completed_at IS 'When the applicant last said that a supplement asked for is complete.';

CREATE FUNCTION casework.filing_key() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
    RETURN decode(coalesce(current_setting('gis.filing', true), ''), 'hex');
-- Asked as gis_filing it sees the filings of the key alone; only what came on line, so that a key made up for the
-- code of another case opens nothing.
CREATE FUNCTION casework.filed(wanted bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM casework.case_file c JOIN casework.filing f ON f.code = c.code
                   WHERE c.id = wanted AND c.channel = 'online' AND f.key_hash = casework.filing_key());
-- While papers may be added: nobody has taken the case up yet, or it waits for the applicant.
CREATE FUNCTION casework.filing_open(wanted bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM casework.case_file c JOIN casework.workflow w ON w.name = c.workflow
                   WHERE c.id = wanted AND c.closed_at IS NULL AND (c.waiting OR c.state = w.initial));
REVOKE ALL ON FUNCTION casework.filing_key(), casework.filed(bigint), casework.filing_open(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.filing_key(), casework.filed(bigint), casework.filing_open(bigint) TO gis_filing;

GRANT USAGE ON SCHEMA casework, core TO gis_filing;
GRANT SELECT ON casework.case_file, casework.clock, casework.pause TO gis_filing;
-- What the policies of the other roles ask: it is none of them, and no workflow names it.
GRANT SELECT ON casework.workflow, casework.move TO gis_filing;
GRANT EXECUTE ON FUNCTION casework.acting(), casework.own(text), casework.open_to(text), casework.handles(bigint),
    casework.reads(bigint), casework.touches(bigint) TO gis_filing;
GRANT SELECT (case_id, seq, at, action, detail) ON casework.journal TO gis_filing;
GRANT SELECT (id, case_id, kind, name, size_bytes, sha256, added_at, added_by) ON casework.document TO gis_filing;
GRANT SELECT, INSERT (code, key_hash), UPDATE (completed_at) ON casework.filing TO gis_filing;
GRANT INSERT (code, workflow, state, unit_code, place, details, subject_layer, subject_id, subject_seen, channel,
              due_on, opened_by, synthetic) ON casework.case_file TO gis_filing;
-- To hold the row while it is looked at; a policy lets no change through.
GRANT UPDATE (version) ON casework.case_file TO gis_filing;
GRANT INSERT (case_id, workflow, unit_code, name, id_number, phone, email, address, consent, helped_by, agreed)
    ON casework.applicant TO gis_filing;
GRANT INSERT (case_id, name, counts, days, rule, started_on, due_on, working) ON casework.clock TO gis_filing;
GRANT INSERT (case_id, kind, name, media_type, size_bytes, sha256, added_by) ON casework.document TO gis_filing;
GRANT INSERT (case_id, action, detail) ON casework.journal TO gis_filing;
GRANT INSERT (channel, content) ON core.outbox TO gis_filing;
GRANT INSERT (kind, subject, unit_code, text_vi, text_en, roles) ON core.notice TO gis_filing;
GRANT SELECT (code, completed_at) ON casework.filing TO gis_app;
GRANT SELECT (case_id, seq, at, action) ON casework.journal TO gis_app;

ALTER TABLE casework.filing ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_key ON casework.filing TO gis_filing USING (key_hash = casework.filing_key());
CREATE POLICY of_the_application ON casework.filing FOR SELECT TO gis_app USING (true);
CREATE POLICY of_the_key ON casework.case_file FOR SELECT TO gis_filing USING (
    channel = 'online'
    AND EXISTS (SELECT FROM casework.filing f WHERE f.code = case_file.code AND f.key_hash = casework.filing_key()));
CREATE POLICY filed_online ON casework.case_file FOR INSERT TO gis_filing WITH CHECK (
    channel = 'online' AND opened_by = '(online)' AND assigned_to IS NULL AND NOT waiting
    AND workflow IN (SELECT w.name FROM casework.workflow w WHERE w.online)
    AND EXISTS (SELECT FROM casework.filing f WHERE f.code = case_file.code AND f.key_hash = casework.filing_key()));
CREATE POLICY held ON casework.case_file FOR UPDATE TO gis_filing USING (channel = 'online');
CREATE POLICY never_changed ON casework.case_file AS RESTRICTIVE FOR UPDATE TO gis_filing
    USING (true) WITH CHECK (false);
CREATE POLICY filed_online ON casework.applicant FOR INSERT TO gis_filing WITH CHECK (casework.filed(case_id));
CREATE POLICY of_the_key ON casework.clock FOR SELECT TO gis_filing USING (casework.filed(case_id));
CREATE POLICY filed_online ON casework.clock FOR INSERT TO gis_filing WITH CHECK (casework.filed(case_id));
CREATE POLICY of_the_key ON casework.document FOR SELECT TO gis_filing
    USING (added_by = '(online)' AND casework.filed(case_id));
CREATE POLICY filed_online ON casework.document FOR INSERT TO gis_filing
    WITH CHECK (added_by = '(online)' AND casework.filed(case_id) AND casework.filing_open(case_id));
CREATE POLICY of_the_key ON casework.journal FOR SELECT TO gis_filing USING (casework.filed(case_id));
CREATE POLICY filed_online ON casework.journal FOR INSERT TO gis_filing WITH CHECK (
    action IN ('case.opened', 'document.added', 'supplement.told') AND casework.filed(case_id));
CREATE POLICY counted_by_the_application ON casework.journal FOR SELECT TO gis_app USING (true);
CREATE POLICY filed_online ON core.notice FOR INSERT TO gis_filing WITH CHECK (
    kind = 'case_completed' AND subject IN (SELECT c.code FROM casework.case_file c));
