"""The cli room as a Django application."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """Registers the room under the label `cli`."""

    name = "thongsuot.cli"
    label = "cli"
