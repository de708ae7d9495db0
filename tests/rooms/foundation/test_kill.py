"""What is left when processes are killed at any moment: does every job end once, is every acknowledged write there?"""

import json
import random
import signal
import time

import pytest

WORKER = """
import time
from datetime import timedelta
from valley.foundation import audit, jobs

@jobs.task(name="test.mark")
def mark(work, number):
    audit.record(work.caller, verb="test.mark", subject=("job", str(number)))
    time.sleep(0.02)

@jobs.task(name="test.long", atomic=False)
def long(work, number):
    work.progress(0.5)
    time.sleep(0.02)
    with work.effect():
        audit.record(work.caller, verb="test.mark", subject=("job", str(number)))
"""
ENQUEUE = (
    WORKER
    + """
for number in range(60):
    (mark if number % 2 else long).using(key=f"k{number}").enqueue(number=number)
"""
)
WORK = (
    WORKER
    + """
print("up", flush=True)
policy = jobs.Policy(lease=timedelta(seconds=1), attempts=50, backoff=timedelta(0), pause=0.05)
jobs.run_worker(once={once}, policy=policy)
"""
)
RESULT = """
import json
from collections import Counter
from valley.foundation import audit
from valley.foundation.models import AuditLine, Job
effects = Counter(AuditLine.objects.filter(verb="test.mark").values_list("subject", flat=True))
states = Counter(Job.objects.values_list("state", flat=True))
print(json.dumps([len(effects), max(effects.values()), dict(states), audit.verify().whole]))
"""


def kill(process) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.server
def test_sixty_jobs_end_once_each_while_workers_are_killed(valley_process):
    valley_process(ENQUEUE)
    chance = random.Random(7)
    for _round in range(3):
        workers = [valley_process.start(WORK.format(once=False)) for _ in range(2)]
        for worker in workers:
            assert worker.stdout.readline() == "up\n"
        time.sleep(0.15 + chance.random() * 0.2)
        for worker in workers:
            kill(worker)
    time.sleep(1.1)
    valley_process(WORK.format(once=True))
    assert valley_process(RESULT).stdout.strip() == '[60, 1, {"done": 60}, true]'


WRITER = """
import os, sys
from django.db import transaction
from valley.foundation import access, audit, clock
from valley.foundation.models import Organisation
number = 0
while True:
    with transaction.atomic():
        at = clock.now()
        slug = f"{os.getpid()}-{number}"
        Organisation.objects.create(slug=slug, name=slug, kind="employer", joined_on=clock.today(at))
        audit.record(access.operator(at=at), verb="test.add", subject=("organisation", slug))
    os.write(1, (slug + "\\n").encode())
    number += 1
"""


STATE = """
import json
from django.db import connection
from valley.foundation import audit
from valley.foundation.models import AuditLine, Organisation
integrity = "ok"
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        integrity = cursor.execute("PRAGMA integrity_check").fetchone()[0]
print(json.dumps({
    "written": list(Organisation.objects.values_list("slug", flat=True)),
    "recorded": list(AuditLine.objects.values_list("subject", flat=True)),
    "whole": audit.verify().whole,
    "integrity": integrity,
}))
"""


@pytest.mark.server
def test_no_acknowledged_write_is_lost_in_eight_kills(valley_process):
    chance, acknowledged = random.Random(3), set()
    for _round in range(8):
        writers = [valley_process.start(WRITER) for _ in range(2)]
        for writer in writers:
            acknowledged.add(writer.stdout.readline().strip())
        time.sleep(0.1 + chance.random() * 0.3)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            acknowledged.update(writer.stdout.read().split("\n")[:-1])
            writer.communicate()
    state = json.loads(valley_process(STATE).stdout)
    assert state["whole"] and state["integrity"] == "ok"
    assert acknowledged - {""} <= set(state["written"])
    assert sorted(state["written"]) == sorted(state["recorded"])
    assert len(acknowledged) > 16


@pytest.mark.server
def test_six_writers_meet_no_lock_error(valley_process):
    """Two seconds here; ``bench/reliability.py`` does ten."""
    limited = WRITER.replace("while True:", "import time\nend = time.monotonic() + 2\nwhile time.monotonic() < end:")
    writers = [valley_process.start(limited) for _ in range(6)]
    ends = [writer.communicate(timeout=120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 6, [errors[-500:] for _lines, errors in ends]
    assert all(lines for lines, _errors in ends)


@pytest.mark.server
def test_a_backup_while_others_write_is_of_one_moment(valley_process, tmp_path):
    """Organisations and audit lines are written together: a backup never holds one without the other."""
    writers = [valley_process.start(WRITER) for _ in range(2)]
    for writer in writers:
        writer.stdout.readline()
    target = tmp_path / "b.zip"
    try:
        for _ in range(2):
            valley_process(f"""
from valley.foundation import backups, clock
backups.backup({str(target)!r}, at=clock.now())
parts = backups.inspect({str(target)!r}).tables
assert parts["foundation.Organisation"].rows == parts["foundation.AuditLine"].rows > 0, parts
""")
    finally:
        for writer in writers:
            kill(writer)


@pytest.mark.server
def test_a_killed_restore_leaves_what_was_there(valley_process, tmp_path):
    """Killed in the middle of loading: the old rows are all there, and a second try works."""
    target = tmp_path / "b.zip"
    valley_process(f"""
from datetime import date
from valley.foundation import backups, clock
from valley.foundation.models import Organisation
Organisation.objects.bulk_create(
    [Organisation(slug=f"o{{n}}", name=f"o{{n}}", kind="employer", joined_on=date(2026, 1, 1)) for n in range(5000)]
)
backups.backup({str(target)!r}, at=clock.now())
Organisation.objects.filter(pk__gt=10).delete()
""")
    restore = f"""
import os
from valley.foundation import backups, clock
def told(share, words):
    if {{killed}} and share > 0.5:
        os.kill(os.getpid(), 9)
backups.restore({str(target)!r}, at=clock.now(), progress=told, into_empty=False)
"""
    count = "from valley.foundation.models import Organisation; print(Organisation.objects.count())"
    assert valley_process.start(restore.format(killed=True)).wait() == -signal.SIGKILL
    assert valley_process(count).stdout == "10\n"
    valley_process(restore.format(killed=False))
    assert valley_process(count).stdout == "5000\n"
