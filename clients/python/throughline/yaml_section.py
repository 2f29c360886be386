"""A mapping of a YAML file whose every fault is noted with its line and key, so that all are named at once."""

import difflib
import re
from typing import Dict, Iterator, List, Optional, Pattern, Sequence, Tuple

import yaml

_DURATION = re.compile(r"([0-9]{1,9})(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


class Section:
    def __init__(self, problems: List[str], path: str, node: Optional[yaml.Node], line: int = 1):
        self._problems = problems
        self._path = path
        self._line = node.start_mark.line + 1 if node is not None else line
        self._asked: List[str] = []
        self._nodes = self._read(node)

    def _read(self, node: Optional[yaml.Node]) -> Dict[str, yaml.Node]:
        nodes: Dict[str, yaml.Node] = {}
        if node is None or node.tag == "tag:yaml.org,2002:null":
            return nodes
        if not isinstance(node, yaml.MappingNode):
            self._problem(node, "", "is no block of keys")
            return nodes
        for key_node, value in node.value:
            key = str(key_node.value)
            if key in nodes:
                self._problem(key_node, key, "stands twice")
            nodes[key] = value
        return nodes

    def names(self) -> List[str]:
        """The keys that stand in it, for a block whose keys are names."""
        self._asked.extend(self._nodes)
        return list(self._nodes)

    def has(self, key: str) -> bool:
        return key in self._nodes

    def section(self, key: str) -> "Section":
        self._asked.append(key)
        return Section(self._problems, self._name(key), self._nodes.get(key), self._line)

    def text(self, key: str, default: Optional[str] = None, form: Optional[Pattern[str]] = None) -> str:
        node = self._scalar(key)
        if node is None:
            return self._default(key, default)
        if form is not None and not form.fullmatch(node.value):
            self._problem(node, key, f"is {node.value}, which has not the form {form.pattern}")
        return str(node.value)

    def choice(self, key: str, choices: Sequence[str], default: Optional[str] = None) -> str:
        node = self._scalar(key)
        if node is None:
            return self._default(key, default)
        if node.value not in choices:
            self._problem(node, key, f"is {node.value} where one of {', '.join(choices)} is expected")
        return str(node.value)

    def number(self, key: str, default: int, low: int, high: int) -> int:
        node = self._scalar(key)
        if node is None:
            return default
        if node.tag != "tag:yaml.org,2002:int" or not node.value.isdecimal():
            self._problem(node, key, f"is {node.value} where a whole number is expected")
            return default
        if not low <= int(node.value) <= high:
            self._problem(node, key, f"is {node.value}, which is outside {low} to {high}")
        return int(node.value)

    def seconds(self, key: str, default: float, low: float, high: float) -> float:
        node = self._scalar(key)
        if node is None:
            return default
        match = _DURATION.fullmatch(node.value)
        if match is None:
            self._problem(
                node,
                key,
                f"is {node.value} where a time with its unit is expected, such as 15s or 250ms; units are ms, s, m and h",
            )
            return default
        seconds = int(match.group(1)) * _SECONDS[match.group(2)]
        if not low <= seconds <= high:
            self._problem(node, key, f"is {node.value}, which is outside {low:g}s to {high:g}s")
        return seconds

    def texts(self, key: str) -> Iterator[Tuple[str, str]]:
        """Each text of a list, with the name of its place."""
        self._asked.append(key)
        node = self._nodes.get(key)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.problem(key, "is no list" if node is not None else "is missing")
            return
        for index, item in enumerate(node.value):
            if isinstance(item, yaml.ScalarNode):
                yield f"{key}[{index}]", item.value
            else:
                self._problem(item, f"{key}[{index}]", "is no text")

    def refuse_unknown_keys(self) -> None:
        for key, node in self._nodes.items():
            if key not in self._asked:
                near = difflib.get_close_matches(key.replace("_", "-"), self._asked, n=1)
                hint = f"did you mean {near[0]}? " if near else ""
                self._problem(node, key, f"unknown key; {hint}known here: {', '.join(self._asked)}")

    def ignore(self, *keys: str) -> None:
        """Of no use to a client; members check them."""
        self._asked.extend(keys)

    def problem(self, key: str, what: str) -> None:
        self._problem(self._nodes.get(key.split("[")[0]), key, what)

    def _problem(self, node: Optional[yaml.Node], key: str, what: str) -> None:
        line = self._line if node is None else node.start_mark.line + 1
        self._problems.append(f"line {line}, {self._name(key)}: {what}")

    def _name(self, key: str) -> str:
        return ".".join(part for part in (self._path, key) if part) or "the file"

    def _scalar(self, key: str) -> Optional[yaml.ScalarNode]:
        self._asked.append(key)
        node = self._nodes.get(key)
        if node is None or node.tag == "tag:yaml.org,2002:null":
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._problem(node, key, "is no single value")
            return None
        return node

    def _default(self, key: str, default: Optional[str]) -> str:
        if default is None:
            self._problem(None, key, "is missing")
            return ""
        return default
