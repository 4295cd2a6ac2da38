"""The application of one server process, made when granian imports this module."""

import gc

from ultra.gateway.app import create_configured_app
from ultra.gateway.bridge import Bridge
from ultra.kit.log import set_up_logging
from ultra.kit.tasks import load_tasks

set_up_logging("gateway")
load_tasks()
application = Bridge(create_configured_app())

# What was made until here stays for good; without this every full collection walks through all of
# it, which cost a tenth of the requests a second.
gc.collect()
gc.freeze()
