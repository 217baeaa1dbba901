"""The templates that come with this release. They name no law: what they rest on, the caller says.

A released version keeps its words: a letter names template and version, and its text is kept.
"""

from collections.abc import Mapping
from typing import Final

from domain.letters.template import Template
from domain.letters.templates.before_court import BEFORE_COURT
from domain.letters.templates.complaining import COMPLAINING
from domain.letters.templates.offering import OFFERING
from domain.letters.templates.with_others import WITH_OTHERS

TEMPLATES: Final[Mapping[str, Template]] = {
    template.template: template
    for template in (*OFFERING, *COMPLAINING, *BEFORE_COURT, *WITH_OTHERS)
}
"""By template id."""
