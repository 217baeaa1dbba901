"""The event log's SQL. Every statement names the organisation and begins a key with it."""

from typing import Final

EVENT_COLUMNS: Final = (
    "organisation, position, stream, version, event_id, topic, schema_version, recorded_at,"
    " actor, command_id, causation_id, previous_leaf, leaf, body"
)
"""In the order of the fields of `domain.log.StoredEvent`."""

APPEND: Final = """
SELECT * FROM mingzhang.append_events(
    $1::uuid, $2::uuid, $3::bytea, $4::text, $5::uuid,
    $6::uuid[], $7::bigint[], $8::integer[],
    $9::uuid[], $10::text[], $11::integer[], $12::bytea[],
    $13::uuid[], $14::bigint[])
"""

COMMAND: Final = """
SELECT digest, first_position, last_position FROM mingzhang.commands
WHERE organisation = $1 AND command_id = $2
"""

STREAM_PAGE: Final = f"""
SELECT {EVENT_COLUMNS} FROM mingzhang.events
WHERE organisation = $1 AND stream = $2 AND version > $3 AND position <= $4
ORDER BY version LIMIT $5
"""  # noqa: S608

JOURNAL_PAGE: Final = f"""
SELECT {EVENT_COLUMNS} FROM mingzhang.events
WHERE organisation = $1 AND position > $2 AND position <= $3
ORDER BY position LIMIT $4
"""  # noqa: S608

JOURNAL_PAGE_OF_TOPICS: Final = f"""
SELECT {EVENT_COLUMNS} FROM mingzhang.events
WHERE organisation = $1 AND position > $2 AND position <= $3 AND topic = ANY($5::text[])
ORDER BY position LIMIT $4
"""  # noqa: S608

HEAD: Final = """
SELECT position, recorded_at FROM mingzhang.journal_heads WHERE organisation = $1
"""

POSITION_AT: Final = "SELECT mingzhang.position_at($1, $2)"

TRACK: Final = """
INSERT INTO mingzhang.tracking AS t (organisation, application_name, notification_id)
VALUES ($1, $2, $3)
ON CONFLICT (organisation, application_name)
DO UPDATE SET notification_id = excluded.notification_id
WHERE t.notification_id < excluded.notification_id
RETURNING notification_id
"""

TRACKED: Final = """
SELECT notification_id FROM mingzhang.tracking
WHERE organisation = $1 AND application_name = $2
"""

NEWEST_FIRST: Final = """
SELECT stream, version, topic, body FROM mingzhang.events
WHERE organisation = $1 AND stream = $2 AND version > $3 AND version <= $4
ORDER BY version DESC LIMIT $5
"""

OLDEST_FIRST: Final = """
SELECT stream, version, topic, body FROM mingzhang.events
WHERE organisation = $1 AND stream = $2 AND version > $3 AND version <= $4
ORDER BY version LIMIT $5
"""
