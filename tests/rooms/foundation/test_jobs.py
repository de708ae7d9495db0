"""Does every job end exactly once, whatever workers, leases and errors do?"""

from datetime import timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.factories import AT

from valley.core.errors import ValleyError
from valley.foundation import audit, clock, jobs
from valley.foundation.models import AuditLine, Job, JobState

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
HASTY = jobs.Policy(lease=timedelta(seconds=30), attempts=5, backoff=timedelta(0), pause=0)


@pytest.fixture
def declare(monkeypatch):
    """Declare a task for one test."""
    monkeypatch.setattr(jobs, "_tasks", dict(jobs.tasks()))

    def declared(function, *, name="test.task", atomic=True):
        return jobs.task(name=name, atomic=atomic)(function)

    return declared


def leave_a_mark(work, **_arguments) -> None:
    audit.record(work.caller, verb="test.effect", subject=("job", str(work.job)))


def marks() -> int:
    return AuditLine.objects.filter(verb="test.effect").count()


def test_a_job_runs_once_and_keeps_its_result(declare):
    def add(work, a, b):
        leave_a_mark(work)
        return {"sum": a + b}

    handle = declare(add).enqueue(a=1, b=2)
    assert jobs.status(handle.key).state == "ready"
    assert jobs.run_worker(once=True, policy=HASTY) == 1
    assert jobs.run_worker(once=True, policy=HASTY) == 0
    done = jobs.status(handle.key)
    assert (done.state, done.result, done.share, done.attempts) == ("done", {"sum": 3}, 1.0, 1)
    assert marks() == 1


def test_the_same_key_is_the_same_job(declare):
    task = declare(leave_a_mark)
    first, second = (task.using(key="nightly", requested_by="p").enqueue() for _ in range(2))
    assert first == second
    jobs.run_worker(once=True, policy=HASTY)
    assert task.using(key="nightly").enqueue() == first
    assert jobs.run_worker(once=True, policy=HASTY) == 0
    assert marks() == 1


def test_without_key_every_call_is_a_job(declare):
    task = declare(leave_a_mark)
    assert task.enqueue().id != task.enqueue().id


def test_a_job_for_later_waits(declare):
    task = declare(leave_a_mark).using(run_after=clock.now() + timedelta(hours=1))
    task.enqueue()
    assert jobs.run_worker(once=True, policy=HASTY) == 0
    assert jobs.claim("w", at=clock.now() + timedelta(hours=2)) is not None


def test_a_job_of_a_transaction_that_fails_never_existed(declare):
    with pytest.raises(RuntimeError), transaction.atomic():
        declare(leave_a_mark).enqueue()
        raise RuntimeError
    assert not Job.objects.exists()


@pytest.mark.parametrize("wrong", [AT, {1: 2}, (1, 2), {1, 2}, float("nan")])
def test_arguments_that_json_would_change_are_refused(declare, wrong):
    with pytest.raises(jobs.TaskRefused, match="identifiers"):
        declare(leave_a_mark).enqueue(wrong=wrong)
    assert not Job.objects.exists()


def test_two_tasks_cannot_have_one_name(declare):
    declare(leave_a_mark)
    with pytest.raises(jobs.TaskRefused, match="name of its own"):
        declare(lambda work: None)


def test_two_workers_never_get_the_same_job(declare):
    task = declare(leave_a_mark)
    for _ in range(4):
        task.enqueue()
    at = clock.now()
    claimed = [jobs.claim(worker, at=at) for worker in ("a", "b", "a", "b", "a")]
    assert claimed.pop() is None
    assert len({job.pk for job in claimed}) == 4


def test_effect_and_done_stand_or_fall_together(declare):
    def half(work):
        leave_a_mark(work)
        raise RuntimeError("Sara Janssen is in this message")

    handle = declare(half).enqueue()
    assert jobs.run_worker(once=True, policy=HASTY) == HASTY.attempts
    failed = jobs.status(handle.key)
    assert (failed.state, failed.attempts) == ("failed", 5)
    assert failed.error.startswith("RuntimeError") and "Sara" not in failed.error
    assert marks() == 0


def test_a_failed_attempt_is_tried_again_later_and_then_works(declare):
    tries = []

    def second_time(work):
        tries.append(work.job)
        leave_a_mark(work)
        if len(tries) < 2:
            raise OSError

    handle = declare(second_time).enqueue()
    jobs.run_worker(once=True, policy=HASTY)
    assert (jobs.status(handle.key).state, marks(), len(tries)) == ("done", 1, 2)
    assert jobs.status(handle.key).error == ""


