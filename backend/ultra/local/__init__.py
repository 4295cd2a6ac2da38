"""The embedded stack: starts, watches and stops every process of the product on one machine.

`stack.py` is the supervisor, `processes.py` the table of what it runs; the rest are its tools.
"""
