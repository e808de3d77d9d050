CREATE SCHEMA casework;

-- What the declared workflows allow, written anew after every migration: the database refuses the rest by itself.
CREATE TABLE casework.workflow (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,39}$'),
    initial text NOT NULL,
    readers text[] NOT NULL,
    openers text[] NOT NULL,
    handlers text[] NOT NULL
);
CREATE TABLE casework.move (
    workflow text NOT NULL REFERENCES casework.workflow (name) ON DELETE CASCADE,
    name text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    roles text[] NOT NULL,
    own_unit boolean NOT NULL,
    ends boolean NOT NULL,
    PRIMARY KEY (workflow, name, from_state)
);

CREATE TABLE casework.case_file (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[2-9ACEFHJKMPRTVWXY]{12}$'),
    workflow text NOT NULL,
    state text NOT NULL,
    unit_code text NOT NULL CHECK (unit_code <> '' AND unit_code <> '*' AND length(unit_code) <= 20),
    place text NOT NULL CHECK (place <> '' AND length(place) <= 300),
    details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
    subject_layer text,
    subject_id bigint,
    subject_seen timestamptz,
    channel text NOT NULL CHECK (channel IN ('counter', 'online')),
    assigned_to text CHECK (assigned_to <> ''),
    version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    waiting boolean NOT NULL DEFAULT false,
    due_on date,
    opened_at timestamptz NOT NULL DEFAULT now(),
    opened_by text NOT NULL CHECK (opened_by <> ''),
    closed_at timestamptz,
    synthetic boolean NOT NULL DEFAULT false,
    place_folded text GENERATED ALWAYS AS (core.fold(place)) STORED,
    due_sort date NOT NULL GENERATED ALWAYS AS (coalesce(due_on, DATE '9999-12-31')) STORED,
    CHECK ((subject_layer IS NULL) = (subject_id IS NULL)),
    UNIQUE (id, workflow, unit_code)
);
COMMENT ON COLUMN casework.case_file.subject_seen IS
    'Since when the version of the subject that was last looked at has been recorded; null: its layer keeps none.';
COMMENT ON COLUMN casework.case_file.due_on IS 'The earliest due day of its running clocks; null while none is known.';
-- The lists of the open: priority is the due day. Closed cases leave the index, so that it stays as small as the work.
CREATE INDEX case_by_due ON casework.case_file (due_sort, id) WHERE closed_at IS NULL;
CREATE INDEX case_by_end ON casework.case_file (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX case_by_subject ON casework.case_file (subject_layer, subject_id) WHERE closed_at IS NULL;

-- Personal data, in a table of its own: granted by role and unit apart from the case, whose workflow and unit stand here
-- too. A search through all names is then one pass over a ward's own, and asks nothing of each case.
CREATE TABLE casework.applicant (
    case_id bigint PRIMARY KEY,
    workflow text NOT NULL,
    unit_code text NOT NULL,
    name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    id_number text CHECK (length(id_number) BETWEEN 1 AND 20),
    phone text CHECK (length(phone) BETWEEN 1 AND 30),
    email text CHECK (length(email) BETWEEN 3 AND 200),
    address text CHECK (length(address) BETWEEN 1 AND 300),
    consent boolean NOT NULL DEFAULT false,
    name_folded text GENERATED ALWAYS AS (core.fold(name)) STORED,
    FOREIGN KEY (case_id, workflow, unit_code) REFERENCES casework.case_file (id, workflow, unit_code)
);
COMMENT ON COLUMN casework.applicant.consent IS 'Agreed to being written to by e-mail about the case.';

CREATE TABLE casework.clock (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint NOT NULL REFERENCES casework.case_file (id),
    name text NOT NULL,
    counts text NOT NULL CHECK (counts IN ('working', 'calendar')),
    days integer CHECK (days BETWEEN 1 AND 3650),
    rule jsonb NOT NULL CHECK (jsonb_typeof(rule) = 'object'),
    started_on date NOT NULL,
    stopped_on date,
    due_on date,
    working jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(working) = 'array'),
    UNIQUE (case_id, name)
);
COMMENT ON COLUMN casework.clock.working IS
    'The days as they were counted for due_on: a case that is closed shows the calendar of its time.';
