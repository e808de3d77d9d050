-- Keys of other agencies' systems: a credential of a third kind, with what it may ask, how much and how fast.
ALTER TABLE core.credential
    DROP CONSTRAINT credential_kind_check,
    ADD CONSTRAINT credential_kind_check CHECK (kind IN ('session', 'bearer', 'key')),
    ADD COLUMN quota_per_day integer CHECK (quota_per_day > 0),
    ADD COLUMN rate_per_second real CHECK (rate_per_second > 0),
    ADD COLUMN note text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
    ADD CONSTRAINT credential_key_is_whole CHECK (
        kind <> 'key' OR (name <> '' AND scopes <> '{}' AND quota_per_day IS NOT NULL AND rate_per_second IS NOT NULL)
    );
-- The audit trail tells keys by their names: one name is one key for as long as it is not revoked.
CREATE UNIQUE INDEX credential_key_name ON core.credential (lower(name))
    WHERE kind = 'key' AND revoked_at IS NULL;

-- Requests of each key on each day of the city. Server processes add up in memory and write here once a second.
CREATE TABLE core.key_usage (
    credential_id bigint NOT NULL REFERENCES core.credential (id) ON DELETE CASCADE,
    day date NOT NULL,
    requests bigint NOT NULL CHECK (requests >= 0),
    PRIMARY KEY (credential_id, day)
);

GRANT SELECT, INSERT ON core.key_usage TO gis_app;
GRANT UPDATE (requests) ON core.key_usage TO gis_app;
