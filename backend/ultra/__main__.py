"""`python -m ultra`: what ./ultra hands over to once everything is installed."""

from ultra.cli.app import main

main()
