"""The network as JSON, both ways, with its JSON Schema.

The form is that of `texrc.ir`: an object a node, told apart by its ``kind``,
without the places in a text. Columns and labels go by number, in their order
from 0. Numbers are strings, so that no reader rounds them; plain JSON numbers
are read too. Keys may be left out where they have their usual value.
"""

from texrc.interop.json.reading import read_json
from texrc.interop.json.schema import json_schema
from texrc.interop.json.writing import to_json

__all__ = ["json_schema", "read_json", "to_json"]
