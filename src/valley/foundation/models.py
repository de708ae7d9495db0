"""Which tables does every room stand on: accounts, organisations, memberships, audit lines, jobs, keys."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_pseudonym() -> str:
    """A random name for a person or account: 32 hexadecimal characters, linked to nobody once the row is gone."""
    return uuid.uuid4().hex


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with a normalised e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in. What the person can do lives in a passport, not here."""

    email = models.EmailField(_("e-mail address"), unique=True, max_length=254)
    pseudonym = models.CharField(max_length=32, unique=True, default=new_pseudonym, editable=False)
    language = models.CharField(max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False, help_text="May be entered from the login page of a demo region.")
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("account")

    def __str__(self) -> str:
        return self.pseudonym


class OrganisationKind(models.TextChoices):
    """What an organisation is in the alliance."""

    EMPLOYER = "employer", _("employer")
    SCHOOL = "school", _("school")
    MUNICIPALITY = "municipality", _("municipality")
    PROGRAMME_OFFICE = "programme-office", _("programme office")
    ASSOCIATION = "association", _("trade association")
    AGENCY = "agency", _("employment service")


class Organisation(models.Model):
    """A partner of the valley."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    sector = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=60, blank=True, help_text="Key of a place in the vocabulary.")
    jobs = models.PositiveIntegerField(null=True, blank=True, help_text="Number of jobs (not persons, not fte).")
    website = models.URLField(blank=True)
    version = models.PositiveIntegerField(default=1)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class DeskRole(models.TextChoices):
    """The desks of the workbench. A worker or learner has a passport and needs no desk role."""

    RECRUITER = "recruiter", _("recruiter")
    TEAM_LEAD = "team-lead", _("team lead")
    DESIGNER = "designer", _("curriculum designer")
    COACH = "coach", _("teacher and coach")
    PRACTICAL_TRAINER = "practical-trainer", _("practical trainer")
    OFFICE = "office", _("programme office")
    MUNICIPALITY = "municipality", _("municipality")
    ASSOCIATION = "association", _("association desk")
    STEWARD = "steward", _("organisation steward")


class Membership(models.Model):
    """An account sits at a desk of an organisation, from a day until a day (half-open)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=DeskRole.choices)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "organisation", "role"], name="one_desk_each"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gt=models.F("since_on")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.organisation_id}"


class AuditLine(models.Model):
    """One thing that was done: who, what, on whom, which *fields* (never values). Append-only, chained by hashes."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    door = models.CharField(max_length=8)
    purpose = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    fields = models.JSONField(default=list)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["subject_kind", "subject"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}"


class JobState(models.TextChoices):
    """Where a job stands."""

    READY = "ready", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Job(models.Model):
    """A piece of work for later, held under a lease so that a killed worker loses nothing."""

    key = models.CharField(max_length=120, unique=True, help_text="Idempotency key: the same key is the same job.")
    task = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=60, blank=True)
    lease_until_at = models.DateTimeField(null=True, blank=True)
    run_after_at = models.DateTimeField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    done_share = models.FloatField(default=0.0)
    words = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    requested_by = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "run_after_at"])]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"


class DataKey(models.Model):
    """The wrapped key of one person's sensitive text. Lives in the vault database, which no backup holds."""

    owner = models.CharField(max_length=32, primary_key=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.owner


class ErasedOwner(models.Model):
    """A pseudonym whose person asked to be forgotten: a restored backup must forget again. Lives in the vault."""

    owner = models.CharField(max_length=32, primary_key=True)
    erased_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.owner


class ApiToken(models.Model):
    """A key for a machine that speaks to the API as an account. Only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_on = models.DateField()

    def __str__(self) -> str:
        return self.label


class IdempotentReply(models.Model):
    """The answer given to a write with an ``Idempotency-Key``, so that a repeat gives the same answer once."""

    key = models.CharField(max_length=200, unique=True)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
