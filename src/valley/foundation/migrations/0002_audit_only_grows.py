"""Triggers that refuse to change or remove lines of the audit."""

from django.db import DEFAULT_DB_ALIAS, migrations

from valley.foundation import audit


def put_triggers(apps, schema_editor):
    if schema_editor.connection.alias == DEFAULT_DB_ALIAS:
        audit.guard(schema_editor.connection)


def take_triggers(apps, schema_editor):
    if schema_editor.connection.alias == DEFAULT_DB_ALIAS:
        audit.unguard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(put_triggers, take_triggers, elidable=False)]
