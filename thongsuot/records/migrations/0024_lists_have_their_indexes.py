"""The lists of what is near, waits, or is to be returned, and words among what is still open."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0023_registers_of_operation"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="dossierrow",
            index=models.Index(
                condition=models.Q(
                    ("ended_at", None),
                    ("is_handed_over", False),
                    ("is_paused", False),
                    ("standing", "near"),
                ),
                fields=["due_at", "code", "office"],
                name="dossier_near",
            ),
        ),
        AddIndexConcurrently(
            model_name="dossierrow",
            index=models.Index(
                condition=models.Q(
                    ("ended_at", None), ("is_handed_over", False), ("is_paused", True)
                ),
                fields=["due_at", "code", "office"],
                name="dossier_waiting",
            ),
        ),
        AddIndexConcurrently(
            model_name="dossierrow",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False), ("is_handed_over", False)),
                fields=["office", "due_at", "code"],
                name="dossier_to_return",
            ),
        ),
        AddIndexConcurrently(
            model_name="dossierrow",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("ended_at", None), ("is_handed_over", False)),
                fields=["search"],
                name="dossier_open_search",
                opclasses=["gin_trgm_ops"],
            ),
        ),
    ]
