-- Files asked for. The id of a public one is all that is needed to fetch it: it is a random token.
CREATE TABLE core.export (
    id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{32}$'),
    account_id bigint,
    role text NOT NULL CHECK (role <> ''),
    actor text NOT NULL CHECK (actor <> ''),
    place text NOT NULL CHECK (length(place) <= 100),
    collection text NOT NULL,
    format text NOT NULL,
    asked jsonb NOT NULL CHECK (jsonb_typeof(asked) = 'object'),
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    rows_total bigint CHECK (rows_total >= 0),
    rows_done bigint NOT NULL DEFAULT 0 CHECK (rows_done >= 0),
    synthetic boolean,
    file_name text CHECK (file_name ~ '^[A-Za-z0-9._-]{1,200}$'),
    size_bytes bigint CHECK (size_bytes >= 0),
    sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    reason text,
    attempts integer NOT NULL DEFAULT 0,
    requested_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    expires_at timestamptz NOT NULL,
    CHECK ((account_id IS NULL) = (role = 'public')),
    CHECK (state <> 'done' OR (file_name IS NOT NULL AND size_bytes IS NOT NULL AND sha256 IS NOT NULL)),
    CHECK ((state = 'failed') = (reason IS NOT NULL))
);
CREATE INDEX ON core.export (expires_at);
CREATE INDEX ON core.export (place, requested_at);
COMMENT ON COLUMN core.export.account_id IS 'Null where the public asked. An account is disabled, never deleted.';
COMMENT ON COLUMN core.export.place IS 'Address it was asked from, for limits; gone with the row.';
COMMENT ON COLUMN core.export.asked IS 'Parameters of the question as its caller sent them, with the moment of the picture.';
GRANT SELECT, INSERT, UPDATE, DELETE ON core.export TO gis_app;