def test_the_wait_doubles_with_every_attempt(declare):
    def fails(work):
        raise OSError

    declare(fails).enqueue()
    policy = jobs.Policy(backoff=timedelta(minutes=1))
    waits = []
    at = clock.now()
    for _ in range(3):
        job = jobs.claim("w", at=at, policy=policy)
        jobs._run(job, "w", policy)
        job.refresh_from_db()
        waits.append(round((job.run_after_at - clock.now()).total_seconds() / 60))
        at = job.run_after_at
    assert waits == [1, 2, 4]


def test_a_refusal_is_not_tried_again(declare):
    def refuses(work):
        raise ValleyError(expected="a file", found="none", next_step="Send it again.")

    handle = declare(refuses).enqueue()
    assert jobs.run_worker(once=True, policy=HASTY) == 1
    failed = jobs.status(handle.key)
    assert (failed.state, failed.attempts) == ("failed", 1)
    assert "Send it again." in failed.error


def test_the_job_of_a_dead_worker_is_taken_over_when_its_lease_ends(declare):
    declare(leave_a_mark).enqueue()
    at = clock.now()
    assert jobs.claim("dead", at=at - timedelta(hours=1)) is None
    jobs.claim("dead", at=at, policy=HASTY)
    assert jobs.claim("other", at=at + timedelta(seconds=29)) is None
    taken = jobs.claim("other", at=at + timedelta(seconds=31))
    assert (taken.worker, taken.attempts) == ("other", 2)


def test_a_worker_that_lost_its_lease_changes_nothing(declare):
    def slow(work):
        leave_a_mark(work)
        Job.objects.filter(pk=work.job).update(worker="other")

    handle = declare(slow).enqueue()
    job = jobs.claim("slow", at=clock.now())
    jobs._run(job, "slow", HASTY)
    assert marks() == 0
    job.refresh_from_db()
    assert (job.state, job.worker) == (JobState.RUNNING, "slow")
    assert jobs.status(handle.key).result is None


def test_progress_is_seen_and_renews_the_lease(declare):
    seen = []

    def long_one(work):
        Job.objects.filter(pk=work.job).update(lease_until_at=AT)
        work.progress(0.25, "a quarter")
        seen.append(Job.objects.get(pk=work.job))
        with work.effect({"ok": True}):
            leave_a_mark(work)

    handle = declare(long_one, atomic=False).enqueue()
    jobs.run_worker(once=True, policy=HASTY)
    assert (seen[0].done_share, seen[0].words) == (0.25, "a quarter")
    assert seen[0].lease_until_at > clock.now()
    done = jobs.status(handle.key)
    assert (done.state, done.result, marks()) == ("done", {"ok": True}, 1)


def test_a_worker_taken_over_halfway_hears_it_at_its_next_progress(declare):
    def long_one(work):
        Job.objects.filter(pk=work.job).update(worker="other")
        work.progress(0.5)
        leave_a_mark(work)

    declare(long_one, atomic=False).enqueue()
    jobs.run_worker(once=True, policy=HASTY)
    assert marks() == 0
    assert Job.objects.get().worker == "other"


def test_a_job_that_kills_every_worker_ends_as_failed(declare):
    handle = declare(leave_a_mark).enqueue()
    at = clock.now()
    for attempt in range(5):
        assert jobs.claim("w", at=at + attempt * timedelta(hours=1)) is not None
    assert jobs.claim("w", at=at + timedelta(hours=9)) is None
    assert jobs.status(handle.key).state == "failed"


def test_a_task_nobody_knows_fails_with_words():
    Job.objects.create(key="k", task="gone.task", run_after_at=AT - timedelta(days=1), created_at=AT)
    Job.objects.update(run_after_at=clock.now())
    jobs.run_worker(once=True, policy=HASTY)
    assert "gone.task" in jobs.status("k").error


def test_jobs_that_wait_too_long_are_counted(declare):
    declare(leave_a_mark).enqueue()
    at = clock.now()
    assert jobs.stuck(at) == 0
    assert jobs.stuck(at + timedelta(hours=2)) == 1
    jobs.claim("dead", at=at)
    assert jobs.stuck(at + timedelta(hours=2)) == 1


def test_the_caller_of_a_job_is_the_product_itself(declare):
    callers = []
    declare(lambda work: callers.append(work.caller)).enqueue()
    jobs.run_worker(once=True, policy=HASTY)
    assert (callers[0].operator, callers[0].door) == (True, "jobs")
    assert factories.operator().door == "cli"
