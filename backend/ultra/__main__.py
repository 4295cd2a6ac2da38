"""`python -m ultra`: what ./ultra hands over to once everything is installed."""

import sys

from pydantic import ValidationError


def main() -> None:
    try:
        # The settings are read while this is imported.
        from ultra.cli.app import main as run  # noqa: PLC0415
    except ValidationError as error:
        for problem in error.errors():
            name = "__".join(str(part) for part in problem["loc"]).upper()
            sys.stderr.write(f"ULTRA_{name}: {problem['msg']}\n".replace("ULTRA_: ", ""))
        sys.stderr.write("Settings come from the environment and from .env; see .env.example.\n")
        sys.exit(2)
    run()


if __name__ == "__main__":
    main()
