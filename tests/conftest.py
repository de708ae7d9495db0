"""What every test stands on: all databases, no network, the shared reference data when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests import factories

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that use the database may use the main one, the vault and the cache."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        asks = {"db", "transactional_db", "client", "live_server"} & fixtures
        if asks and item.get_closest_marker("django_db") is None:
            transaction = bool({"transactional_db", "live_server"} & fixtures)
            item.add_marker(pytest.mark.django_db(databases=["default", "vault", "cache"], transaction=transaction))


@pytest.fixture(autouse=True)
def _no_request_limit(settings) -> None:
    """Tests ask more than six hundred questions a minute; the limit has tests of its own."""
    settings.VALLEY_REQUESTS_PER_MINUTE = 0


@pytest.fixture(autouse=True)
def _one_moment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of the rooms live at one moment, that of the factories, so that they read the same next year."""
    folder = request.path.relative_to(ROOT / "tests").parts
    real = request.node.get_closest_marker("server") or request.node.get_closest_marker("browser")
    if folder[0] in ("rooms", "journeys", "site") and "foundation" not in folder and not real:
        monkeypatch.setattr("valley.foundation.clock.now", lambda: factories.AT)


@pytest.fixture(autouse=True)
def _fresh_board() -> None:
    """Each test puts its database back, with the same ids and moments: what a process keeps of it must go as well."""
    from valley.vacancies.queries import listing
    from valley.work.queries import board

    board.KEPT.forget()
    listing.KEPT.forget()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real ESCO files and oracles; tests that need it are skipped, with a reason, where it is absent.

    ``VALLEY_REQUIRE_SHARED_DATA=1`` (set in the full check) turns the skip into a failure.
    """
    folder = Path(os.environ.get("VALLEY_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        if os.environ.get("VALLEY_REQUIRE_SHARED_DATA"):
            pytest.fail(f"The reference data should be at {folder}.")
        pytest.skip("The reference data folder (VALLEY_SHARED_DATA) is not here.")
    return folder


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In the full check nothing may be skipped: a skip there means that something was not installed or not found."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("VALLEY_NO_SKIPS") or reporter is None or hasattr(session.config, "workerinput"):
        return
    for report in reporter.stats.get("skipped", []):
        reporter.write_line(f"skipped, but should run here: {report.nodeid}: {report.longrepr}")
    if reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
