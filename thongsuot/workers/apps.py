"""The workers room as a Django application."""

from django.apps import AppConfig


class WorkersConfig(AppConfig):
    """Registers the room under the label `workers`."""

    name = "thongsuot.workers"
    label = "workers"
