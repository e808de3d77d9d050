-- A delivery is a proposal until a steward says yes: its row is the state it is in, its rows lie in a schema of
-- its own, delivery_<id>, until it is over.
ALTER TABLE core.delivery
    DROP CONSTRAINT delivery_status_check,
    ADD CONSTRAINT delivery_status_check CHECK (status IN (
        'received', 'preparing', 'ready', 'refused', 'failed', 'approved', 'applied', 'partly_applied',
        'already_applied', 'rejected', 'rolled_back')),
    ALTER COLUMN srid DROP NOT NULL,
    ALTER COLUMN counts SET DEFAULT '{}',
    ADD COLUMN kind text NOT NULL DEFAULT 'delivery' CHECK (kind IN ('delivery', 'rollback')),
    ADD COLUMN undoes bigint REFERENCES core.delivery (id),
    ADD COLUMN sender text CHECK (length(sender) <= 200),
    ADD COLUMN kept_file text CHECK (kept_file !~ '(^/|\.\.)'),
    ADD COLUMN asked jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(asked) = 'object'),
    ADD COLUMN findings jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(findings) = 'array'),
    ADD COLUMN summary jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(summary) = 'object'),
    ADD COLUMN impact jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(impact) = 'array'),
    ADD COLUMN layer_state text,
    ADD COLUMN approved_parts text[],
    ADD COLUMN applied_parts text[],
    ADD COLUMN applied_moments timestamptz[] NOT NULL DEFAULT '{}',
    ADD COLUMN prepared_at timestamptz,
    ADD COLUMN decided_at timestamptz,
    ADD COLUMN decided_by text,
    ADD COLUMN decision_note text CHECK (length(decision_note) <= 2000),
    ADD CHECK ((kind = 'rollback') = (undoes IS NOT NULL));
CREATE INDEX ON core.delivery (status) WHERE status IN ('received', 'preparing', 'ready', 'approved', 'failed');
COMMENT ON COLUMN core.delivery.asked IS 'How its file is to be read, as it was asked for; options is how it was read.';
COMMENT ON COLUMN core.delivery.layer_state IS 'What the layer was when the difference was made.';
COMMENT ON COLUMN core.delivery.approved_parts IS 'The parts the word was given for; null is all of it.';
COMMENT ON COLUMN core.delivery.applied_moments IS 'Recorded time of each transaction that wrote some of it.';
UPDATE core.delivery SET applied_moments = ARRAY[received_at] WHERE status = 'applied';

-- Told on a line of its own while the delivery's row is held by the transaction that works it.
CREATE TABLE core.delivery_progress (
    delivery_id bigint PRIMARY KEY REFERENCES core.delivery (id),
    step text NOT NULL,
    step_began_at timestamptz NOT NULL,
    rows_done bigint NOT NULL DEFAULT 0,
    rows_total bigint
);

CREATE TABLE core.delivery_fault (
    -- No foreign key: it would fail whenever the delivery tells how far it is while its checks are running.
    delivery_id bigint NOT NULL,
    number integer NOT NULL,
    code text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    row_no bigint,
    fid bigint,
    id bigint,
    text_vi text NOT NULL,
    text_en text NOT NULL,
    geom geometry,
    PRIMARY KEY (delivery_id, number)
);
CREATE INDEX ON core.delivery_fault (delivery_id, code, number);
COMMENT ON TABLE core.delivery_fault IS 'What the checks found, feature by feature, at most 1,000 of a code; the geometry is in the working grid.';

