"""Does every form say what is wrong, where, and lead there by keyboard?"""

from __future__ import annotations

from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template
from django.utils import translation


class Example(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label="Name", help_text="As on your <b>card</b>.")
    note = forms.CharField(label="Note", required=False)
    shifts = forms.MultipleChoiceField(
        label="Shifts", choices=[("d", "Day"), ("n", "Night")], widget=forms.CheckboxSelectMultiple
    )
    share = forms.BooleanField(label="Share it", help_text="You can stop at any time.")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Day and <night> do not go together.")


def page(form: forms.Form) -> BeautifulSoup:
    with translation.override("en"):
        return BeautifulSoup(Template("{{ form }}").render(Context({"form": form})), "html.parser")


def test_an_untouched_form_has_labels_hints_and_no_alarm() -> None:
    soup = page(Example())
    assert soup.find(role="alert") is None
    assert soup.find("label", {"for": "id_name"}).get_text(strip=True) == "Name"
    assert "(not required)" in soup.find("label", {"for": "id_note"}).get_text()
    field = soup.find(id="id_name")
    assert soup.find(id=field["aria-describedby"]).get_text() == "As on your card."
    assert soup.find("fieldset").legend.get_text(strip=True) == "Shifts"
    assert len(soup.find_all("input", {"type": "hidden"})) == 1


def test_errors_are_counted_on_top_and_every_link_leads_to_a_field() -> None:
    soup = page(Example({"name": ""}))
    summary = soup.find(role="alert")
    assert summary["tabindex"] == "-1" and summary.has_attr("autofocus")
    assert "There are" in summary.h2.get_text()
    links = [link["href"] for link in summary.find_all("a")]
    assert links == ["#id_name", "#id_shifts_0", "#id_share"]
    assert all(soup.find(id=link[1:]) for link in links)
    assert "Day and <night> do not go together." in summary.get_text()


def test_an_error_stands_beside_its_field_and_is_tied_to_it() -> None:
    soup = page(Example({"name": ""}))
    for name in ("id_name", "id_share"):
        field = soup.find(id=name)
        assert field["aria-invalid"] == "true"
        described = [soup.find(id=part) for part in field["aria-describedby"].split()]
        assert any("This field is required." in part.get_text() for part in described)
    group = soup.find("fieldset")
    assert [soup.find(id=part) is not None for part in group["aria-describedby"].split()] == [True]


def test_ids_are_unique() -> None:
    soup = page(Example({"name": ""}))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_what_a_visitor_typed_is_escaped() -> None:
    soup = page(Example({"name": '"><script>alert(1)</script>'}))
    assert soup.find("script") is None
    assert soup.find(id="id_name")["value"] == '"><script>alert(1)</script>'
