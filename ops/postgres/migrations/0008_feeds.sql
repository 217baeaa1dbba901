-- Calendar feeds: whose deadlines a secret address shows. The address is kept as the SHA-256 of
-- its secret only, and no personal value stands here: `adviser`, `made_by` and `revoked_by` are
-- member ids.

-- migrate:up

CREATE TABLE mingzhang.calendar_feeds (
    organisation uuid NOT NULL,
    feed_id uuid NOT NULL,
    secret_sha256 bytea NOT NULL CHECK (octet_length(secret_sha256) = 32),
    adviser text NOT NULL CHECK (adviser <> ''),
    label text NOT NULL,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL CHECK (made_by <> ''),
    -- A day and no more: when somebody looks at their calendar is nobody's business.
    last_read_on date,
    revoked_at timestamptz,
    revoked_by text,
    PRIMARY KEY (organisation, feed_id),
    -- The one key that does not begin with the organisation: a request brings a secret, and the
    -- secret names the organisation.
    UNIQUE (secret_sha256),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

CREATE INDEX calendar_feeds_listed
    ON mingzhang.calendar_feeds (organisation, made_at, feed_id);

ALTER TABLE mingzhang.calendar_feeds ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.calendar_feeds FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.calendar_feeds
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);
-- For the function below, which runs as the owner. The application's role is not the owner.
CREATE POLICY owner_looks_up ON mingzhang.calendar_feeds FOR SELECT TO CURRENT_USER USING (true);

-- The way round row-level security, as narrow as it can be: one row, by the digest of a secret
-- that has to be known beforehand. A revoked feed is not there.
CREATE FUNCTION mingzhang.feed_by_secret(p_sha256 bytea) RETURNS SETOF mingzhang.calendar_feeds
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT * FROM mingzhang.calendar_feeds f
    WHERE f.secret_sha256 = p_sha256 AND f.revoked_at IS NULL
$$;

REVOKE ALL ON FUNCTION mingzhang.feed_by_secret(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mingzhang.feed_by_secret(bytea) TO mingzhang_app;

-- What a feed shows, and to which secret, never changes: it is revoked, once and for ever, and
-- another is made. The trigger binds the owner, too, whom no privilege does.
CREATE FUNCTION mingzhang.refuse_feed_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_before mingzhang.calendar_feeds := old;
BEGIN
    IF old.revoked_at IS NULL THEN
        v_before.revoked_at := new.revoked_at;
        v_before.revoked_by := new.revoked_by;
    END IF;
    v_before.last_read_on := new.last_read_on;
    IF new IS NOT DISTINCT FROM v_before THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'a feed is revoked once, and nothing else of it changes'
        USING ERRCODE = 'MZ002', HINT = 'Revoke it and make another.';
END
$$;

REVOKE ALL ON FUNCTION mingzhang.refuse_feed_change() FROM PUBLIC;
CREATE TRIGGER revoked_stays_revoked
    BEFORE UPDATE ON mingzhang.calendar_feeds
    FOR EACH ROW EXECUTE FUNCTION mingzhang.refuse_feed_change();
ALTER TABLE mingzhang.calendar_feeds ENABLE ALWAYS TRIGGER revoked_stays_revoked;

GRANT SELECT, INSERT ON mingzhang.calendar_feeds TO mingzhang_app;
GRANT UPDATE (last_read_on, revoked_at, revoked_by) ON mingzhang.calendar_feeds TO mingzhang_app;

-- migrate:down
