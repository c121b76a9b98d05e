"""The commands of `report-pipeline`, a file each: `add` declares its grammar, `run` does it and gives the exit status.

`add` costs nothing: whatever is heavy is imported by `run`.
"""
