"""How does a stored route become the plain tuples of a timeline?"""

from __future__ import annotations

from typing import Any

from valley.chains import pictures
from valley.routes import queries


def of_route(page: queries.RoutePage) -> dict[str, Any]:
    """The picture of a version of a route."""
    links = [(link.employer, link.starts_on, link.ends_on, link.state, link.warnings) for link in page.links]
    return pictures.of_links(links, page.processes, page.years)
