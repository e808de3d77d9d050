-- Who may sign in. Only the application reads these tables; the roles that callers act as do not.
CREATE TABLE core.account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username text NOT NULL CHECK (username ~ '^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$'),
    display_name text NOT NULL CHECK (display_name <> '' AND length(display_name) <= 200),
    role text NOT NULL CHECK (role IN ('planner', 'permit', 'enforcement', 'steward', 'operator', 'auditor', 'admin')),
    unit_code text CHECK (unit_code <> ''),
    password_hash text CHECK (password_hash LIKE '$argon2id$%'),
    password_changed_at timestamptz,
    oidc_issuer text CHECK (oidc_issuer <> ''),
    oidc_subject text CHECK (oidc_subject <> ''),
    role_from_issuer boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_sign_in_at timestamptz,
    disabled_at timestamptz,
    -- A subject is only unique within its issuer: alone it would hand an account to the next issuer's user.
    CHECK ((oidc_issuer IS NULL) = (oidc_subject IS NULL)),
    CHECK (oidc_issuer IS NOT NULL OR NOT role_from_issuer),
    UNIQUE (oidc_issuer, oidc_subject)
);
CREATE UNIQUE INDEX account_username ON core.account (lower(username));
COMMENT ON COLUMN core.account.password_hash IS 'Null for accounts that sign in at the OpenID Connect issuer only.';
COMMENT ON COLUMN core.account.role_from_issuer IS 'The issuer''s role claim decides the role at each sign-in.';

-- Sessions of people and bearer tokens of programs. The token itself is nowhere in the database.
CREATE TABLE core.credential (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    kind text NOT NULL CHECK (kind IN ('session', 'bearer')),
    account_id bigint NOT NULL REFERENCES core.account (id),
    name text NOT NULL DEFAULT '' CHECK (length(name) <= 200),
    scopes text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX ON core.credential (account_id);
CREATE INDEX ON core.credential (expires_at);
COMMENT ON COLUMN core.credential.token_hash IS 'SHA-256 of the token: 256 random bits need no slow hash.';

-- Failed sign-ins of the last day. The name as typed is not kept: people type passwords into that field.
CREATE TABLE core.sign_in_failure (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    username_hash bytea NOT NULL CHECK (length(username_hash) = 32),
    address text NOT NULL
);
CREATE INDEX ON core.sign_in_failure (username_hash, at);
CREATE INDEX ON core.sign_in_failure (address, at);
CREATE INDEX ON core.sign_in_failure (at);

-- gis_app inherits nothing and nobody inherits from it: what is granted here stays with the application.
-- It makes accounts without a password, for an issuer's users. At a sign-in it may write a hash anew with today's
-- costs and take over the role the issuer claims: so whoever holds this login holds the accounts, and only
-- usernames, units, issuers' subjects and what is disabled are out of its reach.
GRANT SELECT ON core.account TO gis_app;
GRANT INSERT (username, display_name, role, unit_code, oidc_issuer, oidc_subject, role_from_issuer)
    ON core.account TO gis_app;
GRANT UPDATE (display_name, role, password_hash, last_sign_in_at) ON core.account TO gis_app;
GRANT SELECT, INSERT, DELETE ON core.credential TO gis_app;
GRANT UPDATE (last_used_at, revoked_at) ON core.credential TO gis_app;
GRANT SELECT, INSERT, DELETE ON core.sign_in_failure TO gis_app;
