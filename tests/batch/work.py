"""Work for the engines: what a worker does with a number."""

from __future__ import annotations

import os


def square(number: int) -> int:
    return number * number


def die_of_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number
