-- A rule is never changed in place: a correction closes its row and adds another, so that an old answer can still
-- show what it was made by. Days are whole: effective_to is the last one on which it holds.
CREATE TABLE core.rule (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*$' AND length(code) <= 80),
    title_vi text NOT NULL CHECK (title_vi <> '' AND length(title_vi) <= 200),
    title_en text NOT NULL CHECK (title_en <> '' AND length(title_en) <= 200),
    value jsonb NOT NULL CHECK (jsonb_typeof(value) = 'object'),
    document text NOT NULL CHECK (document <> '' AND length(document) <= 200),
    article text NOT NULL CHECK (article <> '' AND length(article) <= 200),
    effective_from date NOT NULL,
    effective_to date CHECK (effective_to >= effective_from),
    replaced_by text CHECK (replaced_by <> '' AND length(replaced_by) <= 200),
    reading text NOT NULL CHECK (reading IN ('seen', 'unverified')),
    verified_by text CHECK (verified_by <> '' AND length(verified_by) <= 200),
    note_vi text CHECK (note_vi <> '' AND length(note_vi) <= 1000),
    note_en text CHECK (note_en <> '' AND length(note_en) <= 1000),
    recorded_by text NOT NULL CHECK (recorded_by <> '' AND length(recorded_by) <= 200),
    recorded_from timestamptz NOT NULL DEFAULT now(),
    recorded_to timestamptz CHECK (recorded_to >= recorded_from),
    CHECK ((note_vi IS NULL) = (note_en IS NULL)),
    CONSTRAINT rule_holds_alone EXCLUDE USING gist (
        code WITH =, daterange(effective_from, effective_to, '[]') WITH &&,
        tstzrange(recorded_from, recorded_to) WITH &&)
);
COMMENT ON TABLE core.rule IS 'Dated rules; the one in force on the day of the fact is used, never today''s.';
COMMENT ON COLUMN core.rule.reading IS 'seen: read in a copy of the text; unverified: inferred, or partly illegible there.';
COMMENT ON COLUMN core.rule.verified_by IS 'Who held it against the official text; null: nobody has.';
COMMENT ON COLUMN core.rule.replaced_by IS 'The document that follows it, whether its rules are loaded or not.';
COMMENT ON COLUMN core.rule.recorded_by IS 'set:<name> for a set that comes with the city''s profile, else who entered it.';

CREATE FUNCTION core.refuse_changing_a_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.recorded_to IS NULL AND NEW.recorded_to IS NOT NULL
           AND to_jsonb(NEW) - 'recorded_to' = to_jsonb(OLD) - 'recorded_to' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'core.rule keeps every version: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Close the row by setting recorded_to, and insert the corrected rule.';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON core.rule
    FOR EACH ROW EXECUTE FUNCTION core.refuse_changing_a_rule();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON core.rule
    FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_changing_a_rule();

-- For each asked code that ever began by that day: the rule in force, or which document followed the one that ended.
-- A code that is not in the answer was never loaded. The value of a rule that has ended is not told.
CREATE FUNCTION core.rules_on(codes text[], day date) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(jsonb_object_agg(last.code, CASE
        WHEN last.effective_to < day THEN jsonb_build_object(
            'ended_on', last.effective_to, 'document', last.document, 'replaced_by', last.replaced_by)
        ELSE to_jsonb(last) - 'recorded_to' END), '{}')
    FROM (
        SELECT DISTINCT ON (r.code) r.*
        FROM core.rule r
        WHERE r.code = ANY (codes) AND r.recorded_to IS NULL AND r.effective_from <= day
        ORDER BY r.code, r.effective_from DESC
    ) last
$$;

GRANT SELECT ON core.rule TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin;
GRANT INSERT, UPDATE (recorded_to) ON core.rule TO gis_admin;
