"""Everything that the notifications service answers, under /api/notifications."""

from ultra.notifications.deliveries.routes import routes as deliveries
from ultra.notifications.devices.routes import routes as devices
from ultra.notifications.endpoints.routes import routes as endpoints
from ultra.notifications.inbox.routes import routes as inbox
from ultra.notifications.news.routes import routes as news
from ultra.notifications.preferences.routes import routes as preferences

ROUTES = [inbox, preferences, devices, endpoints, deliveries, news]
