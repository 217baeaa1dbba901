"""The workload: open cases by the member in charge, counted in one statement over the caseload."""

from typing import Final

from projections.tables.caseload import CASELOAD

QUIET_DAYS: Final = 30
"""Days without contact after which a case is counted as quiet."""

# A row of an older version says nothing of its next action, nor by which rules it was made.
WORKLOAD: Final = f"""
SELECT p.position AS p_position, p.as_of AS p_as_of, p.rules AS p_rules, p.state AS p_state,
    (SELECT count(*) FROM mingzhang.{CASELOAD.name} r
     WHERE r.organisation = p.organisation AND r.generation = p.generation AND r.erased
        AND r.status = 'open') AS p_omitted,
    t.*
FROM mingzhang.projections p
LEFT JOIN LATERAL (
    SELECT coalesce(r.adviser, '') COLLATE "C" AS who,
        count(*) AS open_cases,
        count(*) FILTER (WHERE r.urgency = 'urgent') AS urgent,
        count(*) FILTER (WHERE r.urgency = 'emergency') AS emergency,
        count(*) FILTER (WHERE r.overdue) AS overdue,
        sum((r.missed > 0)::int)::bigint AS with_missed,
        sum(r.missed)::bigint AS missed,
        sum(r.due_in_7)::bigint AS due_in_7,
        sum(r.due_in_14)::bigint AS due_in_14,
        sum(r.open_tasks)::bigint AS open_tasks,
        count(*) FILTER (WHERE r.next_kind IS NULL AND r.rules <> '') AS without_action,
        count(*) FILTER (
            WHERE coalesce(r.last_contact_on, r.opened_on) < r.as_of - {QUIET_DAYS}
        ) AS quiet
    FROM mingzhang.{CASELOAD.name} r
    WHERE r.organisation = p.organisation AND r.generation = p.generation
        AND r.status = 'open' AND NOT r.erased
        AND ($3::text IS NULL OR coalesce(r.adviser, '') COLLATE "C" > $3)
    GROUP BY 1 ORDER BY 1 LIMIT $2
) t ON true
WHERE p.organisation = $1 AND p.name = '{CASELOAD.name}' AND p.live
ORDER BY t.who
"""  # noqa: S608
"""$1 organisation, $2 limit, $3 the member after whom to go on."""
