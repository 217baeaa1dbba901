-- The seal: signed checkpoints of each journal, the inner nodes of its tree that proofs are made
-- from, and the stamps that an authority gave. All of it could be computed from the journal again
-- but the signatures and the stamps; none of it is trusted by a verifier.

-- migrate:up

-- One row for each journal, for nothing but its lock: it puts the sealers of several processes in
-- order.
CREATE TABLE mingzhang.sealers (
    organisation uuid PRIMARY KEY
);

CREATE TABLE mingzhang.checkpoints (
    organisation uuid NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    note text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organisation, size)
);

-- Roots of complete subtrees of 256, 65536, ... leaves: level 8, 16, ... Those between are
-- computed from these, those below from the leaves.
CREATE TABLE mingzhang.tree_nodes (
    organisation uuid NOT NULL,
    -- At most 56.
    -- squawk-ignore prefer-bigint-over-int
    level integer NOT NULL CHECK (level > 0 AND level % 8 = 0),
    index bigint NOT NULL CHECK (index >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (organisation, level, index)
);

-- Answers of a stamping authority (RFC 3161) over the bytes of a checkpoint's note.
CREATE TABLE mingzhang.stamps (
    organisation uuid NOT NULL,
    size bigint NOT NULL,
    token bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organisation, size)
);

ALTER TABLE mingzhang.sealers ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.sealers FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.sealers
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.checkpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.checkpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.checkpoints
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.tree_nodes ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.tree_nodes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.tree_nodes
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.stamps ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.stamps FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.stamps
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

CREATE TRIGGER recorded_stays_recorded
    BEFORE UPDATE OR DELETE OR TRUNCATE ON mingzhang.checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION mingzhang.refuse_change();
CREATE TRIGGER recorded_stays_recorded
    BEFORE UPDATE OR DELETE OR TRUNCATE ON mingzhang.tree_nodes
    FOR EACH STATEMENT EXECUTE FUNCTION mingzhang.refuse_change();
CREATE TRIGGER recorded_stays_recorded
    BEFORE UPDATE OR DELETE OR TRUNCATE ON mingzhang.stamps
    FOR EACH STATEMENT EXECUTE FUNCTION mingzhang.refuse_change();
ALTER TABLE mingzhang.checkpoints ENABLE ALWAYS TRIGGER recorded_stays_recorded;
ALTER TABLE mingzhang.tree_nodes ENABLE ALWAYS TRIGGER recorded_stays_recorded;
ALTER TABLE mingzhang.stamps ENABLE ALWAYS TRIGGER recorded_stays_recorded;

-- Keep a checkpoint with the subtrees completed since the one before, all or nothing. False, and
-- nothing is kept, when the journal is not sealed up to p_previous_size: another process was
-- faster. Like append_events it runs with its owner's rights and is the application's only way
-- to write to these tables, and whose journal it is for is checked here as well.
CREATE FUNCTION mingzhang.add_checkpoint(
    p_organisation uuid,
    p_previous_size bigint,
    p_size bigint,
    p_note text,
    p_levels integer[],
    p_indexes bigint[],
    p_hashes bytea[]
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    v_sealed bigint;
BEGIN
    IF p_organisation IS NULL OR p_organisation IS DISTINCT FROM
            nullif(current_setting('mingzhang.organisation', true), '')::uuid THEN
        RAISE EXCEPTION 'the session does not act for organisation %', p_organisation
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- The lock. What is read below is read with a snapshot taken after it.
    PERFORM FROM mingzhang.sealers s WHERE s.organisation = p_organisation FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO mingzhang.sealers AS s (organisation) VALUES (p_organisation)
            ON CONFLICT (organisation) DO UPDATE SET organisation = s.organisation;
    END IF;
    v_sealed := coalesce((SELECT max(c.size) FROM mingzhang.checkpoints c
        WHERE c.organisation = p_organisation), 0);
    IF v_sealed <> p_previous_size OR p_size <= v_sealed THEN
        RETURN false;
    END IF;
    IF p_size > coalesce((SELECT h.position FROM mingzhang.journal_heads h
            WHERE h.organisation = p_organisation), 0) THEN
        RAISE EXCEPTION 'the journal of % has no % events to be sealed', p_organisation, p_size
            USING ERRCODE = 'MZ004';
    END IF;
    INSERT INTO mingzhang.checkpoints (organisation, size, note)
        VALUES (p_organisation, p_size, p_note);
    INSERT INTO mingzhang.tree_nodes (organisation, level, index, hash)
        SELECT p_organisation, n.level, n.index, n.hash
        FROM unnest(p_levels, p_indexes, p_hashes) AS n(level, index, hash);
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION mingzhang.add_checkpoint(
    uuid, bigint, bigint, text, integer[], bigint[], bytea[]
) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mingzhang.add_checkpoint(
    uuid, bigint, bigint, text, integer[], bigint[], bytea[]
) TO mingzhang_app;
GRANT SELECT ON mingzhang.checkpoints, mingzhang.tree_nodes TO mingzhang_app;
GRANT SELECT, INSERT ON mingzhang.stamps TO mingzhang_app;

-- migrate:down

DO $$
BEGIN
    RAISE EXCEPTION 'the seal is not taken down: drop the database if that is meant'
        USING ERRCODE = 'MZ003';
END
$$;
