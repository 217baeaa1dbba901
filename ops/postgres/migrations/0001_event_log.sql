-- The event log: one gapless journal for each organisation, one stream for each case or client.
--
-- Every key begins with the organisation and every statement names it, so that no statement
-- crosses organisations and the tables can be distributed by it. There are no sequences (they
-- leave gaps after a failover), no foreign keys (they would cross shards), no advisory locks
-- (they do not survive a failover) and no transaction ids in stored rows (they mean nothing
-- after a restore): all the ordering rests on one row lock.

-- migrate:up

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- Where each journal ends. The row is the lock that puts appends in order; it changes with
-- every append, so its page keeps room for heap-only updates.
CREATE TABLE mingzhang.journal_heads (
    organisation uuid PRIMARY KEY,
    position bigint NOT NULL,
    recorded_at timestamptz
) WITH (fillfactor = 20);

-- Where each stream ends: as rows, so that no append ever searches for a stream's end.
CREATE TABLE mingzhang.stream_heads (
    organisation uuid NOT NULL,
    stream uuid NOT NULL,
    version bigint NOT NULL,
    leaf bytea NOT NULL,
    PRIMARY KEY (organisation, stream)
) WITH (fillfactor = 80);

CREATE TABLE mingzhang.events (
    organisation uuid NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    stream uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 0),
    event_id uuid NOT NULL,
    topic text NOT NULL,
    -- Four bytes, as in the leaf.
    -- squawk-ignore prefer-bigint-over-int
    schema_version integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    command_id uuid NOT NULL,
    causation_id uuid,
    previous_leaf bytea,
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    body bytea NOT NULL,
    PRIMARY KEY (organisation, position),
    UNIQUE (organisation, stream, version),
    UNIQUE (organisation, event_id)
);

-- A large body is mostly ciphertext in base64, which pglz cannot shrink: trying would only
-- lengthen the time for which the head row is held.
ALTER TABLE mingzhang.events ALTER COLUMN body SET STORAGE EXTERNAL;

-- What each command recorded, for answering a repeat as the first time. Positions are
-- consecutive, so first and last say it all.
CREATE TABLE mingzhang.commands (
    organisation uuid NOT NULL,
    command_id uuid NOT NULL,
    digest bytea,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    PRIMARY KEY (organisation, command_id)
);

-- How far the `eventsourcing` library's own projections have come; it only moves forward.
CREATE TABLE mingzhang.tracking (
    organisation uuid NOT NULL,
    application_name text NOT NULL,
    notification_id bigint NOT NULL,
    PRIMARY KEY (organisation, application_name)
) WITH (fillfactor = 50);

-- Row-level security, forced so that it binds the owner too. A session that named no
-- organisation sees nothing: the setting is then NULL, or '' after a RESET.
ALTER TABLE mingzhang.journal_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.journal_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.journal_heads
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.stream_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.stream_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.stream_heads
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.events FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.events
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.commands ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.commands FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.commands
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.tracking ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.tracking FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.tracking
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

-- The trigger refuses what the privileges below refuse as well, for it binds the owner, too.
CREATE FUNCTION mingzhang.refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: what was recorded stays as it was recorded',
        tg_op, tg_table_schema, tg_table_name
        USING ERRCODE = 'MZ002',
            HINT = 'Record a new event (entry-corrected or entry-withdrawn) instead.';
END
$$;

CREATE TRIGGER recorded_stays_recorded
    BEFORE UPDATE OR DELETE OR TRUNCATE ON mingzhang.events
    FOR EACH STATEMENT EXECUTE FUNCTION mingzhang.refuse_change();
CREATE TRIGGER recorded_stays_recorded
    BEFORE UPDATE OR DELETE OR TRUNCATE ON mingzhang.commands
    FOR EACH STATEMENT EXECUTE FUNCTION mingzhang.refuse_change();
ALTER TABLE mingzhang.events ENABLE ALWAYS TRIGGER recorded_stays_recorded;
ALTER TABLE mingzhang.commands ENABLE ALWAYS TRIGGER recorded_stays_recorded;

