"""Settings of every test. With this file here, tests import each other as `tests.strategies`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: machines that run tests are shared, and time is no property of the code.
# The same examples at every run: what a test says depends on the code alone.
settings.register_profile(
    "texr", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
# Other examples at every run, and many more: for long runs that look for new faults.
settings.register_profile(
    "nightly", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "texr"))
