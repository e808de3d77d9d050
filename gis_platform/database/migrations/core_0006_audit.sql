CREATE TABLE core.audit_entry (
    seq bigint PRIMARY KEY CHECK (seq > 0),
    at timestamptz NOT NULL CHECK (isfinite(at)),
    actor text NOT NULL CHECK (actor <> ''),
    role text NOT NULL CHECK (role <> ''),
    action text NOT NULL CHECK (action ~ '^[a-z][a-z0-9.-]*$'),
    subject text NOT NULL,
    detail jsonb NOT NULL CHECK (jsonb_typeof(detail) = 'object'),
    previous bytea NOT NULL CHECK (length(previous) = 32),
    hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32)
);
COMMENT ON TABLE core.audit_entry IS
    'Append only; each entry''s hash covers the one before. Written through core.audit_append alone.';

CREATE FUNCTION core.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'core.audit_entry is append only: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_audit_change();
-- ALWAYS: also where session_replication_role = replica silences ordinary triggers.
ALTER TABLE core.audit_entry ENABLE ALWAYS TRIGGER append_only;

-- A text field of the canonical form: its length in bytes as a big-endian int4, then its UTF-8 bytes.
CREATE FUNCTION core.audit_field(content text) RETURNS bytea LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
    RETURN int4send(octet_length(convert_to(content, 'UTF8'))) || convert_to(content, 'UTF8');

-- The canonical form, the same as gis_platform.audit.chain.canonical. A change of it breaks every chain.
CREATE FUNCTION core.audit_canonical(
    seq bigint, at timestamptz, actor text, role text, action text, subject text, detail jsonb
) RETURNS bytea LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
    RETURN core.audit_field('gis-audit-1') || int8send(seq)
        || int8send(CAST(extract(epoch FROM at) * 1000000 AS bigint))
        || core.audit_field(actor) || core.audit_field(role) || core.audit_field(action)
        || core.audit_field(subject) || core.audit_field(CAST(detail AS text));

-- Appends one entry and returns its number. The lock is held until the caller's transaction ends, so that
-- numbers have no gaps and each entry sees the one before: append last, and commit soon.
CREATE FUNCTION core.audit_append(action text, subject text, detail jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    entry core.audit_entry;
    last_seq bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7815002);
    SELECT e.seq, e.hash INTO last_seq, entry.previous FROM core.audit_entry e ORDER BY e.seq DESC LIMIT 1;
    entry.seq := coalesce(last_seq, 0) + 1;
    entry.previous := coalesce(entry.previous, decode(repeat('00', 32), 'hex'));
    entry.at := clock_timestamp();
    entry.actor := coalesce(nullif(current_setting('gis.actor', true), ''), 'anonymous');
    -- In here current_user is the owner; the setting still names the role the transaction took.
    entry.role := coalesce(nullif(current_setting('role'), 'none'), session_user);
    entry.action := audit_append.action;
    entry.subject := audit_append.subject;
    entry.detail := audit_append.detail;
    entry.hash := sha256(entry.previous || core.audit_canonical(
        entry.seq, entry.at, entry.actor, entry.role, entry.action, entry.subject, entry.detail));
    INSERT INTO core.audit_entry SELECT entry.*;
    RETURN entry.seq;
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'another audit entry was written after this transaction took its snapshot; try again'
        USING ERRCODE = 'serialization_failure',
              HINT = 'Append in a READ COMMITTED transaction.';
END $$;

REVOKE EXECUTE ON FUNCTION core.audit_append(text, text, jsonb) FROM PUBLIC;
-- Not gis_public: nothing that the public does leaves an entry, and an endless trail is of no use.
GRANT EXECUTE ON FUNCTION core.audit_append(text, text, jsonb) TO gis_planner, gis_permit, gis_enforcement,
    gis_steward, gis_operator, gis_auditor, gis_admin, gis_app;
GRANT SELECT ON core.audit_entry TO gis_auditor, gis_admin;
