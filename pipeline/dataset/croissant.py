"""croissant.json: the dataset in the words of MLCommons' Croissant 1.0, for programs that look for datasets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.dataset.columns import KEYS, MEANINGS, Column

TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
    "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip

CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in TERMS},
}
"""The context that the specification gives, word for word."""

TYPES = {
    "string": "sc:Text",
    "int16": "sc:Integer",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "float32": "sc:Float",
    "float64": "sc:Float",
    "bool": "sc:Boolean",
    "date32": "sc:Date",
    "list<string>": "sc:Text",
    "list<int32>": "sc:Integer",
}


def croissant(manifest: Mapping[str, Any], tables: Mapping[str, Sequence[Column]], description: str) -> dict[str, Any]:
    """The description of a dataset that holds `tables`."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "work-reports",
        "description": description,
        "inLanguage": ["zh"],
        "keywords": ["Chinese", "work reports", "text as data"],
        "version": manifest["version"],
        "citeAs": f"Work reports as data, made by report-pipeline {manifest['version']}, rows {manifest['content']}.",
        "creator": {"@type": "sc:Organization", "name": f"report-pipeline {manifest['version']}"},
        "distribution": [
            {
                "@type": "cr:FileSet",
                "@id": f"{table}-parts",
                "description": f"The parts of the table {table}.",
                "encodingFormat": "application/x-parquet",
                "includes": f"{table}/*.parquet",
            }
            for table in tables
        ],
        "recordSet": [_record_set(table, columns) for table, columns in tables.items()],
    }


def _record_set(table: str, columns: Sequence[Column]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": f"{MEANINGS[table][0].upper()}{MEANINGS[table][1:]}.",
    }
    if table in KEYS:
        found["key"] = [{"@id": f"{table}/{column}"} for column in KEYS[table]]
    return found | {"field": [_field(table, column) for column in columns]}


def _field(table: str, column: Column) -> dict[str, Any]:
    repeated = {"repeated": True} if column.type.startswith("list") else {}
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.meaning,
        "dataType": TYPES[column.type],
        **repeated,
        "source": {"fileSet": {"@id": f"{table}-parts"}, "extract": {"column": column.name}},
    }
