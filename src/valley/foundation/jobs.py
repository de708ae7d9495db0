"""How does work for later get done exactly once, whatever is killed in between?

Shaped like the tasks of Django 6: ``@task(name=...)`` makes an object with ``enqueue``. A worker claims a job under a
lease and renews it with every ``work.progress``; when a worker dies the lease ends and another takes over. The effect
of a job and its "done" are one transaction: both are there or neither. Rooms declare tasks in ``<room>/jobs.py``.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, close_old_connections, transaction
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import autodiscover_modules

from valley.core.errors import ValleyError
from valley.foundation import access, clock
from valley.foundation.models import Job, JobState

log = logging.getLogger(__name__)
_tasks: dict[str, Task] = {}


class TaskRefused(ValleyError):
    """The task is unknown, named twice, or its arguments cannot be stored."""

    code = "task-refused"


class LeaseLost(ValleyError):
    """Another worker holds this job by now: whatever was done here is rolled back."""

    code = "job-lease-lost"
    status = 409


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient the queue is. A lease outlives ten silent progress calls; backoff doubles with every attempt."""

    lease: timedelta = timedelta(seconds=120)
    attempts: int = 5
    backoff: timedelta = timedelta(seconds=5)
    pause: float = 1.0


POLICY = Policy()


@dataclass(frozen=True, slots=True)
class Handle:
    """What ``enqueue`` gives back: enough to ask later how the job fares."""

    id: int
    key: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job as its reader sees it. ``share`` is 0..1."""

    id: int
    key: str
    task: str
    state: str
    share: float
    words: str
    attempts: int
    error: str
    result: Any
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Task:
    """A function that workers can run, by name. ``atomic`` False lets it choose its own short transactions."""

    name: str
    function: Callable[..., Any]
    atomic: bool = True
    key: str = ""
    run_after: datetime | None = None
    requested_by: str = ""

    def using(self, *, key: str = "", run_after: datetime | None = None, requested_by: str = "") -> Task:
        """The same task with an idempotency key, an earliest moment, or the pseudonym of who asked."""
        return replace(self, key=key, run_after=run_after, requested_by=requested_by)

    def enqueue(self, **arguments: Any) -> Handle:
        """Store a job; inside a transaction it exists once that commits. The same key gives the same job.

        ``arguments`` must survive JSON unchanged and name people by pseudonym only. Raises :class:`TaskRefused`.
        """
        _refuse_unstorable(self.name, arguments)
        at = clock.now()
        job, _made = Job.objects.get_or_create(
            key=self.key or f"{self.name}:{secrets.token_hex(8)}",
            defaults={
                "task": self.name,
                "arguments": arguments,
                "created_at": at,
                "run_after_at": self.run_after or at,
                "requested_by": self.requested_by,
            },
        )
        return Handle(job.pk, job.key)


@dataclass(slots=True)
class Work:
    """What a task's function receives first: who it acts as, when it began, and how to tell how far it is."""

    job: int
    key: str
    worker: str
    caller: access.Caller
    policy: Policy
    finished: bool = field(default=False)

    def progress(self, share: float, words: str = "") -> None:
        """Tell how far the work is (0..1) and renew the lease; raises :class:`LeaseLost` when it was taken over."""
        self._update(
            done_share=max(0.0, min(1.0, share)), words=words[:200], lease_until_at=clock.now() + self.policy.lease
        )

    @contextmanager
    def effect(self, result: Any = None) -> Iterator[None]:
        """One transaction for the effect and the "done" of a task that is not atomic by itself."""
        with transaction.atomic():
            self._hold()
            yield
            self.finish(result)

    def finish(self, result: Any = None) -> None:
        """Mark the job done, inside the transaction of its effect."""
        self._update(
            state=JobState.DONE, done_share=1.0, result=result, error="", finished_at=clock.now(), lease_until_at=None
        )
        self.finished = True

    def _hold(self) -> None:
        """Lock the row, so that on PostgreSQL nobody takes it over while the effect is being made."""
        if self._mine().select_for_update().first() is None:
            raise _lost()

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job, worker=self.worker, state=JobState.RUNNING)

    def _update(self, **values: Any) -> None:
        if self._mine().update(**values) != 1:
            raise _lost()


def _lost() -> LeaseLost:
    return LeaseLost(expected="a job held by this worker", found="one taken over", next_step="Leave it to the other.")


def task(*, name: str, atomic: bool = True) -> Callable[[Callable[..., Any]], Task]:
    """Make ``function(work, **arguments)`` a task. What it returns (JSON) becomes the job's result."""

    def declare(function: Callable[..., Any]) -> Task:
        known = _tasks.get(name)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise TaskRefused(expected="a new task name", found=name, next_step="Give the task a name of its own.")
        _tasks[name] = Task(name, function, atomic)
        return _tasks[name]

    return declare


def tasks() -> dict[str, Task]:
    """Every declared task by name, rooms' ``jobs`` modules loaded."""
    autodiscover_modules("jobs")
    return _tasks


def _refuse_unstorable(name: str, arguments: dict[str, Any]) -> None:
    try:
        same = json.loads(json.dumps(arguments)) == arguments
    except (TypeError, ValueError):
        same = False
    if not same:
        raise TaskRefused(
            expected="arguments of text, numbers, lists and objects",
            found=f"others, for {name}",
            next_step="Pass identifiers and let the task load the rows.",
        )


