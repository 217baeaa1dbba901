-- What is to be done next in each case, and every deadline across cases.

-- squawk-ignore-file ban-drop-column

-- migrate:up

-- By which rules every row was made, or since by later ones; empty until that is known.
ALTER TABLE mingzhang.projections ADD COLUMN rules text NOT NULL DEFAULT '';

-- Empty in rows of an older version, which are shown until the rebuild that they ask for.
ALTER TABLE mingzhang.caseload
    ADD COLUMN phase text,
    ADD COLUMN urgency text,
    ADD COLUMN next_on date,
    -- Puts the next actions in order: missed ones, then by day, then undated ones; 9 for none.
    ADD COLUMN next_sort text COLLATE "C" NOT NULL DEFAULT '9',
    ADD COLUMN next_code text,
    ADD COLUMN next_kind text,
    ADD COLUMN next_key text,
    ADD COLUMN missed bigint,
    ADD COLUMN due_in_7 bigint,
    ADD COLUMN due_in_14 bigint,
    ADD COLUMN open_tasks bigint,
    ADD COLUMN last_contact_on date,
    ADD COLUMN rules text NOT NULL DEFAULT '';

-- The list by what is to be done next: of one member, and of all.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX caseload_next_of ON mingzhang.caseload
    (organisation, generation, adviser, next_sort, case_id) WHERE NOT erased;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX caseload_next ON mingzhang.caseload
    (organisation, generation, next_sort, case_id) WHERE NOT erased;

CREATE TABLE mingzhang.deadlines (
    organisation uuid NOT NULL,
    generation bigint NOT NULL,
    case_id uuid NOT NULL,
    -- Empty in the one row that every case has, so that it is found again when the day changes.
    key text COLLATE "C" NOT NULL,
    -- The member who has to see to it.
    adviser text,
    code text,
    -- NULL where no day is known, and `unknown` then says why.
    due_on date,
    -- The same, infinity where no day is known.
    due_sort date NOT NULL,
    starts_on date,
    obliged text,
    state text,
    -- The calendar of its year is not published, so the day may still move.
    provisional boolean,
    unknown text,
    rule_id text,
    -- The entry that set it off, and the one that met or ended it.
    entry_id uuid,
    met_by uuid,
    days_late bigint,
    client_id uuid NOT NULL,
    -- Of the case.
    status text NOT NULL,
    erased boolean NOT NULL,
    rules text NOT NULL,
    as_of date NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (organisation, generation, case_id, key)
);

-- The order in which it is read, by pages: of one member, in one state, and all of it.
CREATE INDEX deadlines_of ON mingzhang.deadlines
    (organisation, generation, adviser, due_sort, case_id, key) WHERE key <> '' AND NOT erased;
CREATE INDEX deadlines_in_state ON mingzhang.deadlines
    (organisation, generation, state, due_sort, case_id, key) WHERE key <> '' AND NOT erased;
CREATE INDEX deadlines_by_day ON mingzhang.deadlines
    (organisation, generation, due_sort, case_id, key) WHERE key <> '' AND NOT erased;
-- How many a list leaves out, without looking at the rest.
CREATE INDEX deadlines_erased ON mingzhang.deadlines (organisation, generation) WHERE erased;
-- What has to be computed again when the day or the rules change.
CREATE INDEX deadlines_made ON mingzhang.deadlines
    (organisation, generation, case_id, as_of, rules) WHERE key = '';

ALTER TABLE mingzhang.deadlines ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.deadlines FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.deadlines
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE ON mingzhang.deadlines TO mingzhang_app;

-- migrate:down

-- squawk-ignore ban-drop-table
DROP TABLE mingzhang.deadlines;
ALTER TABLE mingzhang.caseload
    DROP COLUMN rules,
    DROP COLUMN last_contact_on,
    DROP COLUMN open_tasks,
    DROP COLUMN due_in_14,
    DROP COLUMN due_in_7,
    DROP COLUMN missed,
    DROP COLUMN next_key,
    DROP COLUMN next_kind,
    DROP COLUMN next_code,
    DROP COLUMN next_sort,
    DROP COLUMN next_on,
    DROP COLUMN urgency,
    DROP COLUMN phase;
ALTER TABLE mingzhang.projections DROP COLUMN rules;
