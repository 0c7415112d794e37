"""Settings of every test. With this file here, tests import each other as `tests.strategies`."""

from __future__ import annotations

from hypothesis import settings

# No deadline: machines that run tests are shared, and time is no property of the code.
settings.register_profile("texr", deadline=None)
settings.load_profile("texr")
