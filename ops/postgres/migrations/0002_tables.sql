-- Tables across cases: made from events, kept up by projections/tables/, never the truth. No
-- personal value stands in any of them. Rows carry the generation that they belong to, so a
-- rebuild fills a new one beside the live one and takes its place in one transaction.

-- migrate:up

-- One row for each generation of each table: how far it has come, and how it fares.
CREATE TABLE mingzhang.projections (
    organisation uuid NOT NULL,
    name text NOT NULL,
    generation bigint NOT NULL,
    version bigint NOT NULL,
    -- The checkpoint: every event up to here is in the rows. It only moves forward.
    position bigint NOT NULL CHECK (position >= 0),
    -- Every row is at least as young as this; rows touched since may be younger.
    as_of date NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'stopped', 'rebuilding')),
    -- Why it stopped: positions, ids and kinds of error, never a personal value.
    error text,
    live boolean NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organisation, name, generation)
) WITH (fillfactor = 50);

-- Readers see one generation of a table, and never two.
CREATE UNIQUE INDEX projections_live ON mingzhang.projections (organisation, name) WHERE live;

CREATE TABLE mingzhang.caseload (
    organisation uuid NOT NULL,
    generation bigint NOT NULL,
    case_id uuid NOT NULL,
    client_id uuid NOT NULL,
    status text NOT NULL,
    adviser text,
    opened_on date NOT NULL,
    closed_on date,
    loans bigint NOT NULL,
    lenders text[] NOT NULL,
    currencies text[] NOT NULL,
    entries bigint NOT NULL,
    contacts bigint NOT NULL,
    open_complaints bigint NOT NULL,
    last_occurred_on date,
    last_recorded_at timestamptz NOT NULL,
    next_due_on date,
    -- NULL: the record does not say what was due when.
    overdue boolean,
    as_of date NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (organisation, generation, case_id)
);

-- The order in which the list is read, by pages.
CREATE INDEX caseload_newest ON mingzhang.caseload
    (organisation, generation, opened_on, case_id);
-- What has to be computed again when the day changes.
CREATE INDEX caseload_as_of ON mingzhang.caseload (organisation, generation, as_of, case_id);

-- Amounts in minor units of the row's currency; NULL where the figure is unknown, and `unknown`
-- then says which and why.
CREATE TABLE mingzhang.balances (
    organisation uuid NOT NULL,
    generation bigint NOT NULL,
    case_id uuid NOT NULL,
    loan_id uuid NOT NULL,
    lender text NOT NULL,
    lender_class text NOT NULL,
    currency text NOT NULL,
    principal_minor bigint,
    interest_minor bigint,
    penalty_minor bigint,
    fees_minor bigint,
    owed_minor bigint,
    paid_minor bigint,
    pending_minor bigint,
    arrears_minor bigint,
    unknown text,
    rules text NOT NULL,
    as_of date NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (organisation, generation, case_id, loan_id)
);

CREATE INDEX balances_as_of ON mingzhang.balances (organisation, generation, as_of, case_id);

ALTER TABLE mingzhang.projections ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.projections FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.projections
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.caseload ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.caseload FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.caseload
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

ALTER TABLE mingzhang.balances ENABLE ROW LEVEL SECURITY;
ALTER TABLE mingzhang.balances FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mingzhang.balances
    USING (organisation = nullif(current_setting('mingzhang.organisation', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON mingzhang.projections, mingzhang.caseload, mingzhang.balances TO mingzhang_app;

-- migrate:down

-- squawk-ignore ban-drop-table
DROP TABLE mingzhang.balances;
-- squawk-ignore ban-drop-table
DROP TABLE mingzhang.caseload;
-- squawk-ignore ban-drop-table
DROP TABLE mingzhang.projections;