-- The leaf of one event: ops/docs/leaf.md, domain/leaf.py. Each field goes in behind its length
-- as four bytes, so a field of fixed size has a constant before it. Stable, not immutable,
-- because convert_to is; that lets the planner put the expression in the caller's place.
CREATE FUNCTION mingzhang.event_leaf(
    organisation uuid,
    "position" bigint,
    stream uuid,
    version bigint,
    event_id uuid,
    topic text,
    schema_version integer,
    recorded_at timestamptz,
    actor text,
    command_id uuid,
    causation_id uuid,
    previous_leaf bytea,
    body_digest bytea
) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(
    '\x00'::bytea
    || '\x00000010'::bytea || '\x6d696e677a68616e672f6c6561662f31'::bytea
    || '\x00000010'::bytea || uuid_send(organisation)
    || '\x00000008'::bytea || int8send("position")
    || '\x00000010'::bytea || uuid_send(stream)
    || '\x00000008'::bytea || int8send(version)
    || '\x00000010'::bytea || uuid_send(event_id)
    || int4send(octet_length(convert_to(topic, 'UTF8'))) || convert_to(topic, 'UTF8')
    || '\x00000004'::bytea || int4send(schema_version)
    || '\x00000008'::bytea || int8send((extract(epoch FROM recorded_at) * 1000000)::bigint)
    || int4send(octet_length(convert_to(actor, 'UTF8'))) || convert_to(actor, 'UTF8')
    || '\x00000010'::bytea || uuid_send(command_id)
    || coalesce('\x00000010'::bytea || uuid_send(causation_id), '\x00000000'::bytea)
    || coalesce('\x00000020'::bytea || previous_leaf, '\x00000000'::bytea)
    || body_digest
);

