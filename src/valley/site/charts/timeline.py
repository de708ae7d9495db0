"""How does a relay route look: jobs over months, what is practised where, hours per school year, and what is flagged?

One axis of months runs under jobs and work processes, so that a gap is seen as a gap. All that the picture says stands
in three tables below it. Canvas of 360 units, words above their bar: the same on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from valley.site.charts.shapes import WIDTH, joined, shape
from valley.site.charts.words import CHARACTER, number, shortened

GUTTER = 84.0
PLOT = WIDTH - GUTTER
JOB_ROW, PROCESS_ROW, YEAR_ROW = 40.0, 20.0, 40.0
SPACE = 34.0


@dataclass(frozen=True, slots=True)
class Job:
    """One bar: who, its days in words, months from the start of the route, a state, and flags in words."""

    label: str
    words: str
    start: float
    end: float
    state: str = "planned"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """One work process: hours asked, hours at each of the jobs, and hours proven before."""

    code: str
    name: str
    asked: float
    hours: tuple[float, ...]
    proven: float = 0.0
    covered: bool = True


@dataclass(frozen=True, slots=True)
class Year:
    """Hours of practice in one school year, and the least there should be (0: no minimum known)."""

    label: str
    hours: float
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole route; ``ticks`` are (months from the start, label) of the axis."""

    title: str
    jobs: tuple[Job, ...]
    processes: tuple[Process, ...]
    years: tuple[Year, ...]
    ticks: tuple[tuple[float, str], ...] = ()


def timeline(spec: Timeline) -> SafeString:
    """The figure: picture, legend and tables; without jobs the title and a sentence."""
    if not spec.jobs:
        words = _("There is no job in this route yet.")
        return format_html('<figure class="chart"><figcaption>{}</figcaption><p>{}</p></figure>', spec.title, words)
    name = f"timeline-{crc32(repr(spec).encode()):08x}"
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>{}<details><summary>{}</summary>{}</details></figure>',
        spec.title,
        _picture(spec, name),
        _("Show as a table"),
        _tables(spec, name),
    )


