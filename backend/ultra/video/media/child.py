"""The inside of a limited child: `python -m ultra.video.media.child module:function`.

Reads one JSON value from standard input, calls the function with it, writes its JSON answer.
"""

import importlib
import json
import sys


def main(function: str) -> None:
    module, _, name = function.partition(":")
    answer = getattr(importlib.import_module(module), name)(json.load(sys.stdin))
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
