"""The web room as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the room under the label `web`."""

    name = "thongsuot.web"
    label = "web"
