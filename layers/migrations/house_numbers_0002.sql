-- The paper of a given number, as it was printed; a person is not on it. What it says is never changed: it holds, or it
-- is superseded from a moment on.
CREATE TABLE numbering.certificate (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[2-9ACEFHJKMPRTVWXY]{12}$'),
    house_id bigint NOT NULL,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by text NOT NULL CHECK (made_by <> ''),
    superseded_at timestamptz,
    superseded_why text CHECK (superseded_why IN ('changed', 'retired', 'replaced')),
    CHECK ((superseded_at IS NULL) = (superseded_why IS NULL))
);
CREATE UNIQUE INDEX one_current_certificate ON numbering.certificate (house_id) WHERE superseded_at IS NULL;
COMMENT ON TABLE numbering.certificate IS 'At most one holds for a house.';

CREATE FUNCTION numbering.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL
       AND (NEW.id, NEW.code, NEW.house_id, NEW.content, NEW.made_at, NEW.made_by)
           = (OLD.id, OLD.code, OLD.house_id, OLD.content, OLD.made_at, OLD.made_by) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'numbering.certificate is kept as it was printed: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER as_printed BEFORE UPDATE OR DELETE ON numbering.certificate
    FOR EACH ROW EXECUTE FUNCTION numbering.refuse_rewriting();

-- Whoever changes a number, by whatever way: its paper holds no longer.
CREATE FUNCTION numbering.supersede_certificate() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE numbering.certificate c SET superseded_at = now(),
        superseded_why = CASE WHEN TG_OP = 'UPDATE' AND NEW.state = 'issued' THEN 'changed' ELSE 'retired' END
    WHERE c.house_id = OLD.id AND c.superseded_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER superseded_by_change
    AFTER UPDATE OF street_id, alley_path, number, suffix, address, state, parcel_id, document ON layer.house_numbers
    FOR EACH ROW WHEN ((OLD.street_id, OLD.alley_path, OLD.number, OLD.suffix, OLD.address, OLD.state, OLD.parcel_id,
                        OLD.document)
                       IS DISTINCT FROM (NEW.street_id, NEW.alley_path, NEW.number, NEW.suffix, NEW.address, NEW.state,
                                         NEW.parcel_id, NEW.document))
    EXECUTE FUNCTION numbering.supersede_certificate();
CREATE TRIGGER superseded_by_removal AFTER DELETE ON layer.house_numbers
    FOR EACH ROW EXECUTE FUNCTION numbering.supersede_certificate();

-- A new paper takes the place of the one before.
CREATE FUNCTION numbering.certify(asked_code text, house bigint, told jsonb, who text) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    PERFORM FROM layer.house_numbers h WHERE h.id = house AND h.state = 'issued' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE numbering.certificate c SET superseded_at = now(), superseded_why = 'replaced'
    WHERE c.house_id = house AND c.superseded_at IS NULL;
    INSERT INTO numbering.certificate (code, house_id, content, made_by) VALUES (asked_code, house, told, who)
    RETURNING id INTO made;
    RETURN made;
END $$;
-- For whoever holds the paper: by its code alone.
CREATE FUNCTION numbering.certificate_of(asked text) RETURNS TABLE (
    code text, content jsonb, sha256 bytea, made_at timestamptz, superseded_at timestamptz, superseded_why text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT c.code, c.content, sha256(convert_to(CAST(c.content AS text), 'UTF8')), c.made_at, c.superseded_at, c.superseded_why
    FROM numbering.certificate c WHERE c.code = asked;
END;

-- What was kept for a lot and never given is nobody's number: it goes, and the layer's history tells that it was kept.
CREATE FUNCTION numbering.release_number(house bigint) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM layer.house_numbers h WHERE h.id = house AND h.state IN ('planned', 'reserved');
    RETURN FOUND;
END $$;

REVOKE ALL ON FUNCTION numbering.release_number(bigint), numbering.refuse_rewriting(), numbering.supersede_certificate(),
    numbering.certify(text, bigint, jsonb, text), numbering.certificate_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION numbering.certify(text, bigint, jsonb, text), numbering.release_number(bigint) TO gis_permit, gis_admin;
GRANT EXECUTE ON FUNCTION numbering.certificate_of(text) TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;
GRANT SELECT (code, house_id, superseded_at) ON numbering.certificate TO gis_permit, gis_admin;
