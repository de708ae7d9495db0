"""Which tables of the foundation, of Django and of allauth hold personal data, and which do not?"""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q

from valley.foundation.models import Account, Job, JobState
from valley.foundation.privacy.declarations import Declaration, NotPersonal, PersonalTable

_CONTRACT = "GDPR 6(1)(b): the person asked for an account"
_SECURITY = "GDPR 6(1)(f): keeping accounts safe"
_DUTY = "GDPR 5(2): accountability"
_LIFE = "as long as the account"


def _jobs_naming(names: frozenset[str], account: int | None) -> Q:
    """Jobs that name one of the pseudonyms anywhere in what they were asked or answered."""
    found = [
        job.pk
        for job in Job.objects.only("pk", "key", "arguments", "result", "words").iterator()
        if any(name in json.dumps([job.key, job.arguments, job.result, job.words]) for name in names)
    ]
    return Q(pk__in=found)


def _replies_to(names: frozenset[str], account: int | None) -> Q:
    """Replies whose key starts with a pseudonym (the door writes ``pseudonym:key``)."""
    found = Q(pk__in=[])
    for name in names:
        found |= Q(key__startswith=f"{name}:") | Q(body__contains=name)
    return found


def _sessions_of(names: frozenset[str], account: int | None) -> Q:
    """Sessions of an account, or that remember its address: only the signed text inside tells."""
    email = Account.objects.filter(pk=account).values_list("email", flat=True).first() if account is not None else None
    words = {word for word in (*names, email) if word}
    found = []
    for session in Session.objects.iterator(chunk_size=500):
        inside = session.get_decoded()
        text = json.dumps(inside, default=str)
        if (account is not None and inside.get("_auth_user_id") == str(account)) or any(word in text for word in words):
            found.append(session.pk)
    return Q(pk__in=found)


TABLES: tuple[Declaration, ...] = (
    PersonalTable(
        model="foundation.Account",
        purpose="signing in",
        basis=_CONTRACT,
        kept="until the person erases it",
        account="pk",
        fields=("email", "pseudonym", "language", "is_active", "joined_at", "last_login"),
        identifying=("email", "password"),
    ),
    PersonalTable(
        model="foundation.Account_groups",
        purpose="rights in the operator's admin",
        basis=_CONTRACT,
        kept=_LIFE,
        account="account_id",
    ),
    PersonalTable(
        model="foundation.Account_user_permissions",
        purpose="rights in the operator's admin",
        basis=_CONTRACT,
        kept=_LIFE,
        account="account_id",
    ),
    PersonalTable(
        model="foundation.Membership",
        purpose="knowing who sits at which desk",
        basis=_CONTRACT,
        kept=_LIFE,
        account="account_id",
        fields=("organisation_id", "role", "since_on", "until_on"),
    ),
    PersonalTable(
        model="foundation.ApiToken",
        purpose="letting a machine act for the account",
        basis=_CONTRACT,
        kept="until its last day",
        account="account_id",
        fields=("label", "made_at", "ends_on"),
        expires=lambda at: Q(ends_on__lt=(at - timedelta(days=1)).date()),
    ),
    PersonalTable(
        model="foundation.AuditLine",
        purpose="showing who touched what",
        basis=_DUTY,
        kept="always: names of fields and pseudonyms, which belong to nobody after erasure",
        owner="subject",
        fields=("at", "actor", "door", "purpose", "verb", "fields"),
        on_erase="keep",
    ),
    PersonalTable(
        model="foundation.Job",
        purpose="doing asked work later",
        basis=_CONTRACT,
        kept="30 days after it ended",
        search=_jobs_naming,
        fields=("task", "state", "created_at", "finished_at"),
        expires=lambda at: Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__lt=at - timedelta(days=30)),
    ),
    PersonalTable(
        model="foundation.IdempotentReply",
        purpose="answering a repeated request once",
        basis=_CONTRACT,
        kept="24 hours",
        search=_replies_to,
        fields=("status", "at"),
        expires=lambda at: Q(at__lt=at - timedelta(hours=24)),
        backup=False,
    ),
    PersonalTable(
        model="foundation.DataKey",
        purpose="sealing a person's text",
        basis=_CONTRACT,
        kept="until the owner is forgotten",
        owner="owner",
        fields=("made_at",),
        # Shredding does this, with the wiping of the file; a plain delete would not be enough.
        on_erase="keep",
        backup=False,
    ),
    NotPersonal(
        model="foundation.ErasedOwner",
        why="a pseudonym of nobody: kept so that a restored backup forgets again",
        backup=False,
    ),
    NotPersonal(model="foundation.Organisation", why="organisations, not people"),
    NotPersonal(model="auth.Group", why="names of groups of rights"),
    NotPersonal(model="auth.Group_permissions", why="rights of groups"),
    NotPersonal(model="auth.Permission", why="names of rights"),
    NotPersonal(model="contenttypes.ContentType", why="names of tables"),
    PersonalTable(
        model="sessions.Session",
        purpose="staying signed in",
        basis=_CONTRACT,
        kept="until it ends, at most eight hours of silence",
        search=_sessions_of,
        fields=("expire_date",),
        expires=lambda at: Q(expire_date__lt=at),
        backup=False,
    ),
    PersonalTable(
        model="account.EmailAddress",
        purpose="reaching the person",
        basis=_CONTRACT,
        kept=_LIFE,
        account="user_id",
        fields=("email", "verified", "primary"),
        identifying=("email",),
    ),
    PersonalTable(
        model="account.EmailConfirmation",
        purpose="proving that an address is the person's own",
        basis=_CONTRACT,
        kept="three days",
        owner="email_address__user__pseudonym",
        fields=("created", "sent"),
        expires=lambda at: Q(created__lt=at - timedelta(days=3)),
        backup=False,
    ),
    PersonalTable(
        model="mfa.Authenticator",
        purpose="the second factor",
        basis=_SECURITY,
        kept=_LIFE,
        account="user_id",
        fields=("type", "created_at", "last_used_at"),
        identifying=("data",),
    ),
    PersonalTable(
        model="usersessions.UserSession",
        purpose="showing the person where they are signed in",
        basis=_SECURITY,
        kept="as long as the session, at most 30 days",
        account="user_id",
        fields=("created_at", "ip", "last_seen_at", "user_agent"),
        expires=lambda at: Q(last_seen_at__lt=at - timedelta(days=30)),
        backup=False,
    ),
)
