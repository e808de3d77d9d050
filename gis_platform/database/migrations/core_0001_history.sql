-- Two times. The current version stays in the table; each closed one goes to <table>_history with the
-- period in which it held (valid) and the period in which we believed it (recorded).
CREATE FUNCTION core.keep_history(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    short text := (SELECT relname FROM pg_class WHERE oid = target);
    history text := format('layer.%I', short || '_history');
BEGIN
    EXECUTE format('ALTER TABLE %s
        ADD COLUMN valid_from date NOT NULL,
        ADD COLUMN recorded_from timestamptz NOT NULL DEFAULT now()', target);
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING GENERATED INCLUDING CONSTRAINTS)', history, target);
    EXECUTE format('ALTER TABLE %s DROP COLUMN valid_from, DROP COLUMN recorded_from,
        ADD COLUMN valid_period daterange NOT NULL CHECK (NOT isempty(valid_period)),
        ADD COLUMN recorded_period tstzrange NOT NULL CHECK (NOT isempty(recorded_period)),
        ADD EXCLUDE USING gist (id WITH =, valid_period WITH &&, recorded_period WITH &&)', history);
    EXECUTE format('CREATE INDEX ON %s USING gist (geom)', history);
    EXECUTE format('CREATE INDEX ON %s USING gist (geom_3857)', history);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', history);
    EXECUTE format('CREATE TRIGGER recorded BEFORE UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION core.stamp_recorded()', target);
    EXECUTE format('CREATE TRIGGER changed AFTER UPDATE ON %s REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.close_changed()', target);
    EXECUTE format('CREATE TRIGGER ended AFTER DELETE ON %s REFERENCING OLD TABLE AS before
        FOR EACH STATEMENT EXECUTE FUNCTION core.close_ended()', target);
    EXECUTE format('CREATE TRIGGER no_overlap AFTER INSERT ON %s REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_overlap()', target);
    EXECUTE format('CREATE TRIGGER no_overlap_changed AFTER UPDATE ON %s REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_overlap()', target);
    EXECUTE format('CREATE TRIGGER kept BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_truncate()', target);
    EXECUTE format('CREATE TRIGGER kept BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_truncate()', history);
    EXECUTE format('CREATE TRIGGER closed BEFORE UPDATE OR DELETE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_rewriting()', history);
END $$;

-- A closed version is what we once believed: only the triggers of the layer's own table touch it.
CREATE FUNCTION core.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'layer.% holds closed versions: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Change or delete the feature in the layer itself; its history follows.';
    END IF;
    RETURN NULL;
END $$;

-- TRUNCATE closes no version. Only rows of a synthetic delivery may go without a trace.
CREATE FUNCTION core.refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM layer.%I t WHERE NOT EXISTS
             (SELECT FROM core.delivery d WHERE d.id = t.delivery_id AND d.synthetic))',
        TG_TABLE_NAME) INTO held;
    IF held THEN
        RAISE EXCEPTION 'layer.% keeps history: TRUNCATE is refused', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'DELETE closes each version.';
    END IF;
    RETURN NULL;
END $$;

-- The writer says when a change became true; when we learned it is never the writer's to say.
-- A transaction that began before another changed the row comes too late: it would close that version before
-- it was believed.
CREATE FUNCTION core.stamp_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.recorded_from > transaction_timestamp() THEN
        RAISE EXCEPTION 'layer.% feature % was changed after this transaction began', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'serialization_failure', HINT = 'Nothing was stored; do it again.';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.id <> OLD.id THEN
        RAISE EXCEPTION 'layer.% feature % cannot become %: its history goes by its id',
            TG_TABLE_NAME, OLD.id, NEW.id
            USING ERRCODE = 'integrity_constraint_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    NEW.recorded_from := transaction_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION core.version_columns(target regclass) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      AND attname NOT IN ('valid_from', 'recorded_from')
$$;

-- A change at V, learned at T, of a version that held from v0: we no longer believe [v0, ..) after T, and
-- from T on we believe that the old content held for [v0, V).
CREATE FUNCTION core.close_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    columns text := core.version_columns(TG_RELID);
BEGIN
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

-- A feature ends on the day in setting gis.valid_from (today where it is not set). What came and went within
-- one transaction was never believed and leaves nothing; what was there before has a version closed just now.
CREATE FUNCTION core.close_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    columns text := core.version_columns(TG_RELID);
    ended date := coalesce(nullif(current_setting('gis.valid_from', true), '')::date, current_date);
BEGIN
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

-- What we believe now: the current version holds from valid_from on, so no closed one may reach past it.
CREATE FUNCTION core.refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    clash bigint;
    late boolean;
BEGIN
    -- Checked once a statement: a row trigger that stamps would make a bulk COPY go row by row.
    SELECT a.id INTO clash FROM after a WHERE a.recorded_from <> transaction_timestamp() LIMIT 1;
    IF clash IS NOT NULL THEN
        RAISE EXCEPTION 'layer.% feature %: when it became known is not the writer''s to say', TG_TABLE_NAME, clash
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    EXECUTE format(
        'SELECT a.id, l.late FROM after a JOIN layer.%I h USING (id)
         CROSS JOIN LATERAL (
             SELECT coalesce(upper(h.recorded_period), lower(h.recorded_period)) > now() AS late) l
         WHERE l.late OR upper_inf(h.recorded_period) AND h.valid_period && daterange(a.valid_from, NULL)
         ORDER BY l.late DESC LIMIT 1',
        TG_TABLE_NAME || '_history') INTO clash, late;
    IF late THEN
        RAISE EXCEPTION 'layer.% feature % was ended after this transaction began', TG_TABLE_NAME, clash
            USING ERRCODE = 'serialization_failure', HINT = 'Nothing was stored; do it again.';
    END IF;
    IF clash IS NOT NULL THEN
        RAISE EXCEPTION 'layer.% feature % would have two versions on one day', TG_TABLE_NAME, clash
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;
