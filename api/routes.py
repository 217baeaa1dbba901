"""Every route, declared once. Its handler, its guard and its documentation come from here."""

from typing import Final

from api.calendar_feeds import FEEDS
from api.calendar_reading import CALENDAR
from api.call import Route
from api.capabilities import Capability
from api.case_changes import CASE_CHANGES
from api.changes import CHANGES
from api.conflict_routes import CONFLICTS
from api.documents import Alive, ready, show_docs, show_openapi, show_problem, well
from api.figure_routes import FIGURES
from api.import_routes import IMPORTS
from api.intake_readings import INTAKE
from api.people_routes import PEOPLE_WRITES
from api.problems import Kind
from api.proceeding_routes import PROCEEDINGS
from api.read_routes import READS
from api.seal_routes import SEALS
from api.searching import SEARCH
from api.standing_readings import STANDING
from api.statistics import STATISTICS
from api.task_readings import TASKS
from api.work_listings import WORK_LISTINGS
from api.write_routes import WRITES

_HOUSE: Final = (
    Route(
        method="GET",
        path="/health/live",
        capability=Capability.PUBLIC,
        summary="Whether the process answers.",
        handle=well,
        answer=Alive,
    ),
    Route(
        method="GET",
        path="/health/ready",
        capability=Capability.PUBLIC,
        summary="Whether requests can be served: 503 while the record cannot be reached.",
        handle=ready,
        answer=Alive,
    ),
    Route(
        method="GET",
        path="/openapi.json",
        capability=Capability.PUBLIC,
        summary="This document.",
        handle=show_openapi,
        answer=dict,
    ),
    Route(
        method="GET",
        path="/docs",
        capability=Capability.PUBLIC,
        summary="This document, for people.",
        handle=show_docs,
        answer_media="text/html",
    ),
    Route(
        method="GET",
        path="/problems/{code}",
        capability=Capability.PUBLIC,
        summary="What a problem type means, and what would be right.",
        handle=show_problem,
        answer=Kind,
    ),
)

ROUTES: Final = (
    *WRITES,
    *PEOPLE_WRITES,
    *READS,
    *STANDING,
    *PROCEEDINGS,
    *FIGURES,
    *STATISTICS,
    *IMPORTS,
    *SEARCH,
    *TASKS,
    *WORK_LISTINGS,
    *CASE_CHANGES,
    *CHANGES,
    *CONFLICTS,
    *FEEDS,
    *CALENDAR,
    *INTAKE,
    *SEALS,
    *_HOUSE,
)
"""All of them."""