-- Append one command's events, in one call. `outcome` is one of
--   appended   the arrays hold, event by event in position order, what the log gave them
--   repeated   the command was recorded before, at first_position to last_position
--   mismatch   the command was recorded before, with another digest
--   conflict   conflict_stream stands at actual_version, not at expected_version
-- and nothing is written unless it is `appended`. An outcome is a row and not an exception so
-- that group append can come without a subtransaction for each command: a sibling of this
-- function will take an array of commands, lock the head row once, run the two loops below for
-- each command in turn with the position and time carried over, update the head row and notify
-- once at the end, and return one such row for each command, in order.
--
-- plan_cache_mode and enable_seqscan: each statement below is a probe of one key. A plan made
-- while a table was empty must serve when it holds a million rows, so it is made once, and
-- never as a sequential scan, whatever the statistics of a young table say.
--
-- It runs with its owner's rights, and is the application's only way to write to these tables:
-- a session that was taken over can append what the application could, and forge no head, leaf,
-- position or time. An owner that is a superuser passes row-level security, so whose journal it
-- is for is checked here as well.
CREATE FUNCTION mingzhang.append_events(
    p_organisation uuid,
    p_command_id uuid,
    p_digest bytea,
    p_actor text,
    p_causation_id uuid,
    p_write_streams uuid[],
    p_write_expected bigint[],
    p_write_counts integer[],
    p_event_ids uuid[],
    p_topics text[],
    p_schema_versions integer[],
    p_bodies bytea[],
    p_read_streams uuid[],
    p_read_expected bigint[],
    OUT outcome text,
    OUT first_position bigint,
    OUT last_position bigint,
    OUT recorded_times timestamptz[],
    OUT previous_leaves bytea[],
    OUT leaves bytea[],
    OUT conflict_stream uuid,
    OUT expected_version bigint,
    OUT actual_version bigint
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    v_position bigint;
    v_recorded_at timestamptz;
    v_digest bytea;
    v_write integer := 0;
    v_left integer := 0;
    v_stream uuid;
    v_version bigint;
    v_leaf bytea;
    v_found boolean;
    v_twin integer;
    v_bases bigint[] := '{}';
    v_index integer := 0;
    v_event record;
BEGIN
    IF p_organisation IS NULL OR p_organisation IS DISTINCT FROM
            nullif(current_setting('mingzhang.organisation', true), '')::uuid THEN
        RAISE EXCEPTION 'the session does not act for organisation %', p_organisation
            USING ERRCODE = 'insufficient_privilege';
    END IF;

    -- The lock. Until this transaction ends no other append of the organisation gets a
    -- position, so positions have no gap and are in commit order: a reader that sees one
    -- sees all before it. Everything below reads with snapshots taken after the lock.
    SELECT h.position, h.recorded_at INTO v_position, v_recorded_at
        FROM mingzhang.journal_heads h
        WHERE h.organisation = p_organisation FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        -- The first append of an organisation. DO UPDATE locks the row of whoever was first;
        -- DO NOTHING would leave us without one.
        INSERT INTO mingzhang.journal_heads AS h (organisation, position)
            VALUES (p_organisation, 0)
            ON CONFLICT (organisation) DO UPDATE SET position = h.position
            RETURNING h.position, h.recorded_at INTO v_position, v_recorded_at;
    END IF;

    SELECT c.digest, c.first_position, c.last_position
        INTO v_digest, first_position, last_position
        FROM mingzhang.commands c
        WHERE c.organisation = p_organisation AND c.command_id = p_command_id;
    IF FOUND THEN
        outcome := CASE WHEN v_digest <> p_digest THEN 'mismatch' ELSE 'repeated' END;
        RETURN;
    END IF;

    FOR i IN 1 .. cardinality(p_read_streams) LOOP
        SELECT s.version INTO v_version FROM mingzhang.stream_heads s
            WHERE s.organisation = p_organisation AND s.stream = p_read_streams[i];
        IF coalesce(v_version <> p_read_expected[i], p_read_expected[i] NOT IN (0, -1)) THEN
            outcome := 'conflict';
            conflict_stream := p_read_streams[i];
            expected_version := p_read_expected[i];
            actual_version := coalesce(v_version, 0);
            RETURN;
        END IF;
    END LOOP;

    -- Nothing is written before every version is known to be right. A stream written to twice
    -- in one append starts the second time where the first time ends.
    FOR i IN 1 .. cardinality(p_write_streams) LOOP
        v_twin := NULL;
        IF i > 1 THEN
            SELECT max(t.n) INTO v_twin
                FROM unnest(p_write_streams) WITH ORDINALITY AS t(stream, n)
                WHERE t.n < i AND t.stream = p_write_streams[i];
        END IF;
        IF v_twin IS NOT NULL THEN
            v_version := v_bases[v_twin] + p_write_counts[v_twin];
        ELSE
            SELECT s.version INTO v_version FROM mingzhang.stream_heads s
                WHERE s.organisation = p_organisation AND s.stream = p_write_streams[i];
        END IF;
        IF coalesce(v_version <> p_write_expected[i], p_write_expected[i] NOT IN (0, -1)) THEN
            outcome := 'conflict';
            conflict_stream := p_write_streams[i];
            expected_version := p_write_expected[i];
            actual_version := coalesce(v_version, 0);
            RETURN;
        END IF;
        v_bases[i] := p_write_expected[i];
    END LOOP;

    outcome := 'appended';
    first_position := v_position + 1;
    FOR v_event IN
        SELECT e.event_id, e.topic, e.schema_version, e.body, sha256(e.body) AS body_digest
            FROM unnest(p_event_ids, p_topics, p_schema_versions, p_bodies)
                AS e(event_id, topic, schema_version, body)
    LOOP
        IF v_left = 0 THEN
            v_write := v_write + 1;
            v_left := p_write_counts[v_write];
            v_stream := p_write_streams[v_write];
            v_version := v_bases[v_write];
            SELECT s.leaf INTO v_leaf FROM mingzhang.stream_heads s
                WHERE s.organisation = p_organisation AND s.stream = v_stream;
            v_found := FOUND;
        END IF;
        v_index := v_index + 1;
        v_left := v_left - 1;
        v_position := v_position + 1;
        v_version := v_version + 1;
        -- Strictly rising, also when the clock stands still or goes back.
        v_recorded_at := greatest(
            clock_timestamp(), v_recorded_at + interval '1 microsecond');
        previous_leaves[v_index] := v_leaf;
        v_leaf := mingzhang.event_leaf(
            p_organisation, v_position, v_stream, v_version, v_event.event_id,
            v_event.topic, v_event.schema_version, v_recorded_at, p_actor,
            p_command_id, p_causation_id, v_leaf, v_event.body_digest);
        recorded_times[v_index] := v_recorded_at;
        leaves[v_index] := v_leaf;
        INSERT INTO mingzhang.events (
            organisation, position, stream, version, event_id, topic, schema_version,
            recorded_at, actor, command_id, causation_id, previous_leaf, leaf, body
        ) VALUES (
            p_organisation, v_position, v_stream, v_version, v_event.event_id, v_event.topic,
            v_event.schema_version, v_recorded_at, p_actor, p_command_id, p_causation_id,
            previous_leaves[v_index], v_leaf, v_event.body);
        IF v_left > 0 THEN
            CONTINUE;
        ELSIF v_found THEN
            UPDATE mingzhang.stream_heads s SET version = v_version, leaf = v_leaf
                WHERE s.organisation = p_organisation AND s.stream = v_stream;
        ELSE
            INSERT INTO mingzhang.stream_heads (organisation, stream, version, leaf)
                VALUES (p_organisation, v_stream, v_version, v_leaf);
        END IF;
    END LOOP;

    last_position := v_position;
    UPDATE mingzhang.journal_heads h SET position = v_position, recorded_at = v_recorded_at
        WHERE h.organisation = p_organisation;
    INSERT INTO mingzhang.commands (
        organisation, command_id, digest, first_position, last_position
    ) VALUES (p_organisation, p_command_id, p_digest, first_position, last_position);
    -- A hint only: readers poll as well, since a notification can be lost with its connection.
    PERFORM pg_notify('mingzhang_journal', p_organisation || ':' || v_position);
END
$$;

-- The last position recorded at or before a moment; 0 when there is none. recorded_at rises
-- with the position and positions have no gap, so the primary key can be halved: about twenty
-- probes for a million events, and no index to keep. Where a head is beyond the events, as only
-- damage can make it, the missing ones count as not yet recorded.
CREATE FUNCTION mingzhang.position_at(p_organisation uuid, p_moment timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY INVOKER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    v_low bigint := 0;
    v_high bigint;
    v_middle bigint;
    v_recorded_at timestamptz;
BEGIN
    SELECT h.position INTO v_high FROM mingzhang.journal_heads h
        WHERE h.organisation = p_organisation;
    WHILE v_low < v_high LOOP
        v_middle := (v_low + v_high + 1) / 2;
        SELECT e.recorded_at INTO v_recorded_at FROM mingzhang.events e
            WHERE e.organisation = p_organisation AND e.position = v_middle;
        IF v_recorded_at <= p_moment THEN
            v_low := v_middle;
        ELSE
            v_high := v_middle - 1;
        END IF;
    END LOOP;
    RETURN v_low;
END
$$;

-- The journal by the names of the `eventsourcing` library, for its stock recorder to read. It
-- holds the session's organisation and runs with the reader's rights, not its owner's.
CREATE VIEW mingzhang.stored_events WITH (security_invoker = true) AS
SELECT
    stream AS originator_id,
    version AS originator_version,
    topic,
    body AS state,
    position AS notification_id
FROM mingzhang.events
WHERE organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid;

REVOKE ALL ON FUNCTION mingzhang.refuse_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION mingzhang.event_leaf(
    uuid, bigint, uuid, bigint, uuid, text, integer, timestamptz, text, uuid, uuid, bytea, bytea
) FROM PUBLIC;
REVOKE ALL ON FUNCTION mingzhang.append_events(
    uuid, uuid, bytea, text, uuid, uuid[], bigint[], integer[], uuid[], text[], integer[],
    bytea[], uuid[], bigint[]
) FROM PUBLIC;
REVOKE ALL ON FUNCTION mingzhang.position_at(uuid, timestamptz) FROM PUBLIC;

GRANT USAGE ON SCHEMA mingzhang TO mingzhang_app;
GRANT SELECT
    ON mingzhang.events, mingzhang.commands, mingzhang.journal_heads, mingzhang.stream_heads
    TO mingzhang_app;
GRANT SELECT, INSERT, UPDATE ON mingzhang.tracking TO mingzhang_app;
GRANT SELECT ON mingzhang.stored_events TO mingzhang_app;
GRANT EXECUTE ON FUNCTION mingzhang.append_events(
    uuid, uuid, bytea, text, uuid, uuid[], bigint[], integer[], uuid[], text[], integer[],
    bytea[], uuid[], bigint[]
) TO mingzhang_app;
GRANT EXECUTE ON FUNCTION mingzhang.position_at(uuid, timestamptz) TO mingzhang_app;

-- migrate:down

DO $$
BEGIN
    RAISE EXCEPTION 'the event log is not taken down: drop the database if that is meant'
        USING ERRCODE = 'MZ003';
END
$$;
