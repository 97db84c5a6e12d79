"""What is owed next, and what comes before it in its dossier, is found without walking the rest."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0017_exchange_ledger"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="outboxrow",
            index=models.Index(
                condition=models.Q(("sent_at", None), ("set_aside_at", None)),
                fields=["partner", "id"],
                name="owed_next",
            ),
        ),
        AddIndexConcurrently(
            model_name="outboxrow",
            index=models.Index(
                condition=models.Q(("sent_at", None)),
                fields=["partner", "dossier", "seq"],
                name="owed_before",
            ),
        ),
    ]