# --- reading ----------------------------------------------------------------------------------------------------------


def listed(*, state: str = "", limit: int = 50) -> tuple[JobLine, ...]:
    """Jobs, newest first, in one state when asked."""
    rows = Job.objects.filter(state=state) if state else Job.objects.all()
    return tuple(_line(row) for row in rows.order_by("-pk")[:limit])


def status(key: str) -> JobLine | None:
    """How one job fares, or None when there is no such job."""
    row = Job.objects.filter(key=key).first()
    return _line(row) if row else None


def stuck(at: datetime) -> int:
    """How many jobs wait an hour past their time or run past their lease: is a worker running?"""
    late = Q(state=JobState.READY, run_after_at__lt=at - timedelta(hours=1))
    return Job.objects.filter(late | Q(state=JobState.RUNNING, lease_until_at__lt=at)).count()


def _line(row: Job) -> JobLine:
    return JobLine(
        id=row.pk,
        key=row.key,
        task=row.task,
        state=row.state,
        share=row.done_share,
        words=row.words,
        attempts=row.attempts,
        error=row.error,
        result=row.result,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


# --- working ----------------------------------------------------------------------------------------------------------


def run_worker(
    *, once: bool = False, policy: Policy = POLICY, stop: threading.Event | None = None, name: str = ""
) -> int:
    """Run jobs until told to stop (or, ``once``, until none is ready); returns how many ended here.

    SIGTERM and SIGINT let the current job end first.
    """
    tasks()
    stop = stop or _stopped_by_signals()
    worker = name or f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
    ended = 0
    while not stop.is_set():
        found = _next(worker, policy)
        ended += found
        if not found and once:
            break
        if not found:
            stop.wait(policy.pause)
    return ended


def _next(worker: str, policy: Policy) -> bool:
    """Claim and run one job; False when there was none, or when the database was out of reach for a moment."""
    try:
        job = claim(worker, at=clock.now(), policy=policy)
        if job is not None:
            _run(job, worker, policy)
        return job is not None
    except OperationalError:
        # A long import may hold SQLite's write lock, PostgreSQL may restart: the lease keeps the job safe meanwhile.
        log.warning("the job queue is out of reach; trying again", exc_info=True)
        close_old_connections()
        return False


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    return stop


def claim(worker: str, *, at: datetime, policy: Policy = POLICY) -> Job | None:
    """Take the next job under a lease, or None. Two workers never get the same one.

    A job whose lease ended was left by a worker that died; after ``policy.attempts`` of those it has failed.
    """
    ready = Q(state=JobState.READY, run_after_at__lte=at) | Q(state=JobState.RUNNING, lease_until_at__lt=at)
    # A plain look first: an idle worker must not take SQLite's one write lock every second.
    if not Job.objects.filter(ready).exists():
        return None
    with transaction.atomic():
        waiting = Job.objects.select_for_update(skip_locked=True).filter(ready)
        worn_out = waiting.filter(attempts__gte=policy.attempts).values_list("pk", flat=True)
        Job.objects.filter(pk__in=list(worn_out)).update(
            state=JobState.FAILED, error="The worker ended without a word, every time.", finished_at=at
        )
        job = waiting.filter(attempts__lt=policy.attempts).order_by("run_after_at", "pk").first()
        if job is None:
            return None
        Job.objects.filter(pk=job.pk).update(
            state=JobState.RUNNING, worker=worker, attempts=F("attempts") + 1, lease_until_at=at + policy.lease
        )
        job.refresh_from_db()
    return job


def _run(job: Job, worker: str, policy: Policy) -> None:
    work = Work(job.pk, job.key, worker, access.operator(at=clock.now(), door="jobs"), policy)
    try:
        known = _tasks.get(job.task)
        if known is None:
            raise TaskRefused(expected="a known task", found=job.task, next_step="Run the version that declared it.")
        if known.atomic:
            with transaction.atomic():
                work._hold()
                _end(work, known.function(work, **job.arguments))
        else:
            _end(work, known.function(work, **job.arguments))
    except LeaseLost:
        log.warning("job %s was taken over by another worker", job.pk)
    except Exception as error:
        log.warning("job %s failed", job.pk, exc_info=not isinstance(error, ValleyError))
        _fail(job, worker, error, policy)


def _end(work: Work, result: Any) -> None:
    if not work.finished:
        work.finish(result)


def _fail(job: Job, worker: str, error: Exception, policy: Policy) -> None:
    """Try again later, longer each time; a refusal (ValleyError) would only be refused again, so it ends at once.

    The message of an unforeseen error may quote somebody's data: only its kind is kept.
    """
    refused = isinstance(error, ValleyError)
    words = str(error) if refused else f"{type(error).__name__}; the log of the worker has the details."
    mine = Job.objects.filter(pk=job.pk, worker=worker, state=JobState.RUNNING)
    at = clock.now()
    if refused or job.attempts >= policy.attempts:
        mine.update(state=JobState.FAILED, error=words[:500], finished_at=at, lease_until_at=None)
    else:
        later = at + policy.backoff * 2 ** (job.attempts - 1)
        mine.update(state=JobState.READY, error=words[:500], run_after_at=later, lease_until_at=None)
