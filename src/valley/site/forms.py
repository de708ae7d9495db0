"""How does every form look, without a word about it in the form? ``FORM_RENDERER`` names this class."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class ValleyRenderer(TemplatesSetting):
    """Renders ``{{ form }}`` with an error summary and ``{{ field.as_field_group }}`` with label, hint and error."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
