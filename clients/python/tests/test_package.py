"""The package as it is installed and as type checkers see it."""

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1]


def test_pip_installs_it_from_the_folder(tmp_path: Path):
    # A copy: a build leaves files behind.
    source, target = tmp_path / "source", tmp_path / "target"
    shutil.copytree(FOLDER, source, ignore=shutil.ignore_patterns("target", "tests", "__pycache__"))
    _run("pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", target, source)
    answer = subprocess.run(
        [sys.executable, "-c", "import throughline; print(throughline.__file__)"],
        cwd=tmp_path, env={"PYTHONPATH": str(target)}, check=True, capture_output=True, text=True,
    )
    assert answer.stdout.startswith(str(target))
    assert (target / "throughline" / "py.typed").exists()


def test_its_types_hold():
    _run("mypy", "--cache-dir", FOLDER / "target" / "mypy")


def _run(module: str, *arguments: object) -> None:
    command = [sys.executable, "-m", module, *(str(argument) for argument in arguments)]
    answer = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
