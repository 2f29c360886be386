"""Reads the password of the database role, from a file that others can't read or from the environment."""

import os
import stat
from pathlib import Path

from throughline.yaml_section import Section


def read_password(database: Section, folder: Path) -> str:
    in_file, in_environment = database.has("password-file"), database.has("password-env")
    file = database.text("password-file", "")
    variable = database.text("password-env", "")
    if in_file == in_environment:
        database.problem("password-file", "exactly one of password-file and password-env is expected")
        return ""
    return _from_file(database, folder / file) if in_file else _from_environment(database, variable)


def _from_environment(database: Section, variable: str) -> str:
    password = os.environ.get(variable, "")
    if not password:
        database.problem("password-env", f"the environment has no {variable}")
    return password


def _from_file(database: Section, file: Path) -> str:
    try:
        if _is_open_to_others(file):
            database.problem("password-file", f"{file} can be read by others; chmod 600 {file}")
        password = file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        database.problem("password-file", f"{file} can't be read: {error}")
        return ""
    if not password:
        database.problem("password-file", f"{file} is empty")
    return password


def _is_open_to_others(file: Path) -> bool:
    """Container engines mount secrets readable to all, on a read-only file system: there the container is the wall."""
    if os.name != "posix":
        return False
    mode = file.stat().st_mode
    mounted = os.statvfs(file).f_flag & os.ST_RDONLY and not mode & (stat.S_IWGRP | stat.S_IWOTH)
    return bool(mode & (stat.S_IRWXG | stat.S_IRWXO)) and not mounted
