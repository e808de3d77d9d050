-- What is meant to be built, as often as it was handed in, with the check of that moment. Nothing of it is changed.
CREATE TABLE permits.submission (
    case_id bigint NOT NULL REFERENCES casework.case_file (id),
    number integer NOT NULL CHECK (number > 0),
    parcel_id bigint NOT NULL,
    floors integer NOT NULL CHECK (floors > 0),
    height_m double precision NOT NULL CHECK (height_m > 0),
    use text NOT NULL CHECK (use <> ''),
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by text NOT NULL CHECK (made_by <> ''),
    answer jsonb NOT NULL CHECK (jsonb_typeof(answer) = 'object'),
    PRIMARY KEY (case_id, number)
);
DO $$
BEGIN
    EXECUTE format('ALTER TABLE permits.submission ADD COLUMN geom geometry(MultiPolygon, %s) NOT NULL', core.working_srid());
END $$;
COMMENT ON COLUMN permits.submission.answer IS 'The answer of the check as it was told then; it names no person.';

CREATE FUNCTION permits.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'permits.% is append only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON permits.submission
    FOR EACH STATEMENT EXECUTE FUNCTION permits.refuse_rewriting();
ALTER TABLE permits.submission ENABLE ROW LEVEL SECURITY;
CREATE POLICY looked_at ON permits.submission FOR SELECT USING (casework.handles(case_id));
CREATE POLICY handed_in ON permits.submission FOR INSERT WITH CHECK (casework.touches(case_id));
GRANT SELECT, INSERT (case_id, number, parcel_id, floors, height_m, use, made_by, answer, geom) ON permits.submission
    TO gis_permit, gis_admin;

-- The paper of a permit, as it was given out. What it says is never changed: it holds, or it holds no more from a moment on.
CREATE TABLE permits.paper (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[2-9ACEFHJKMPRTVWXY]{12}$'),
    permit_id bigint NOT NULL,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    signer text NOT NULL CHECK (signer <> ''),
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by text NOT NULL CHECK (made_by <> ''),
    ended_at timestamptz,
    ended_why text CHECK (ended_why IN ('changed', 'extended', 'replaced', 'revoked', 'removed')),
    CHECK ((ended_at IS NULL) = (ended_why IS NULL))
);
CREATE UNIQUE INDEX one_paper_a_permit ON permits.paper (permit_id) WHERE ended_at IS NULL;
COMMENT ON TABLE permits.paper IS 'At most one holds for a permit.';
COMMENT ON COLUMN permits.paper.signer IS 'Who signs: a name, beside what everybody may read.';

CREATE FUNCTION permits.keep_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
       AND (NEW.id, NEW.code, NEW.permit_id, NEW.content, NEW.signer, NEW.made_at, NEW.made_by)
           = (OLD.id, OLD.code, OLD.permit_id, OLD.content, OLD.signer, OLD.made_at, OLD.made_by) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'permits.paper is kept as it was printed: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER as_printed BEFORE UPDATE OR DELETE ON permits.paper
    FOR EACH ROW EXECUTE FUNCTION permits.keep_paper();

-- Whoever changes a permit, by whatever way: its paper holds no longer.
CREATE FUNCTION permits.end_paper() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE permits.paper c SET ended_at = now(),
        ended_why = CASE WHEN TG_OP = 'DELETE' THEN 'removed' WHEN NEW.state = 'revoked' THEN 'revoked'
                         WHEN NEW.extended > OLD.extended THEN 'extended' ELSE 'changed' END
    WHERE c.permit_id = OLD.id AND c.ended_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER ended_by_change
    AFTER UPDATE OF permit_no, kind, use, floors, height_m, footprint_m2, floor_area_m2, density_percent, far, ground_level,
        state, issued_on, start_by, extended, valid_until, parcel_id, unit_code, document, geom ON layer.building_permits
    FOR EACH ROW WHEN ((OLD.permit_no, OLD.kind, OLD.use, OLD.floors, OLD.height_m, OLD.footprint_m2, OLD.floor_area_m2,
                        OLD.density_percent, OLD.far, OLD.ground_level, OLD.state, OLD.issued_on, OLD.start_by, OLD.extended,
                        OLD.valid_until, OLD.parcel_id, OLD.unit_code, OLD.document, OLD.geom)
                       IS DISTINCT FROM
                       (NEW.permit_no, NEW.kind, NEW.use, NEW.floors, NEW.height_m, NEW.footprint_m2, NEW.floor_area_m2,
                        NEW.density_percent, NEW.far, NEW.ground_level, NEW.state, NEW.issued_on, NEW.start_by, NEW.extended,
                        NEW.valid_until, NEW.parcel_id, NEW.unit_code, NEW.document, NEW.geom))
    EXECUTE FUNCTION permits.end_paper();
CREATE TRIGGER ended_by_removal AFTER DELETE ON layer.building_permits
    FOR EACH ROW EXECUTE FUNCTION permits.end_paper();

-- A new paper takes the place of the one before.
CREATE FUNCTION permits.give_paper(asked_code text, permit bigint, told jsonb, who_signs text, who text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    PERFORM FROM layer.building_permits p
    WHERE p.id = permit AND p.state IN ('valid', 'adjusted') AND casework.own(p.unit_code) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE permits.paper c SET ended_at = now(), ended_why = 'replaced' WHERE c.permit_id = permit AND c.ended_at IS NULL;
    INSERT INTO permits.paper (code, permit_id, content, signer, made_by)
    VALUES (asked_code, permit, told, who_signs, who) RETURNING id INTO made;
    RETURN made;
END $$;

-- For whoever holds the paper: by its code alone. Beside what was printed, what has become of the permit.
CREATE FUNCTION permits.paper_of(asked text) RETURNS TABLE (
    code text, content jsonb, sha256 bytea, made_at timestamptz, ended_at timestamptz, ended_why text,
    start_by date, started_on date, valid_until date
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT c.code, c.content, sha256(convert_to(CAST(c.content AS text), 'UTF8')), c.made_at, c.ended_at, c.ended_why,
           p.start_by, p.started_on, p.valid_until
    FROM permits.paper c LEFT JOIN layer.building_permits p ON p.id = c.permit_id WHERE c.code = asked;
END;

REVOKE ALL ON FUNCTION permits.refuse_rewriting(), permits.keep_paper(), permits.end_paper(),
    permits.give_paper(text, bigint, jsonb, text, text), permits.paper_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION permits.give_paper(text, bigint, jsonb, text, text) TO gis_permit, gis_admin;
GRANT EXECUTE ON FUNCTION permits.paper_of(text) TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;
-- The register leads to the paper, which says no more than the register does.
GRANT SELECT (code, permit_id, ended_at) ON permits.paper TO gis_public, gis_planner, gis_permit, gis_enforcement,
    gis_steward, gis_operator, gis_auditor, gis_admin;
GRANT SELECT (signer) ON permits.paper TO gis_permit, gis_admin;
