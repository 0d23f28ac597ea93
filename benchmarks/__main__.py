"""Run the benchmarks named on the command line, or all, and write what they found into README.md beside this file.

A benchmark is a module of this package with a function run() that returns its section of the README, in Markdown. To
add one, name it in BENCHMARKS. Sections of benchmarks that were not run stay as they are.
"""

import os
import platform
import sys
from importlib import import_module
from pathlib import Path

BENCHMARKS = ("library", "site")
README = Path(__file__).with_name("README.md")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def machine():
    """The processor and the Python, in a line."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        cpu = f"{len(models)} × {models[0]}" if models else cpu
    return f"{cpu}, {platform.system()}, Python {platform.python_version()}"


def replace_section(text, name, section):
    """text with the section between the marks of that name replaced, or added at the end."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, found, rest = text.partition(start)
    after = rest.partition(end)[2] if found else ""
    return f"{before}{start}{section.strip()}\n\nMachine: {machine()}.\n{end}{after}"


def main(names):
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"Expected some of {', '.join(BENCHMARKS)}, got {', '.join(sorted(unknown))}.")
    os.environ |= dict.fromkeys(THREADS, "1")  # numpy reads it when it is imported, so before the benchmarks are
    for name in names or BENCHMARKS:
        section = import_module(f"benchmarks.{name}").run()
        print(section)
        README.write_text(replace_section(README.read_text(encoding="utf-8"), name, section), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