def _picture(spec: Timeline, name: str) -> SafeString:
    scale = PLOT / max(job.end for job in spec.jobs)
    top = len(spec.jobs) * JOB_ROW
    parts = [shape("title", spec.title, id=f"{name}-title"), shape("desc", _summary(spec), id=f"{name}-desc")]
    grid = top + SPACE
    bottom = grid + len(spec.processes) * PROCESS_ROW
    parts.extend(_axis(spec, scale, top=0.0, bottom=bottom))
    parts.extend(part for index, job in enumerate(spec.jobs) for part in _job(job, index, scale))
    parts.extend(part for index, line in enumerate(spec.processes) for part in _process(spec, line, index, scale, grid))
    years = bottom + SPACE
    most = max((max(year.hours, year.least) for year in spec.years), default=0.0) or 1.0
    parts.append(shape("text", _("Practice hours per school year"), x=0, y=years - 10, kind="soft"))
    parts.extend(part for index, year in enumerate(spec.years) for part in _year(year, years + index * YEAR_ROW, most))
    height = years + len(spec.years) * YEAR_ROW
    return shape(
        "svg",
        joined(parts),
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _axis(spec: Timeline, scale: float, *, top: float, bottom: float) -> list[SafeString]:
    """Vertical rules at the ticks, labels between jobs and work processes; labels that would touch are left out."""
    parts: list[SafeString] = []
    middle = len(spec.jobs) * JOB_ROW + 14
    free_from = GUTTER
    for month, label in spec.ticks:
        x = GUTTER + month * scale
        parts.append(shape("path", d=f"M{x:.1f} {top:.1f}V{bottom:.1f}", kind="rule"))
        width = len(label) * CHARACTER
        if x >= free_from and x + width <= WIDTH + 4:
            parts.append(shape("text", label, x=x, y=middle, kind="soft over"))
            free_from = x + width + 8
    return parts


def _job(job: Job, index: int, scale: float) -> list[SafeString]:
    y = index * JOB_ROW
    x, width = GUTTER + job.start * scale, max((job.end - job.start) * scale - 1.5, 1.0)
    room = WIDTH - len(job.words) * CHARACTER - 12
    kind = {"done": "s3", "running": "s4", "withdrawn": "s5"}.get(job.state, "s1")
    parts = [
        shape("text", shortened(job.label, room), x=0, y=y + 13, kind="over"),
        shape("text", job.words, x=WIDTH, y=y + 13, kind="soft end over"),
        shape("rect", x=GUTTER, y=y + 20, width=PLOT, height=12, kind="track"),
        shape("rect", x=x, y=y + 20, width=width, height=12, kind=kind),
    ]
    if job.state == "withdrawn":
        parts.append(shape("path", d=f"M{x:.1f} {y + 26:.1f}H{x + width:.1f}", kind="axis"))
    if job.flags:
        d = f"M{x + 4:.1f} {y + 34:.1f}l6 -11l6 11z"
        parts.append(shape("path", shape("title", "; ".join(job.flags)), d=d, kind="s2"))
        parts.append(shape("text", "!", x=x + 10, y=y + 33, kind="strong mid over"))
    return parts


def _process(spec: Timeline, line: Process, index: int, scale: float, grid: float) -> list[SafeString]:
    y = grid + index * PROCESS_ROW
    parts = [shape("text", shortened(line.code, GUTTER - 6), x=0, y=y + 13, kind="" if line.covered else "strong")]
    for job, hours in zip(spec.jobs, line.hours, strict=True):
        x, width = GUTTER + job.start * scale, max((job.end - job.start) * scale - 1.5, 1.0)
        if not hours:
            parts.append(shape("rect", x=x, y=y + 2, width=width, height=PROCESS_ROW - 5, kind="track"))
            continue
        words = number(hours)
        parts.append(shape("rect", x=x, y=y + 2, width=width, height=PROCESS_ROW - 5, kind="band"))
        if width > len(words) * CHARACTER + 4:
            parts.append(shape("text", words, x=x + width / 2, y=y + 14, kind="mid"))
    if not line.covered:
        parts.append(shape("text", _("missing"), x=WIDTH, y=y + 14, kind="strong end over"))
    return parts


def _year(year: Year, y: float, most: float) -> list[SafeString]:
    words = _year_words(year)
    enough = year.hours >= year.least
    parts = [
        shape("text", shortened(year.label, WIDTH - len(words) * CHARACTER - 12), x=0, y=y + 13),
        shape("text", words, x=WIDTH, y=y + 13, kind="end" if enough else "strong end"),
        shape("rect", x=0, y=y + 20, width=WIDTH, height=12, rx=3, kind="track"),
        shape("rect", x=0, y=y + 20, width=year.hours / most * WIDTH, height=12, rx=3, kind="s1" if enough else "s2"),
    ]
    if year.least:
        x = min(year.least / most * WIDTH, WIDTH - 1)
        parts.append(shape("path", d=f"M{x:.1f} {y + 17:.1f}V{y + 35:.1f}", kind="axis"))
    return parts


def _year_words(year: Year) -> str:
    if not year.least:
        return _("%(hours)s hours") % {"hours": number(year.hours)}
    return _("%(hours)s hours; at least %(least)s") % {"hours": number(year.hours), "least": number(year.least)}


def _summary(spec: Timeline) -> str:
    covered = sum(line.covered for line in spec.processes)
    return _("%(jobs)s jobs, %(covered)s of %(all)s work processes covered. The tables below say the same.") % {
        "jobs": len(spec.jobs),
        "covered": covered,
        "all": len(spec.processes),
    }


def _tables(spec: Timeline, name: str) -> SafeString:
    jobs = [(job.label, job.words, "; ".join(job.flags) or "–") for job in spec.jobs]
    heads = (_("Work process"), _("Asked"), _("Proven before"), *(job.label for job in spec.jobs), _("Covered"))
    practised = [
        (
            f"{line.code} {line.name}",
            number(line.asked),
            number(line.proven),
            *(number(hours) for hours in line.hours),
            _("yes") if line.covered else _("no"),
        )
        for line in spec.processes
    ]
    years = [(year.label, number(year.hours), number(year.least) if year.least else "–") for year in spec.years]
    return joined(
        [
            _table(f"{name}-jobs", _("Jobs"), (_("Employer"), _("When"), _("Flags")), jobs),
            _table(f"{name}-processes", _("Hours per work process"), heads, practised),
            _table(
                f"{name}-years",
                _("Practice hours per school year"),
                (_("School year"), _("Hours"), _("At least")),
                years,
            ),
        ]
    )


def _table(name: str, title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((text,) for text in heads))
    body = format_html_join("", "<tr>{}</tr>", ((_row(row),) for row in rows))
    return format_html(
        '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="{0}"><table class="table--dense">'
        '<caption id="{0}">{1}</caption><thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>',
        name,
        title,
        head,
        body,
    )


def _row(row: tuple[str, ...]) -> SafeString:
    cells = format_html_join("", "<td>{}</td>", ((cell,) for cell in row[1:]))
    return format_html('<th scope="row">{}</th>{}', row[0], cells)
