"""What do all these employers share: the red thread of competences, with every test that tried to break it?

`thread` finds it. ``thread.exact`` proves how good it is, ``thread.checker`` checks a result by another route and
``thread.twin`` is the readable version; import these where they are needed.
"""

from valley.core.curriculum.thread.search import fingerprint, thread
from valley.core.curriculum.thread.shapes import (
    CurvePoint,
    InvalidThread,
    Item,
    Kind,
    Label,
    LeftOut,
    Level,
    Line,
    Null,
    Other,
    Policy,
    Refusal,
    Setting,
    Share,
    Thread,
    Weighting,
)

__all__ = [
    "CurvePoint",
    "InvalidThread",
    "Item",
    "Kind",
    "Label",
    "LeftOut",
    "Level",
    "Line",
    "Null",
    "Other",
    "Policy",
    "Refusal",
    "Setting",
    "Share",
    "Thread",
    "Weighting",
    "fingerprint",
    "thread",
]
