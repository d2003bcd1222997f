"""What every test may ask for, and the rule that no test is skipped."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.office import Office
from tests.office.session import check_installed

# A shared two-core machine is slow at random moments, which says nothing about the code. What CI runs can be run again.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for the whole run (one for each worker); without it the test fails and says what to install."""
    check_installed()
    session = Office()
    yield session
    session.close()


def pytest_configure(config: pytest.Config) -> None:
    """Watch for tests that did not really run."""
    config.pluginmanager.register(_NothingSkipped())


class _NothingSkipped:
    """Fails the run when a test or module was skipped, or was expected to fail: such a check checks nothing."""

    def __init__(self) -> None:
        self.not_run: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self.not_run.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.not_run.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.not_run and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for nodeid in self.not_run:
            terminalreporter.write_line(f"NOT RUN, so the run fails: {nodeid}", red=True)