-- The calendar that the running clocks were last counted with.
CREATE TABLE casework.calendar_counted (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    fingerprint bytea NOT NULL
);
COMMENT ON COLUMN casework.clock.days IS 'Null where no rule is loaded for the day: then nothing is due, and why is told.';
CREATE INDEX clock_running ON casework.clock (case_id) WHERE stopped_on IS NULL;
CREATE TABLE casework.pause (
    clock_id bigint NOT NULL REFERENCES casework.clock (id),
    from_on date NOT NULL,
    until_on date CHECK (until_on >= from_on),
    reason text NOT NULL CHECK (reason <> '' AND length(reason) <= 500),
    number integer NOT NULL CHECK (number > 0),
    PRIMARY KEY (clock_id, number)
);
CREATE UNIQUE INDEX pause_open ON casework.pause (clock_id) WHERE until_on IS NULL;

CREATE TABLE casework.note (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint NOT NULL REFERENCES casework.case_file (id),
    at timestamptz NOT NULL DEFAULT now(),
    by text NOT NULL CHECK (by <> ''),
    words text NOT NULL CHECK (length(words) BETWEEN 1 AND 4000)
);
CREATE INDEX ON casework.note (case_id);

CREATE TABLE casework.document (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint NOT NULL REFERENCES casework.case_file (id),
    kind text NOT NULL,
    name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    media_type text NOT NULL,
    size_bytes bigint NOT NULL CHECK (size_bytes > 0),
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    added_at timestamptz NOT NULL DEFAULT now(),
    added_by text NOT NULL CHECK (added_by <> '')
);
CREATE INDEX ON casework.document (case_id);

-- What happened, entry after entry: each entry's hash covers the one before of the same case.
CREATE TABLE casework.journal (
    case_id bigint NOT NULL REFERENCES casework.case_file (id),
    seq bigint NOT NULL CHECK (seq > 0),
    at timestamptz NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    role text NOT NULL CHECK (role <> ''),
    action text NOT NULL CHECK (action ~ '^[a-z][a-z0-9.-]*$'),
    subject text NOT NULL,
    detail jsonb NOT NULL CHECK (jsonb_typeof(detail) = 'object'),
    previous bytea NOT NULL CHECK (length(previous) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (case_id, seq)
);

CREATE FUNCTION casework.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'casework.% is append only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON casework.journal
    FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON casework.note
    FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON casework.document
    FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse_rewriting();
-- ALWAYS: also where session_replication_role = replica silences ordinary triggers.
ALTER TABLE casework.journal ENABLE ALWAYS TRIGGER append_only;

-- Whoever inserts says what happened and no more: when, who, and the hash are written here. The case's row, which every
-- writer has locked or has just made, keeps two entries from taking one number.
CREATE FUNCTION casework.chain_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last record;
BEGIN
    SELECT c.code INTO NEW.subject FROM casework.case_file c WHERE c.id = NEW.case_id FOR UPDATE;
    SELECT j.seq, j.hash INTO last FROM casework.journal j WHERE j.case_id = NEW.case_id ORDER BY j.seq DESC LIMIT 1;
    NEW.seq := coalesce(last.seq, 0) + 1;
    NEW.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    NEW.at := clock_timestamp();
    NEW.actor := coalesce(nullif(current_setting('gis.actor', true), ''), 'platform');
    NEW.role := coalesce(nullif(current_setting('role'), 'none'), session_user);
    NEW.hash := sha256(NEW.previous || core.audit_canonical(
        NEW.seq, NEW.at, NEW.actor, NEW.role, NEW.action, NEW.subject, NEW.detail));
    RETURN NEW;
END $$;
CREATE TRIGGER chained BEFORE INSERT ON casework.journal FOR EACH ROW EXECUTE FUNCTION casework.chain_entry();
