-- A notice may be for one unit alone.
ALTER TABLE core.notice ADD COLUMN unit_code text;
DROP POLICY for_its_roles ON core.notice;
CREATE POLICY for_its_roles ON core.notice TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin
    USING (substr(CAST(current_user AS text), 5) = ANY (roles) AND (unit_code IS NULL OR casework.own(unit_code)));

-- Messages that leave the platform: written in the transaction of what they tell of, sent by a job afterwards.
CREATE TABLE core.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel text NOT NULL CHECK (channel IN ('mail', 'webhook')),
    recipient text CHECK (recipient <> '' AND length(recipient) <= 200),
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    made_at timestamptz NOT NULL DEFAULT now(),
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    given_up_at timestamptz,
    fault text CHECK (length(fault) <= 500),
    CHECK (channel <> 'mail' OR recipient IS NOT NULL OR sent_at IS NOT NULL OR given_up_at IS NOT NULL)
);
COMMENT ON COLUMN core.outbox.recipient IS 'An address of a person: taken out once the message has gone, or is given up.';
CREATE INDEX outbox_waiting ON core.outbox (next_try_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
GRANT INSERT (channel, recipient, content) ON core.outbox TO gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_admin, gis_app;
GRANT SELECT, UPDATE (recipient, tries, next_try_at, sent_at, given_up_at, fault), DELETE ON core.outbox TO gis_app;
