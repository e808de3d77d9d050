-- A raster is several dated files under one name. The file lies in the data folder at rasters/<file>.
CREATE TABLE core.raster (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]{0,39}$'),
    date date NOT NULL CHECK (date BETWEEN '1800-01-01' AND '2999-12-31'),
    kind text NOT NULL CHECK (kind IN ('orthophoto', 'elevation', 'measure', 'class')),
    title_vi text NOT NULL CHECK (title_vi <> '' AND length(title_vi) <= 200),
    title_en text NOT NULL CHECK (title_en <> '' AND length(title_en) <= 200),
    unit text CHECK (unit <> '' AND length(unit) <= 40),
    source text NOT NULL CHECK (source <> '' AND length(source) <= 500),
    licence text NOT NULL CHECK (licence <> '' AND length(licence) <= 200),
    note text CHECK (note <> '' AND length(note) <= 500),
    model_output boolean NOT NULL,
    synthetic boolean NOT NULL,
    file text NOT NULL UNIQUE CHECK (file ~ '^[a-z0-9_-]{1,120}\.tif$'),
    file_sha256 text NOT NULL CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
    source_sha256 text NOT NULL CHECK (source_sha256 ~ '^[0-9a-f]{64}$'),
    source_srid integer NOT NULL,
    srid integer NOT NULL,
    west double precision NOT NULL,
    south double precision NOT NULL,
    east double precision NOT NULL,
    north double precision NOT NULL,
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    resolution_m double precision NOT NULL CHECK (resolution_m > 0),
    bands integer NOT NULL CHECK (bands BETWEEN 1 AND 4),
    dtype text NOT NULL,
    nodata text,
    style jsonb NOT NULL CHECK (jsonb_typeof(style) = 'object'),
    statistics jsonb NOT NULL CHECK (jsonb_typeof(statistics) = 'object'),
    audience text[] NOT NULL CHECK (cardinality(audience) > 0 AND audience <@ ARRAY[
        'public', 'planner', 'permit', 'enforcement', 'steward', 'operator', 'auditor', 'admin']),
    registered_at timestamptz NOT NULL DEFAULT now(),
    registered_by text NOT NULL CHECK (registered_by <> ''),
    UNIQUE (name, date),
    CHECK (west < east AND south < north)
);
COMMENT ON TABLE core.raster IS 'Dated raster files; a row policy shows each role only what is for it.';
COMMENT ON COLUMN core.raster.source_sha256 IS 'Of the file as delivered; file_sha256 is of the one prepared from it.';
COMMENT ON COLUMN core.raster.source_srid IS 'As delivered. A VN-2000 grid is warped to EPSG:4326 by the pinned operation.';
COMMENT ON COLUMN core.raster.nodata IS 'As text, for JSON knows no nan.';

ALTER TABLE core.raster ENABLE ROW LEVEL SECURITY;
CREATE POLICY for_its_audience ON core.raster FOR SELECT
    -- The database's role of R is gis_R.
    USING (substr(CAST(current_user AS text), 5) = ANY (audience));
GRANT SELECT ON core.raster TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin;
