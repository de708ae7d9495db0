"""Which pages can this visitor reach by following links? Every kind of page first, then second examples, in bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, Response

MOST = 55  # pages per visitor: the whole crawl stays within minutes
OF_ONE_VIEW = 2  # times the examples: a list with six filters has more combinations than anybody reads
SKIPPED = ("/static/", "/api/", "/account/logout")
LINKS = "all => all.map(a => a.getAttribute('href'))"


def view_of(path: str) -> str:
    """The name of the view behind a path; empty when there is none."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def kind_of(path: str) -> str:
    """The name of the view behind a path, with the set of query keys."""
    keys = sorted({pair.split("=")[0] for pair in urlsplit(path).query.split("&") if pair})
    return f"{view_of(path)}?{','.join(keys)}"


class Map:
    """What was found and what is next: a kind of page that nobody saw yet goes first."""

    def __init__(self, start: str, examples: int) -> None:
        self.queue, self.seen, self.examples = [start], {start}, examples
        self.views, self.kinds = Counter[str](), Counter[str]()

    def found(self, paths: list[str]) -> None:
        """Remember links that are new."""
        for path in paths:
            if path not in self.seen and view_of(path) and not path.startswith(SKIPPED):
                self.seen.add(path)
                self.queue.append(path)

    def next(self) -> str | None:
        """The path to visit now, or None when the rest is more of the same."""
        self.queue = [path for path in self.queue if self._wanted(path)]
        if not self.queue:
            return None
        path = min(self.queue, key=lambda path: (self.views[view_of(path)], self.kinds[kind_of(path)]))
        self.queue.remove(path)
        self.views[view_of(path)] += 1
        self.kinds[kind_of(path)] += 1
        return path

    def _wanted(self, path: str) -> bool:
        few = self.kinds[kind_of(path)] < self.examples
        return few and self.views[view_of(path)] < OF_ONE_VIEW * self.examples


def opened(page: Page, path: str) -> Response | None:
    """The answer when the path shows a page, None when it is a file."""
    try:
        answer = page.goto(path)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise
    return answer if answer and "text/html" in answer.headers.get("content-type", "") else None


def pages(page: Page, *, examples: int, start: str = "/") -> Iterator[tuple[str, str]]:
    """Yield each path with its HTML as it was sent, while the page shows it; so many examples of one kind of page."""
    known, visited = Map(start, examples), 0
    while visited < MOST and (path := known.next()):
        answer = opened(page, path)
        if answer is None:
            continue
        visited += 1
        yield path, answer.text()
        links = [urlsplit(urljoin(page.url, link)) for link in page.eval_on_selector_all("a[href]", LINKS)]
        own = urlsplit(page.url).netloc
        known.found([one.path + (f"?{one.query}" if one.query else "") for one in links if one.netloc == own])
