CREATE SCHEMA planning;

-- The document is kept as the text its hash is of: whoever holds a copy can check it without asking us. Its id is
-- the beginning of that hash, so that the same answer, asked for twice, is one.
CREATE TABLE planning.answer (
    id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{20}$'),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    made_at timestamptz NOT NULL DEFAULT now(),
    language text NOT NULL CHECK (language IN ('vi', 'en')),
    document text NOT NULL,
    parcels bigint[] NOT NULL,
    synthetic boolean NOT NULL,
    CHECK (id = left(sha256, 20)),
    CHECK (sha256 = encode(sha256(convert_to(document, 'UTF8')), 'hex'))
);
CREATE INDEX ON planning.answer USING gin (parcels);
COMMENT ON COLUMN planning.answer.parcels IS 'The features of layer parcels it speaks of.';

-- A statement of planning information: an answer that an officer signed, under a number of its year.
CREATE TABLE planning.statement (
    year integer NOT NULL CHECK (year BETWEEN 2000 AND 9999),
    number integer NOT NULL CHECK (number > 0),
    answer_id text NOT NULL UNIQUE REFERENCES planning.answer (id),
    signed_by text NOT NULL CHECK (signed_by <> ''),
    officer text NOT NULL CHECK (officer <> '' AND length(officer) <= 100),
    office text NOT NULL CHECK (office <> '' AND length(office) <= 200),
    signed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (year, number)
);

CREATE TABLE planning.remark (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    answer_id text NOT NULL REFERENCES planning.answer (id),
    place text NOT NULL CHECK (length(place) <= 200),
    words text NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
    filed_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    closed_by text,
    outcome text CHECK (length(outcome) <= 2000),
    CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
    CHECK ((closed_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX ON planning.remark (answer_id);
CREATE INDEX ON planning.remark (filed_at) WHERE closed_at IS NULL;
COMMENT ON COLUMN planning.remark.place IS 'The line of the answer, as a JSON pointer into its document.';

CREATE FUNCTION planning.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'planning.% is kept as it was made: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = 'Make a new answer.';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON planning.answer
    FOR EACH STATEMENT EXECUTE FUNCTION planning.refuse_rewriting();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON planning.statement
    FOR EACH STATEMENT EXECUTE FUNCTION planning.refuse_rewriting();

-- So many of one answer wait at most; who files one more hears that it is being looked into.
CREATE FUNCTION planning.file_remark(answer text, line text, said text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = planning, core, pg_temp AS $$
DECLARE
    filed bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('planning.remark ' || answer, 0));
    IF (SELECT count(*) FROM planning.remark r WHERE r.answer_id = answer AND r.closed_at IS NULL) >= 20 THEN
        RETURN NULL;
    END IF;
    INSERT INTO planning.remark (answer_id, place, words) VALUES (answer, line, said) RETURNING id INTO filed;
    INSERT INTO core.notice (kind, subject, layer, text_vi, text_en, roles)
    VALUES ('planning-remark', answer, 'zoning',
            'Có phản ánh về kết quả tra cứu quy hoạch ' || answer || ', cần xem xét.',
            'Somebody says that planning answer ' || answer || ' is wrong; it waits to be looked into.',
            ARRAY['steward', 'admin'])
    ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO NOTHING;
    RETURN filed;
END $$;

CREATE FUNCTION planning.close_remark(remark bigint, who text, said text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = planning, core, pg_temp AS $$
DECLARE
    answer text;
BEGIN
    UPDATE planning.remark r SET closed_at = now(), closed_by = who, outcome = said
    WHERE r.id = remark AND r.closed_at IS NULL RETURNING r.answer_id INTO answer;
    UPDATE core.notice n SET cleared_at = now()
    WHERE n.kind = 'planning-remark' AND n.subject = answer AND n.cleared_at IS NULL
      AND NOT EXISTS (SELECT FROM planning.remark r WHERE r.answer_id = answer AND r.closed_at IS NULL);
    RETURN answer;
END $$;

REVOKE ALL ON FUNCTION planning.file_remark(text, text, text), planning.close_remark(bigint, text, text) FROM PUBLIC;
GRANT USAGE ON SCHEMA planning TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin;
GRANT SELECT ON planning.answer TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin;
GRANT SELECT (year, number, answer_id, officer, office, signed_at) ON planning.statement TO gis_public, gis_planner,
    gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;
GRANT SELECT (signed_by) ON planning.statement TO gis_auditor, gis_admin;
GRANT INSERT (id, sha256, language, document, parcels, synthetic) ON planning.answer TO gis_public, gis_planner,
    gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;
GRANT INSERT (year, number, answer_id, signed_by, officer, office) ON planning.statement TO gis_planner, gis_admin;
GRANT EXECUTE ON FUNCTION planning.file_remark(text, text, text) TO gis_public, gis_planner, gis_permit,
    gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;
GRANT SELECT ON planning.remark TO gis_planner, gis_steward, gis_auditor, gis_admin;
GRANT EXECUTE ON FUNCTION planning.close_remark(bigint, text, text) TO gis_steward, gis_admin;
