"""The application of one server process, made when granian imports this module."""

from ultra.gateway.app import create_configured_app
from ultra.gateway.bridge import Bridge
from ultra.kit.log import set_up_logging
from ultra.kit.tasks import load_tasks

set_up_logging("gateway")
load_tasks()
application = Bridge(create_configured_app())
