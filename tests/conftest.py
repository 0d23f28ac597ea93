"""What every test can rely on."""

import os

from dlcore.live.page import VARIABLE

os.environ.pop(VARIABLE, None)  # kernels started by tests inherit the environment: they are readers', not a build's
