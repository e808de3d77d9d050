-- Answers from before kept `unit` as it was typed, with names and telephone numbers where people wrote them. A kept
-- answer is never altered, so that they stay in its text; from here on nobody reads that text but through `shown`.
-- What the program of before keeps while both are running is not known to be understood either.
ALTER TABLE planning.answer ADD COLUMN understood boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN planning.answer.understood IS 'Its question is kept as it was understood, with nothing else that was '
    'typed; where it is not, planning.shown leaves out what may be more than that.';

-- True for a text that is the code or the name of a unit and nothing else, and where nothing was said.
CREATE FUNCTION planning.is_unit(said text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT said IS NULL OR EXISTS (SELECT FROM layer.units_named(btrim(said)))
        OR EXISTS (SELECT FROM layer.parcels p WHERE p.unit_code = btrim(said))
$$;

-- The text of an answer without what may have been typed beside a unit, and where that stood (JSON pointers); the text
-- itself where nothing did. Notices that quote what was typed go with it.
CREATE FUNCTION planning.shown(answer_id text, OUT document text, OUT withheld text[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, planning, pg_temp AS $$
DECLARE
    held planning.answer;
    told jsonb;
    place integer;
BEGIN
    SELECT a.* INTO held FROM planning.answer a WHERE a.id = shown.answer_id;
    document := held.document;
    withheld := '{}';
    IF held.id IS NULL OR held.understood THEN
        RETURN;
    END IF;
    told := CAST(held.document AS jsonb);
    IF NOT planning.is_unit(told #>> '{query,unit}') THEN
        withheld := withheld || '/query/unit'::text;
        told := told #- '{query,unit}';
    END IF;
    IF jsonb_typeof(told #> '{query,parcels}') = 'array' THEN
        FOR place IN 0 .. jsonb_array_length(told #> '{query,parcels}') - 1 LOOP
            IF NOT planning.is_unit(told #>> ARRAY['query', 'parcels', place::text, 'unit']) THEN
                withheld := withheld || format('/query/parcels/%s/unit', place);
                told := told #- ARRAY['query', 'parcels', place::text, 'unit'];
            END IF;
        END LOOP;
    END IF;
    IF withheld <> '{}' AND jsonb_typeof(told -> 'notices') = 'array' THEN
        FOR place IN REVERSE jsonb_array_length(told -> 'notices') - 1 .. 0 LOOP
            IF told -> 'notices' ->> place ~ '(từng chỉ nhiều đơn vị|has meant several units)' THEN
                withheld := withheld || format('/notices/%s', place);
                told := told #- ARRAY['notices', place::text];
            END IF;
        END LOOP;
    END IF;
    IF withheld <> '{}' THEN
        document := CAST(told AS text);
    END IF;
END $$;

REVOKE SELECT ON planning.answer FROM gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin;
GRANT SELECT (id, sha256, made_at, language, parcels, synthetic, understood) ON planning.answer TO gis_public, gis_planner,
    gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;
GRANT INSERT (understood) ON planning.answer TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;
REVOKE ALL ON FUNCTION planning.shown(text), planning.is_unit(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION planning.shown(text) TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;
