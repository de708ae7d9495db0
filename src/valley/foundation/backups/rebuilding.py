"""How do the tables get the shape a backup was made with, and the shape of today afterwards?

A backup of today's shape goes into emptied tables. One of an older version is loaded into tables built as they were
then, with that version's models, and then migrated like any database of that version. Both in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from valley.foundation import audit
from valley.foundation.backups.manifest import Manifest

Models = Callable[[str], type[Model]]


@contextmanager
def prepared(manifest: Manifest, *, older: bool) -> Iterator[Models]:
    """One transaction with empty tables of the backup's shape; yields the models that go with them."""
    connection = connections[DEFAULT_DB_ALIAS]
    with _checks_at_the_end(connection, older=older), transaction.atomic():
        if older:
            models = _as_they_were(connection, manifest)
        else:
            _empty(connection)
            models = _todays
        yield models


def finish(*, older: bool) -> None:
    """Bring tables of an older shape up to today's."""
    if older:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        executor.migrate(executor.loader.graph.leaf_nodes())
        connections[DEFAULT_DB_ALIAS].check_constraints()


def _todays(label: str) -> type[Model]:
    return apps.get_model(label)


def _empty(connection: Any) -> None:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with audit.unguarded(), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=False):
            cursor.execute(statement)


def _as_they_were(connection: Any, manifest: Manifest) -> Models:
    """Drop every table and migrate to exactly the migrations the backup had seen."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cascade = "" if connection.vendor == "sqlite" else " CASCADE"
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")
    executor = MigrationExecutor(connection)
    targets = _newest(executor, {tuple(name.split(".", 1)) for name in manifest.migrations})
    executor.migrate(list[tuple[str, str | None]](targets))
    state = MigrationExecutor(connection).loader.project_state(targets)
    return lambda label: state.apps.get_model(label)


def _newest(executor: MigrationExecutor, names: set[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Of each app the migrations that no other of the set follows."""
    graph = executor.loader.graph
    found = [
        node
        for node in names
        if not any(str(child[0]) == node[0] and tuple(child) in names for child in _children(graph, node))
    ]
    return sorted((app, name) for app, name in found)


def _children(graph: Any, node: tuple[str, ...]) -> list[tuple[str, str]]:
    return [child.key for child in graph.node_map[node].children]


@contextmanager
def _checks_at_the_end(connection: Any, *, older: bool) -> Iterator[None]:
    """SQLite rebuilds tables with its foreign-key checks off, which must happen before the transaction starts."""
    off = older and connection.vendor == "sqlite" and connection.disable_constraint_checking()
    try:
        yield
    finally:
        if off:
            connection.enable_constraint_checking()
