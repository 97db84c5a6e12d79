"""The only application with tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the tables under the label `records`."""

    name = "thongsuot.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
