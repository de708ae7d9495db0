"""Which pages can this visitor reach by following links? At most two examples per kind of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page

EXAMPLES = 2
MOST = 90
SKIPPED = ("/static/", "/api/", "/account/logout")


def kind_of(path: str) -> str:
    """The name of the view behind a path, with the set of query keys: two examples per kind are enough."""
    parts = urlsplit(path)
    try:
        view = resolve(parts.path).view_name
    except Resolver404:
        return ""
    keys = sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair})
    return f"{view}?{','.join(keys)}" if keys else view


def pages(context: BrowserContext, page: Page, start: tuple[str, ...] = ("/",)) -> Iterator[str]:
    """Visit pages breadth first and yield each path while the page shows it."""
    base = urlsplit(page.url if page.url.startswith("http") else "http://localhost")
    queue, seen, kinds = list(start), set(start), Counter[str]()
    visited = 0
    while queue and visited < MOST:
        path = queue.pop(0)
        kind = kind_of(path)
        if not kind or kinds[kind] >= EXAMPLES:
            continue
        kinds[kind] += 1
        answer = page.goto(path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        visited += 1
        yield path
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
            target = urlsplit(urljoin(page.url, link))
            found = target.path + (f"?{target.query}" if target.query else "")
            if target.hostname in (base.hostname, urlsplit(page.url).hostname) and found not in seen:
                seen.add(found)
                if not found.startswith(SKIPPED):
                    queue.append(found)
