"""Kernels that are spoken to through files, for a machine that starts several at a time.

A kernel usually gets five network ports, chosen before it is started; another one that starts at the same moment may
be given one of them, and then dies. Files are named after the kernel, so no two are the same.
"""

from __future__ import annotations

import os
from pathlib import Path

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from jupyter_core.paths import jupyter_runtime_dir


def speak_through_files() -> None:
    """From now on, with every kernel that this process starts."""
    KernelProvisionerFactory.instance().default_provisioner_name = "dlcore-files"  # as pyproject.toml names it


class FileProvisioner(LocalProvisioner):
    """Jupyter's way to start a kernel on this machine, with `ipc` for `tcp` where the system has it."""

    async def pre_launch(self, **kwargs):
        if os.name == "posix":
            folder = Path(jupyter_runtime_dir())
            folder.mkdir(parents=True, exist_ok=True)
            self.parent.transport = "ipc"
            self.parent.ip = str(folder / self.kernel_id)  # a path, where the kernel's own folder is another
        return await super().pre_launch(**kwargs)
