"""What every test can rely on."""

import os

from hypothesis import settings

from dlcore.live.page import VARIABLE

os.environ.pop(VARIABLE, None)  # kernels started by tests inherit the environment: they are readers', not a build's

# The same examples in every run, and no time limit for each: a busy machine is no failure.
settings.register_profile("dlcore", deadline=None, derandomize=True)
settings.load_profile("dlcore")
