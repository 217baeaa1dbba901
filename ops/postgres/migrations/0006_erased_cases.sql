-- Whose client is erased stays in the caseload, for its totals, and out of the list.

-- migrate:up

-- Rows made before it are of cases whose client is there: nobody could be erased then, so no
-- rebuild is needed.
ALTER TABLE mingzhang.caseload ADD COLUMN erased boolean NOT NULL DEFAULT false;

-- How many a list leaves out, without looking at the rest.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX caseload_erased ON mingzhang.caseload (organisation, generation) WHERE erased;

-- migrate:down

-- squawk-ignore ban-drop-column
ALTER TABLE mingzhang.caseload DROP COLUMN erased;
