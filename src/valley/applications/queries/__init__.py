"""What may a person, an employer's desk and the office ask about applications?"""

from valley.applications.queries.figures import FigureRow, Figures, procedure_figures
from valley.applications.queries.inbox import (
    Accepted,
    DeskApplication,
    DeskList,
    DeskOpening,
    DeskPage,
    Step,
    accepted,
    accepted_of,
    applications_for,
    desk,
)
from valley.applications.queries.mine import LookLine, MyApplication, my_application, my_applications
from valley.applications.queries.overlap import OverlapSeen, SeenLine, overlap_seen
from valley.applications.queries.preview import ApplicationPreview, ApplyPage, apply_page, preview

__all__ = [
    "Accepted",
    "ApplicationPreview",
    "ApplyPage",
    "DeskApplication",
    "DeskList",
    "DeskOpening",
    "DeskPage",
    "FigureRow",
    "Figures",
    "LookLine",
    "MyApplication",
    "OverlapSeen",
    "SeenLine",
    "Step",
    "accepted",
    "accepted_of",
    "applications_for",
    "apply_page",
    "desk",
    "my_application",
    "my_applications",
    "overlap_seen",
    "preview",
    "procedure_figures",
]
