"""What Binder would make of this repository: repo2docker writes its Dockerfile here, and nothing is built."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.building import ROOT


@pytest.fixture(scope="module")
def plan():
    command = [Path(sys.executable).with_name("jupyter-repo2docker"), "--no-build", ROOT]
    plan = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert plan.returncode == 0, plan.stderr
    return plan


def test_python_is_chosen_here_and_is_one_that_the_tests_run_on(plan):
    assert "unspecified" not in plan.stderr, "without runtime.txt each release of repo2docker takes another Python"
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text("utf-8"))
    chosen = re.search(r"conda environment for python=(\S+)", plan.stderr)
    assert chosen[1] in workflow["jobs"]["test"]["strategy"]["matrix"]["python"]


def test_installs_the_readers_requirements_and_nothing_else_once_the_repository_is_there(plan):
    steps = re.findall(
        r"^(?:COPY .*(src/) \$\{REPO_DIR\}/$|RUN .*\b(?:pip|mamba|conda) (.*))", plan.stdout, re.MULTILINE
    )
    install = "install --no-cache-dir"
    assert ["".join(step) for step in steps] == ["src/", f'{install} -r "requirements.txt"', f"{install} ."]
