-- A draft plan and what it would touch. Nothing in schema layer knows of it. What follows from a draft refers to
-- its number without a foreign key: a key would let a removal wait until the work on the draft is over.
CREATE TABLE planning.draft (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 200),
    uploaded_by text NOT NULL DEFAULT current_setting('gis.actor') CHECK (uploaded_by <> ''),
    uploaded_at timestamptz NOT NULL DEFAULT now(),
    file_name text NOT NULL,
    size_bytes bigint NOT NULL CHECK (size_bytes > 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    kept_file text,
    asked jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'working', 'done', 'refused', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    step text NOT NULL DEFAULT '',
    steps_done bigint NOT NULL DEFAULT 0,
    steps_total bigint,
    read_as jsonb,
    findings jsonb NOT NULL DEFAULT '[]',
    reason jsonb,
    totals jsonb,
    extent double precision[] CHECK (cardinality(extent) = 4),
    computed_at timestamptz,
    CHECK (state <> 'done' OR totals IS NOT NULL)
);
COMMENT ON COLUMN planning.draft.asked IS 'How the file is to be read, as whoever uploaded it said.';
COMMENT ON COLUMN planning.draft.read_as IS 'How it was read: form, grid and how that is known, columns.';
COMMENT ON COLUMN planning.draft.extent IS 'West, south, east, north of its zones in degrees.';

CREATE TABLE planning.draft_zone (
    draft_id bigint NOT NULL,
    zone_no integer NOT NULL,
    file_layer text NOT NULL,
    row_no bigint NOT NULL,
    element text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('zone', 'road', 'waterway_corridor', 'power_corridor', 'heritage', 'corridor')),
    code text,
    title text,
    function_code text,
    function_name text,
    function_from text NOT NULL CHECK (function_from IN ('column', 'layer', 'text', 'name', 'none')),
    function_known boolean NOT NULL,
    max_density_pct double precision,
    floors_min integer,
    floors_max integer,
    height_max_m double precision,
    far_max double precision,
    geom geometry(MultiPolygon) NOT NULL,
    PRIMARY KEY (draft_id, zone_no)
);
CREATE INDEX ON planning.draft_zone USING gist (geom);
COMMENT ON COLUMN planning.draft_zone.element IS 'Its number in the file: the fid, or the handle in a drawing.';

CREATE TABLE planning.draft_unread (
    draft_id bigint NOT NULL,
    number integer NOT NULL,
    file_layer text NOT NULL,
    element text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    text_vi text NOT NULL,
    text_en text NOT NULL,
    PRIMARY KEY (draft_id, number)
);

-- What governs today where the draft lies, as it was when the draft was compared.
CREATE TABLE planning.draft_in_force (
    draft_id bigint NOT NULL,
    feature_id bigint NOT NULL,
    theme text NOT NULL,
    title text NOT NULL,
    function_code text,
    function_name text,
    max_density_pct double precision,
    floors_max integer,
    height_max_m double precision,
    far_max double precision,
    plan_name text NOT NULL,
    decision_no text NOT NULL,
    source_date date,
    PRIMARY KEY (draft_id, feature_id)
);

CREATE TABLE planning.draft_parcel (
    draft_id bigint NOT NULL,
    parcel_id bigint NOT NULL,
    identifier text,
    unit_code text NOT NULL,
    sheet_no text NOT NULL,
    parcel_no text NOT NULL,
    address text,
    house boolean GENERATED ALWAYS AS (coalesce(address ~* '^\s*(số\s+)?[0-9]', false)) STORED,
    parcel_m2 double precision NOT NULL,
    area_m2 double precision NOT NULL,
    share double precision NOT NULL,
    road_m2 double precision NOT NULL,
    road_new_m2 double precision NOT NULL,
    changed boolean NOT NULL,
    changes text[] NOT NULL,
    synthetic boolean NOT NULL,
    geom geometry(MultiPolygon) NOT NULL,
    PRIMARY KEY (draft_id, parcel_id)
);
CREATE INDEX ON planning.draft_parcel USING gist (geom);
COMMENT ON COLUMN planning.draft_parcel.house IS 'Its address begins with the number of a house.';
COMMENT ON COLUMN planning.draft_parcel.area_m2 IS 'Shared with the zones of the draft, where they overlap counted once.';

