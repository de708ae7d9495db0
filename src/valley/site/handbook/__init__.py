"""How do people learn to use the valley? The handbook: short chapters in two languages, shipped with the program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("nl", "en")
# The order in which someone new would read.
CHAPTERS = (
    "first-steps",
    "passport",
    "sharing",
    "openings-and-fit",
    "applying",
    "relay-route",
    "group-placement",
    "privacy",
    "for-employers",
    "red-thread",
    "programmes",
    "roles",
    "keyboard-and-accessibility",
    "words",
)
TAGS = {
    "h2",
    "h3",
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "code",
    "kbd",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the handbook: its title, its first sentence or two, and the rest as safe HTML."""

    slug: str
    title: str
    lead: str
    body: SafeString


def index(request: HttpRequest) -> HttpResponse:
    """All chapters, with what each is about."""
    return render(request, "handbook/index.html", {"chapters": chapters(_language())})


def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter, with the way to the previous and the next."""
    if slug not in CHAPTERS:
        raise Http404(slug)
    every = chapters(_language())
    place = CHAPTERS.index(slug)
    context = {
        "chapters": every,
        "chapter": every[place],
        "previous": every[place - 1] if place else None,
        "following": every[place + 1] if place + 1 < len(every) else None,
    }
    return render(request, "handbook/chapter.html", context)


def chapters(language: str) -> tuple[Chapter, ...]:
    """The whole handbook in a language, in reading order."""
    return tuple(read(language, slug) for slug in CHAPTERS)


@lru_cache(maxsize=len(CHAPTERS) * len(LANGUAGES))
def read(language: str, slug: str) -> Chapter:
    """A chapter from its file: a first-level heading, a paragraph that says what it is about, and the text."""
    heading, lead, text = (FOLDER / language / f"{slug}.md").read_text(encoding="utf-8").split("\n\n", 2)
    return Chapter(slug, heading.removeprefix("# ").strip(), " ".join(lead.split()), safe_html(text))


def safe_html(text: str) -> SafeString:
    """Markdown as HTML of the few kinds the handbook uses; markup and script in the text come out as plain words."""
    raw = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    safe = nh3.clean(raw, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto"}, link_rel=None)
    # A reader by keyboard must be able to scroll a wide table; headers of columns must say so.
    safe = safe.replace("<th>", '<th scope="col">').replace("<table>", '<div class="table-scroll" tabindex="0"><table>')
    return mark_safe(safe.replace("</table>", "</table></div>"))  # noqa: S308 - cleaned by nh3, own files


def _language() -> str:
    chosen = (get_language() or LANGUAGES[0])[:2]
    return chosen if chosen in LANGUAGES else LANGUAGES[0]