CREATE TABLE core.delivery_mapping (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer text NOT NULL,
    source text NOT NULL CHECK (source <> ''),
    mapping jsonb NOT NULL CHECK (jsonb_typeof(mapping) = 'object'),
    saved_by text NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON core.delivery_mapping (layer, source, id DESC);
COMMENT ON TABLE core.delivery_mapping IS 'Which column of a source is which property; the newest holds.';

CREATE TABLE core.delivery_contract (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer text NOT NULL,
    source text NOT NULL CHECK (source <> ''),
    sender text,
    cycle_days integer CHECK (cycle_days > 0),
    grace_days integer NOT NULL DEFAULT 0 CHECK (grace_days >= 0),
    area text[] NOT NULL DEFAULT '{}',
    fields text[] NOT NULL DEFAULT '{}',
    tolerance_m double precision CHECK (tolerance_m > 0),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to > valid_from),
    note text,
    stated_by text NOT NULL,
    stated_at timestamptz NOT NULL DEFAULT now(),
    EXCLUDE USING gist (layer WITH =, source WITH =, daterange(valid_from, valid_to) WITH &&)
);
COMMENT ON TABLE core.delivery_contract IS 'What a source owes: cycle, sender, area, fields, tolerance.';

CREATE TABLE core.notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    subject text NOT NULL,
    layer text,
    delivery_id bigint REFERENCES core.delivery (id),
    text_vi text NOT NULL,
    text_en text NOT NULL,
    roles text[] NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT now(),
    cleared_at timestamptz,
    seen jsonb NOT NULL DEFAULT '{}'
);
CREATE UNIQUE INDEX ON core.notice (kind, subject) WHERE cleared_at IS NULL;
COMMENT ON TABLE core.notice IS 'What people should know of; once for each subject while it lasts.';

-- Where a feature came from and what became of it. Every edge goes forward in time, from a version before its
-- delivery to one after it; a rollback closes the edges it undoes.
CREATE TABLE core.lineage (
    layer text NOT NULL,
    predecessor bigint NOT NULL,
    successor bigint NOT NULL CHECK (successor <> predecessor),
    kind text NOT NULL CHECK (kind IN ('split', 'merged', 'reshaped')),
    delivery_id bigint NOT NULL REFERENCES core.delivery (id),
    valid_from date NOT NULL,
    area_m2 double precision NOT NULL CHECK (area_m2 >= 0),
    recorded_period tstzrange NOT NULL DEFAULT tstzrange(now(), NULL),
    PRIMARY KEY (layer, predecessor, successor, delivery_id)
);
CREATE INDEX ON core.lineage (layer, successor);
GRANT SELECT ON core.lineage TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin;

GRANT SELECT (kind, undoes) ON core.delivery TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_operator,
    gis_auditor;
GRANT SELECT ON core.delivery, core.delivery_progress, core.delivery_fault, core.delivery_mapping, core.delivery_contract
    TO gis_steward, gis_admin, gis_auditor, gis_app;
GRANT INSERT (layer, source, source_date, file_name, sha256, size_bytes, received_by, status, kind, undoes, sender,
              kept_file, asked, decided_at, decided_by, decision_note),
      UPDATE (status, asked, kept_file, approved_parts, decided_at, decided_by, decision_note)
    ON core.delivery TO gis_steward, gis_admin, gis_app;
GRANT INSERT ON core.delivery_mapping, core.delivery_contract TO gis_steward, gis_admin;
GRANT UPDATE (valid_to) ON core.delivery_contract TO gis_steward, gis_admin;
GRANT SELECT, UPDATE (seen) ON core.notice TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin;
GRANT SELECT, INSERT, UPDATE ON core.notice TO gis_app;
-- A role reads and marks what is for it, whatever the route does.
ALTER TABLE core.notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY for_its_roles ON core.notice TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin USING (substr(CAST(current_user AS text), 5) = ANY (roles));
CREATE POLICY of_the_application ON core.notice TO gis_app USING (true);
-- When data is due is told to everybody; who sends it, and the notes on that, to those who work with it.
GRANT SELECT (layer, source, cycle_days, grace_days, valid_from, valid_to) ON core.delivery_contract
    TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_operator;