CREATE TABLE planning.draft_effect (
    draft_id bigint NOT NULL,
    parcel_id bigint NOT NULL,
    zone_no integer NOT NULL,
    change text NOT NULL CHECK (change IN ('function', 'limits', 'road', 'road_lifted', 'corridor', 'new', 'same',
                                           'unknown', 'sliver')),
    feature_id bigint,
    fields text[] NOT NULL DEFAULT '{}',
    area_m2 double precision NOT NULL,
    share double precision NOT NULL
);
CREATE INDEX ON planning.draft_effect (draft_id, parcel_id);
COMMENT ON COLUMN planning.draft_effect.fields IS 'Figures in which the zone differs from what is in force.';

CREATE TABLE planning.draft_case (
    draft_id bigint NOT NULL,
    kind text NOT NULL,
    case_id text NOT NULL,
    title text NOT NULL,
    title_en text NOT NULL,
    note text,
    note_en text,
    parcels bigint[] NOT NULL,
    area_m2 double precision,
    share double precision,
    PRIMARY KEY (draft_id, kind, case_id)
);

CREATE FUNCTION planning.draft_removed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = planning, pg_temp AS $$
BEGIN
    DELETE FROM planning.draft_zone WHERE draft_id = OLD.id;
    DELETE FROM planning.draft_unread WHERE draft_id = OLD.id;
    DELETE FROM planning.draft_in_force WHERE draft_id = OLD.id;
    DELETE FROM planning.draft_parcel WHERE draft_id = OLD.id;
    DELETE FROM planning.draft_effect WHERE draft_id = OLD.id;
    DELETE FROM planning.draft_case WHERE draft_id = OLD.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION planning.draft_removed() FROM PUBLIC;
CREATE TRIGGER removed AFTER DELETE ON planning.draft FOR EACH ROW EXECUTE FUNCTION planning.draft_removed();

-- Drafts are the planners' own: others do not learn that there are any. Who uploaded one removes it.
ALTER TABLE planning.draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_by_planners ON planning.draft FOR SELECT TO gis_planner, gis_admin USING (true);
CREATE POLICY added_as_oneself ON planning.draft FOR INSERT TO gis_planner, gis_admin
    WITH CHECK (uploaded_by = current_setting('gis.actor'));
CREATE POLICY asked_anew ON planning.draft FOR UPDATE TO gis_planner, gis_admin USING (true);
CREATE POLICY removed_by_its_owner ON planning.draft FOR DELETE TO gis_planner
    USING (uploaded_by = current_setting('gis.actor'));
CREATE POLICY removed_by_administrators ON planning.draft FOR DELETE TO gis_admin USING (true);
GRANT SELECT, DELETE ON planning.draft TO gis_planner, gis_admin;
GRANT INSERT (name, file_name, size_bytes, sha256, asked) ON planning.draft TO gis_planner, gis_admin;
GRANT UPDATE (kept_file, asked, state, attempts) ON planning.draft TO gis_planner, gis_admin;
GRANT SELECT ON planning.draft_zone, planning.draft_unread, planning.draft_in_force, planning.draft_parcel,
    planning.draft_effect, planning.draft_case TO gis_planner, gis_admin;
-- The application looks for drafts that nobody works on; what they are, it is not told.
CREATE POLICY looked_for_by_the_application ON planning.draft FOR SELECT TO gis_app USING (true);
GRANT USAGE ON SCHEMA planning TO gis_app;
GRANT SELECT (id, state) ON planning.draft TO gis_app;
