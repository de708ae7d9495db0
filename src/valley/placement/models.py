"""Which tables hold redundancies, who joined by own choice, candidate courses, plans and what people answered?"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from valley.foundation.access import PersonalManager
from valley.foundation.models import new_pseudonym

CEFR = [(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")]


class EventState(models.TextChoices):
    """Where a redundancy stands."""

    ANNOUNCED = "announced", _("announced")
    INVITING = "inviting", _("people can join")
    PLANNED = "planned", _("planned")
    PLACING = "placing", _("proposals are out")
    DONE = "done", _("done")


class ContractHeld(models.TextChoices):
    """The contract that ends; equal treatment is looked at per kind (fixed-term workers may not be worse off)."""

    PERMANENT = "permanent", _("permanent")
    FIXED_TERM = "fixed-term", _("fixed term")
    AGENCY = "agency", _("through an agency")
    WORK_BASED = "work-based-learning", _("work-based learning (bbl)")


class YearsBand(models.TextChoices):
    """Years of service, in bands wide enough to hide a birthday."""

    UNDER_2 = "0-2", _("less than 2 years")
    UNDER_5 = "2-5", _("2 to 5 years")
    UNDER_10 = "5-10", _("5 to 10 years")
    LONGER = "10+", _("10 years or more")


class Redundancy(models.Model):
    """An employer says that jobs end: how many, which roles, in which half-open window of days. Never who."""

    slug = models.SlugField(max_length=100, unique=True)
    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(
        "foundation.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The programme office that people share with; known once it invites.",
    )
    announced_on = models.DateField()
    jobs = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    from_on = models.DateField()
    until_on = models.DateField()
    roles = models.JSONField(default=list, help_text="Keys of role profiles.")
    note = models.TextField(blank=True)
    # Counts without persons, for a reader who may not open a personal table: the employer, the next who joins.
    last_number = models.PositiveIntegerField(default=0, help_text="The last number given in order of joining.")
    members = models.PositiveIntegerField(default=0, help_text="Who joined and did not leave.")
    accepted = models.PositiveIntegerField(default=0, help_text="Who said yes to a proposal.")
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.ANNOUNCED)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(until_on__gt=models.F("from_on")), name="redundancy_order"),
            models.CheckConstraint(condition=models.Q(jobs__gte=1), name="redundancy_has_jobs"),
        ]

    def __str__(self) -> str:
        return self.slug


class Invitation(models.Model):
    """A code that the employer hands to its staff; who has it may join. Nobody's name stands in it."""

    event = models.ForeignKey(Redundancy, on_delete=models.CASCADE, related_name="invitations")
    code = models.CharField(max_length=32, unique=True, default=new_pseudonym, editable=False)
    opened_at = models.DateTimeField()
    ends_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)


class Participation(models.Model):
    """Someone joined by own choice, with a share that can be withdrawn, and says what ends."""

    event = models.ForeignKey(Redundancy, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(help_text="In order of joining; the only thing a list shows.")
    share_key = models.CharField(max_length=32)
    wording = models.CharField(max_length=20)
    role = models.CharField(max_length=80, blank=True)
    hours = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(60)])
    wage = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True, help_text="Euro per hour, gross.")
    contract = models.CharField(max_length=24, choices=ContractHeld.choices)
    years = models.CharField(max_length=5, choices=YearsBand.choices)
    joined_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "number"], name="one_number_each"),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_living_participation_each",
            ),
        ]


class CourseOffer(models.Model):
    """A course that could be opened for a group: what it gives, how long, for how many, in which language, when."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    organisation = models.ForeignKey("foundation.Organisation", on_delete=models.PROTECT, related_name="+")
    gives = models.JSONField(default=list, help_text="Pairs of competence id and level.")
    language = models.CharField(max_length=3, blank=True, help_text="Language it teaches; empty for none.")
    cefr = models.PositiveSmallIntegerField(null=True, blank=True, choices=CEFR, help_text="The level it brings to.")
    weeks = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(104)])
    cost = models.DecimalField(max_digits=9, decimal_places=2, help_text="Euro for opening it once.")
    cost_a_head = models.DecimalField(
        max_digits=8, decimal_places=2, default=Decimal(0), help_text="Euro for each who follows."
    )
    least = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    most = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    taught_in = models.CharField(max_length=3)
    taught_cefr = models.PositiveSmallIntegerField(default=2, choices=CEFR)
    starts_on = models.DateField()
    reserved = models.PositiveSmallIntegerField(default=0, help_text="Places that a yes has taken.")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(most__gte=models.F("least")), name="course_sizes_order"),
        ]

    def __str__(self) -> str:
        return self.key


class SeatsTaken(models.Model):
    """How many seats of an opening a yes has taken here: a count that the next yes and the next plan respect."""

    opening = models.OneToOneField("work.Opening", on_delete=models.CASCADE, related_name="+")
    taken = models.PositiveSmallIntegerField(default=0)


class PlanRun(models.Model):
    """One plan for everybody who had joined, under one scenario, with its proof. Groups only: people have proposals."""

    event = models.ForeignKey(Redundancy, on_delete=models.CASCADE, related_name="runs")
    scenario = models.CharField(max_length=60)
    asked = models.JSONField(default=dict, help_text="The scenario: kilometres, courses.")
    policy = models.CharField(max_length=64)
    inputs = models.CharField(max_length=64, help_text="Fingerprint of people, openings, courses, words and policy.")
    sources = models.CharField(max_length=64, help_text="The same by versions, cheap enough to compare on every page.")
    on = models.DateField()
    made_at = models.DateTimeField()
    seconds = models.FloatField(default=0.0)
    result = models.JSONField(default=dict, help_text="Counts of groups as they may be seen.")
    members = models.CharField(max_length=64, default="", help_text="Highest number that joined, and a fingerprint.")
    invalid_since = models.DateTimeField(
        null=True, blank=True, help_text="When somebody it counts was seen to be gone."
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["event", "made_at"])]


class ProposalState(models.TextChoices):
    """What became of a proposal. A draft is the programme office's; the person sees it once it was sent."""

    DRAFT = "draft", _("not sent yet")
    PROPOSED = "proposed", _("waiting for an answer")
    YES = "yes", _("yes")
    NO = "no", _("no")
    EXPIRED = "expired", _("expired")


class PlanProposal(models.Model):
    """An opening for one person in one plan, perhaps after a course. The employer learns of it after yes only."""

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="proposals")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    opening = models.ForeignKey("work.Opening", on_delete=models.CASCADE, related_name="+")
    course = models.ForeignKey(CourseOffer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=ProposalState.choices, default=ProposalState.DRAFT)
    facts = models.JSONField(default=dict, help_text="Hours, wage and travel against what ends.")
    share_key = models.CharField(max_length=32, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "person"], name="one_proposal_per_plan")
        ]


class Unplaced(models.Model):
    """Someone for whom a plan found nothing, and the conditions that stand in the way."""

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="unplaced")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, help_text="no-seat, no-course or conditions.")
    blocks = models.JSONField(default=list, help_text="Kind, subject and level of each condition that blocks.")

    objects = PersonalManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "person"], name="one_reason_per_plan")
        ]


class CoursePlace(models.Model):
    """A place in a joint course, reserved by a yes."""

    course = models.ForeignKey(CourseOffer, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    proposal = models.OneToOneField(PlanProposal, on_delete=models.CASCADE, related_name="place")
    reserved_at = models.DateTimeField()

    objects = PersonalManager()