-- What a layer is at this moment, in one word: any row that came, went or was written anew changes it.
CREATE FUNCTION core.layer_state(target regclass) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    state text;
BEGIN
    EXECUTE format('SELECT count(*) || '':'' || coalesce(sum(hashint8extended(id, CAST(CAST(xmin AS text) AS bigint))), 0)
                    FROM %s', target) INTO state;
    RETURN state;
END $$;

-- Days from `since` on are no longer believed of these features as their closed versions tell them: the caller's
-- statement says something else of them. Called by the triggers of the layer's own table alone.
CREATE FUNCTION core.believe_until(history text, features bigint[], since date[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    columns text := core.history_columns(history);
BEGIN
    EXECUTE format(
        'DELETE FROM layer.%1$I h USING unnest($1, $2) u (id, since)
         WHERE h.id = u.id AND upper_inf(h.recorded_period) AND lower(h.recorded_period) = now()
           AND lower(h.valid_period) >= u.since', history) USING features, since;
    EXECUTE format(
        'UPDATE layer.%1$I h SET valid_period = daterange(lower(h.valid_period), u.since)
         FROM unnest($1, $2) u (id, since)
         WHERE h.id = u.id AND upper_inf(h.recorded_period) AND lower(h.recorded_period) = now()
           AND h.valid_period && daterange(u.since, NULL)', history) USING features, since;
    EXECUTE format(
        'WITH closed AS (
             UPDATE layer.%1$I h SET recorded_period = tstzrange(lower(h.recorded_period), now())
             FROM unnest($1, $2) u (id, since)
             WHERE h.id = u.id AND upper_inf(h.recorded_period) AND lower(h.recorded_period) < now()
               AND h.valid_period && daterange(u.since, NULL)
             RETURNING h.*, u.since
         )
         INSERT INTO layer.%1$I (%2$s, valid_period, recorded_period)
         SELECT %2$s, daterange(lower(valid_period), since), tstzrange(now(), NULL)
         FROM closed WHERE lower(valid_period) < since', history, columns) USING features, since;
END $$;

CREATE FUNCTION core.history_columns(history text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = to_regclass(format('layer.%I', history)) AND attnum > 0 AND NOT attisdropped
      AND attgenerated = '' AND attname NOT IN ('valid_period', 'recorded_period')
$$;

-- Whether this transaction may put right what was believed of earlier days: a delivery that says so, or a rollback.
-- From anybody else a change that lies before the version it follows is refused.
CREATE FUNCTION core.corrects() RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT 'yes' IN (current_setting('gis.corrects', true), current_setting('gis.rolls_back', true)) $$;

-- A change at V, learned at T, of a version that held from v0: we no longer believe [v0, ..) after T, and from T
-- on we believe that the old content held for [v0, V). Where V lies before v0 it is a correction backdated: what
-- was believed of the days from V on falls with it.
CREATE OR REPLACE FUNCTION core.close_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    columns text := core.version_columns(TG_RELID);
    features bigint[];
    since date[];
BEGIN
    SELECT array_agg(o.id), array_agg(n.valid_from) INTO features, since
    FROM before o JOIN after n USING (id) WHERE core.corrects() AND n.valid_from < o.valid_from;
    IF features IS NOT NULL THEN
        PERFORM core.believe_until(TG_TABLE_NAME || '_history', features, since);
    END IF;
    EXECUTE format(
        'INSERT INTO layer.%1$I (%2$s, valid_period, recorded_period)
         SELECT b.* FROM (SELECT %2$s, daterange(valid_from, NULL), tstzrange(recorded_from, now())
                          FROM before WHERE recorded_from < now()) b
         UNION ALL
         SELECT c.* FROM (SELECT %3$s, daterange(o.valid_from, n.valid_from), tstzrange(now(), NULL)
                          FROM before o JOIN after n USING (id) WHERE n.valid_from > o.valid_from) c',
        TG_TABLE_NAME || '_history', columns, regexp_replace(columns, '(^|, )', '\1o.', 'g'));
    RETURN NULL;
END $$;

-- A feature ends on the day in setting gis.valid_from (today where it is not set), also where that lies before
-- the day from which it held. What came and went within one transaction was never believed and leaves nothing;
-- what was there before has a version closed just now.
CREATE OR REPLACE FUNCTION core.close_ended() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    columns text := core.version_columns(TG_RELID);
    ended date := coalesce(nullif(current_setting('gis.valid_from', true), '')::date, current_date);
    features bigint[];
BEGIN
    SELECT array_agg(id) INTO features FROM before WHERE core.corrects() AND valid_from > ended;
    IF features IS NOT NULL THEN
        PERFORM core.believe_until(TG_TABLE_NAME || '_history', features,
                                   array_fill(ended, ARRAY[cardinality(features)]));
    END IF;
    EXECUTE format(
        'WITH passing AS (
             SELECT id FROM before b WHERE recorded_from = now() AND NOT EXISTS
                 (SELECT FROM layer.%1$I h WHERE h.id = b.id AND upper(h.recorded_period) = now())
         ), forgotten AS (
             DELETE FROM layer.%1$I h USING passing p WHERE h.id = p.id AND lower(h.recorded_period) = now()
         )
         INSERT INTO layer.%1$I (%2$s, valid_period, recorded_period)
         SELECT %2$s, daterange(valid_from, NULL), tstzrange(recorded_from, now())
         FROM before WHERE recorded_from < now()
         UNION ALL
         SELECT %2$s, daterange(valid_from, $1), tstzrange(now(), NULL)
         FROM before WHERE valid_from < $1 AND id NOT IN (SELECT id FROM passing)',
        TG_TABLE_NAME || '_history', columns) USING ended;
    RETURN NULL;
END $$;

-- A closed version is what we once believed: only the triggers of the layer's own table touch it, and a rollback.
CREATE OR REPLACE FUNCTION core.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 AND current_setting('gis.rolls_back', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'layer.% holds closed versions: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Change or delete the feature in the layer itself; its history follows.';
    END IF;
    RETURN NULL;
END $$;

-- Features that a transaction of a delivery wrote or ended.
CREATE FUNCTION core.touched_at(target regclass, moment timestamptz) RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT id FROM %1$s WHERE recorded_from = $1
         UNION SELECT id FROM layer.%2$I WHERE upper(recorded_period) = $1
         UNION SELECT id FROM layer.%2$I WHERE lower(recorded_period) = $1',
        target, (SELECT relname FROM pg_class WHERE oid = target) || '_history') USING moment;
END $$;

-- Of these, those that something has changed since; what was done and undone at the moments `neutral` is nothing.
CREATE FUNCTION core.touched_since(target regclass, moment timestamptz, neutral timestamptz[]) RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT t.id FROM core.touched_at($1, $2) t
         WHERE EXISTS (SELECT FROM %1$s c
                       WHERE c.id = t.id AND c.recorded_from > $2 AND c.recorded_from <> ALL ($3))
            OR EXISTS (SELECT FROM layer.%2$I h
                       WHERE h.id = t.id
                         AND (lower(h.recorded_period) > $2 AND lower(h.recorded_period) <> ALL ($3)
                              OR upper(h.recorded_period) > $2 AND upper(h.recorded_period) <> ALL ($3)))',
        target, (SELECT relname FROM pg_class WHERE oid = target) || '_history') USING target, moment, neutral;
END $$;

-- Undo what a transaction did, as a new version: from now on we believe what we believed before that moment, of
-- every day. What was believed in between stays on record. Features changed since must be none.
CREATE FUNCTION core.roll_back(target regclass, moment timestamptz) RETURNS TABLE (came_back bigint, changed_back bigint, gone bigint)
LANGUAGE plpgsql AS $$
DECLARE
    history text := (SELECT relname FROM pg_class WHERE oid = target) || '_history';
    columns text := core.version_columns(target);
    began text;
    assigned text := (SELECT string_agg(quote_ident(attname) || ' = b.' || quote_ident(attname), ', ')
                      FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped
                        AND attgenerated = '' AND attname NOT IN ('id', 'valid_from', 'recorded_from'));
BEGIN
    PERFORM set_config('gis.rolls_back', 'yes', true);
    CREATE TEMPORARY TABLE undone ON COMMIT DROP AS SELECT t.id FROM core.touched_at(target, moment) t;
    -- What was in force just before, and what was believed of earlier days.
    EXECUTE format('CREATE TEMPORARY TABLE before_it ON COMMIT DROP AS
        SELECT %2$s, valid_period FROM layer.%1$I WHERE upper(recorded_period) = $1', history, columns) USING moment;
    EXECUTE format('UPDATE layer.%1$I h SET recorded_period = tstzrange(lower(h.recorded_period), now())
        FROM undone u WHERE h.id = u.id AND lower(h.recorded_period) >= $1 AND upper_inf(h.recorded_period)',
        history) USING moment;
    -- Each ends on the day it began: nothing of it is believed any more.
    EXECUTE format('SELECT coalesce(min(c.valid_from)::text, '''') FROM %s c JOIN undone u USING (id)
        WHERE NOT EXISTS (SELECT FROM before_it b WHERE b.id = c.id AND upper_inf(b.valid_period))', target)
        INTO began;
    PERFORM set_config('gis.valid_from', began, true);
    EXECUTE format('DELETE FROM %s c USING undone u WHERE c.id = u.id
        AND NOT EXISTS (SELECT FROM before_it b WHERE b.id = c.id AND upper_inf(b.valid_period))', target);
    GET DIAGNOSTICS gone = ROW_COUNT;
    EXECUTE format('UPDATE %1$s c SET %2$s, valid_from = lower(b.valid_period) FROM before_it b
        WHERE b.id = c.id AND upper_inf(b.valid_period)', target, assigned);
    GET DIAGNOSTICS changed_back = ROW_COUNT;
    -- What the triggers took to be believed of the days between is not.
    EXECUTE format('DELETE FROM layer.%1$I h USING undone u
        WHERE h.id = u.id AND lower(h.recorded_period) = now() AND upper_inf(h.recorded_period)', history);
    EXECUTE format('INSERT INTO %1$s (%2$s, valid_from) SELECT %2$s, lower(valid_period) FROM before_it b
        WHERE upper_inf(valid_period) AND NOT EXISTS (SELECT FROM %1$s c WHERE c.id = b.id)', target, columns);
    GET DIAGNOSTICS came_back = ROW_COUNT;
    EXECUTE format('INSERT INTO layer.%1$I (%2$s, valid_period, recorded_period)
        SELECT %2$s, valid_period, tstzrange(now(), NULL) FROM before_it WHERE NOT upper_inf(valid_period)',
        history, columns);
    DROP TABLE undone, before_it;
    PERFORM set_config('gis.rolls_back', '', true);
    RETURN NEXT;
END $$;

-- Areas of the finest level in one. Where parcels are drawn a little apart there would be as many areas as parcels,
-- and the next level would cost five times as much: such gaps, up to 3 m, are closed. A third of a pixel from afar.
CREATE FUNCTION core.dissolve_finest(parts geometry[]) RETURNS geometry
LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE SET search_path = public, pg_temp AS $$
DECLARE
    whole geometry := core.dissolve(parts, 0, 1.5);
BEGIN
    IF ST_NumGeometries(whole) <= 50 THEN
        RETURN whole;
    END IF;
    RETURN core.dissolve(ARRAY[whole], 3, 1.5);
END $$;

CREATE OR REPLACE FUNCTION core.make_finest(layer_name text, xs integer[], ys integer[]) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM core.coarse c USING unnest(xs, ys) n (x, y)
    WHERE c.layer = layer_name AND c.level = 17 AND c.x = n.x AND c.y = n.y;
    EXECUTE format(
        'INSERT INTO core.coarse
         SELECT %1$L, 17, n.x, n.y, a.features, a.geom
         FROM unnest($1, $2) n (x, y)
         CROSS JOIN LATERAL (SELECT ST_TileEnvelope(17, n.x, 131071 - n.y) AS cell) e
         CROSS JOIN LATERAL (
             SELECT count(*) AS features, core.dissolve_finest(array_agg(p.geom_3857 ORDER BY p.id)) AS geom
             FROM layer.%1$I p
             WHERE p.geom_3857 && e.cell
               AND core.coarse_cell(ST_X(ST_Centroid(ST_Envelope(p.geom_3857))), 17) = n.x
               AND core.coarse_cell(ST_Y(ST_Centroid(ST_Envelope(p.geom_3857))), 17) = n.y) a
         WHERE a.features > 0 AND NOT ST_IsEmpty(a.geom)', layer_name) USING xs, ys;
END $$;
