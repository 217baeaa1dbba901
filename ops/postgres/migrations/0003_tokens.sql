-- Bearer tokens of the API: whose they are and what they allow. A secret is kept as its SHA-256
-- only, and no personal value stands here: `actor` is a member id.

-- migrate:up

CREATE TABLE mingzhang.api_tokens (
    organisation uuid NOT NULL,
    token_id text NOT NULL CHECK (token_id ~ '^[0-9a-f]{16}$'),
    secret_sha256 bytea NOT NULL CHECK (octet_length(secret_sha256) = 32),
    actor text NOT NULL CHECK (actor <> ''),
    capabilities text[] NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (organisation, token_id),
    -- The one key that does not begin with the organisation: a request names a token, and the
    -- token names the organisation.
    UNIQUE (token_id)
);

ALTER TABLE mingzhang.api_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.api_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.api_tokens
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);
-- For the function below, which runs as the owner. The application's role is not the owner.
CREATE POLICY owner_looks_up ON mingzhang.api_tokens FOR SELECT TO CURRENT_USER USING (true);

-- The way round row-level security, as narrow as it can be: one row, by a token id that has to
-- be known beforehand, before anybody knows on whose behalf the session will act.
CREATE FUNCTION mingzhang.token_by_id(p_token_id text) RETURNS SETOF mingzhang.api_tokens
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT * FROM mingzhang.api_tokens t WHERE t.token_id = p_token_id
$$;

REVOKE ALL ON FUNCTION mingzhang.token_by_id(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mingzhang.token_by_id(text) TO mingzhang_app;
-- Whose a token is and what it opens never changes: it is revoked, once and for ever, and
-- another is made. The trigger binds the owner, too, whom no privilege does.
CREATE FUNCTION mingzhang.refuse_token_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_revoked_at timestamptz := new.revoked_at;
BEGIN
    new.revoked_at := old.revoked_at;
    IF old.revoked_at IS NULL AND v_revoked_at IS NOT NULL AND new IS NOT DISTINCT FROM old THEN
        new.revoked_at := v_revoked_at;
        RETURN new;
    END IF;
    RAISE EXCEPTION 'a token is revoked once, and nothing else of it changes'
        USING ERRCODE = 'MZ002', HINT = 'Revoke it and make another.';
END
$$;

REVOKE ALL ON FUNCTION mingzhang.refuse_token_change() FROM PUBLIC;
CREATE TRIGGER revoked_stays_revoked
    BEFORE UPDATE ON mingzhang.api_tokens
    FOR EACH ROW EXECUTE FUNCTION mingzhang.refuse_token_change();
ALTER TABLE mingzhang.api_tokens ENABLE ALWAYS TRIGGER revoked_stays_revoked;

GRANT SELECT, INSERT ON mingzhang.api_tokens TO mingzhang_app;
GRANT UPDATE (revoked_at) ON mingzhang.api_tokens TO mingzhang_app;

-- migrate:down
