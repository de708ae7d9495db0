"""Who may do what with openings, role profiles and spreadsheets: every desk, every action, refusals included."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests import factories
from tests.rooms.work import sheets

from valley.foundation.access import Caller, Forbidden, SecondFactorNeeded, SignInNeeded
from valley.foundation.models import DeskRole
from valley.foundation.problems import NotFound
from valley.work import actions, drafts, queries

WRITERS = {"recruiter", "steward", "office"}
READERS = WRITERS | {"team-lead"}
ACTIONS = {
    "read drafts": READERS,
    "read a draft": READERS,
    "read own roles": READERS,
    "add an opening": WRITERS,
    "change an opening": WRITERS,
    "open an opening": WRITERS,
    "close an opening": WRITERS,
    "copy an opening": WRITERS,
    "add a role": WRITERS,
    "add a role of the trade": {"office"},
    "change a role": WRITERS,
    "upload a spreadsheet": WRITERS,
    "apply a spreadsheet": WRITERS,
    "download the openings": READERS,
    "read what is open": set(DeskRole.values),
    "load the starter roles": set(),
}


class Stage:
    """An employer with a draft, an open opening, a role and an upload, and every action on them."""

    def __init__(self, region) -> None:
        self.region, own = region, region.employer.id
        page = queries.role_profile(factories.operator(), key="adviser-1")
        self.needs = tuple(drafts.NeedDraft(n.competence, n.level, n.importance, n.task) for n in page.needs)
        self.draft = actions.add_opening(region.recruiter, draft=region.draft())
        self.open = region.open(title="Al open")
        self.role = actions.add_role_profile(region.recruiter, draft=self.role_draft(own, "own-role"))
        self.upload = actions.import_openings_preview(
            region.recruiter, organisation=own, file_name="a.csv", content=sheets.text(sheets.row())
        ).upload

    def role_draft(self, organisation: int | None, key: str) -> drafts.RoleDraft:
        return drafts.RoleDraft(organisation, key, "Een rol", needs=self.needs)

    def acts(self) -> dict[str, Callable[[Caller], object]]:
        own, region = self.region.employer.id, self.region
        return {
            "read drafts": lambda c: queries.openings_of(c, organisation=own),
            "read a draft": lambda c: queries.opening(c, slug=self.draft.slug),
            "read own roles": lambda c: queries.role_profiles(c, organisation=own),
            "add an opening": lambda c: actions.add_opening(c, draft=region.draft()),
            "change an opening": lambda c: actions.revise_opening(
                c, slug=self.draft.slug, version=1, draft=region.draft(seats=2)
            ),
            "open an opening": lambda c: actions.open_opening(c, slug=self.draft.slug, version=1),
            "close an opening": lambda c: actions.close_opening(c, slug=self.open.slug, version=1),
            "copy an opening": lambda c: actions.duplicate_opening(c, slug=self.draft.slug),
            "add a role": lambda c: actions.add_role_profile(c, draft=self.role_draft(own, "another")),
            "add a role of the trade": lambda c: actions.add_role_profile(c, draft=self.role_draft(None, "another")),
            "change a role": lambda c: actions.revise_role_profile(
                c, role=self.role.id, version=1, draft=self.role_draft(own, "own-role")
            ),
            "upload a spreadsheet": lambda c: actions.import_openings_preview(
                c, organisation=own, file_name="a.csv", content=sheets.text(sheets.row())
            ),
            "apply a spreadsheet": lambda c: actions.apply_upload(c, upload=self.upload),
            "download the openings": lambda c: queries.openings_workbook(c, organisation=own),
            "read what is open": lambda c: queries.opening(c, slug=self.open.slug),
            "load the starter roles": actions.load_starter_roles,
        }


@pytest.fixture
def stage(region) -> Stage:
    return Stage(region)


def allowed(act: Callable[[Caller], object], who: Caller) -> bool:
    try:
        act(who)
    except (Forbidden, NotFound, SignInNeeded):
        return False
    return True


@pytest.mark.parametrize("role", DeskRole.values)
def test_each_desk_may_do_this_and_nothing_else(stage, role, django_db_blocker) -> None:
    from django.db import transaction

    own = factories.KINDS[role] == "employer"
    who = factories.caller(role, stage.region.employer if own else None)
    found = {}
    for name, act in stage.acts().items():
        with transaction.atomic():  # each action meets the same stage
            found[name] = allowed(act, who)
            transaction.set_rollback(True)
    assert found == {name: role in roles for name, roles in ACTIONS.items()}


@pytest.mark.parametrize("role", ["recruiter", "team-lead", "steward", "practical-trainer"])
def test_a_desk_elsewhere_opens_nothing_here(stage, role) -> None:
    who = factories.caller(role, stage.region.other)
    found = {name for name, act in stage.acts().items() if allowed(act, who)}
    assert found == {"read what is open"}


def test_without_a_second_factor_no_desk_opens(stage) -> None:
    who = factories.caller("recruiter", stage.region.employer, strong=False)
    acts = stage.acts()
    for name in sorted(set(ACTIONS) - {"read what is open", "read a draft", "load the starter roles"}):
        with pytest.raises((SecondFactorNeeded, Forbidden)):
            acts[name](who)
    with pytest.raises(NotFound):
        acts["read a draft"](who)


def test_a_visitor_reads_what_is_open_and_is_asked_to_sign_in_for_the_rest(stage) -> None:
    found = {name for name, act in stage.acts().items() if allowed(act, factories.visitor())}
    assert found == {"read what is open"}


@pytest.mark.parametrize(
    ("address", "statuses"),
    [
        ("/work/desk/", {"recruiter": 200, "team-lead": 200, "coach": 200, "office": 200}),
        ("/work/desk/centre-one/openings/new/", {"recruiter": 200, "team-lead": 200, "coach": 403, "office": 200}),
        ("/work/desk/centre-one/openings/new/?role=adviser-1", {"recruiter": 200, "team-lead": 403, "coach": 403}),
        ("/work/desk/openings/al-open-centre-one/", {"recruiter": 200, "team-lead": 403, "coach": 404, "office": 200}),
        ("/work/desk/centre-one/roles/new/", {"recruiter": 200, "coach": 403, "office": 200}),
        ("/work/import/", {"recruiter": 200, "team-lead": 200, "coach": 200, "office": 200}),
    ],
)
def test_pages_of_the_desk(stage, address, statuses) -> None:
    for role, status in statuses.items():
        own = factories.KINDS[role] == "employer"
        client = factories.client(role, stage.region.employer if own else None)
        assert client.get(address).status_code == status, role
