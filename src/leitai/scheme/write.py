"""Writes a scheme's plain texts as the YAML that a person would write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from leitai.scheme.document import Plain

_TEXT = "tag:yaml.org,2002:str"


class _Dumper(yaml.SafeDumper):
    """Block style, lists indented, quotation marks only where a text could be taken for more."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indents lists under their key."""
        del indentless
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        """Everything is written out where it stands."""
        del data
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """A text that YAML would take for a number, a date or yes stands in quotation marks."""
    tag = dumper.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    plain = tag == _TEXT
    return dumper.represent_scalar(_TEXT, text, style=None if plain else '"')


_Dumper.add_representer(str, _text)


def scheme_text(plain: Mapping[str, Plain]) -> str:
    """The YAML of a scheme, its order kept."""
    return yaml.dump(
        dict(plain),
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=1 << 30,
    )
