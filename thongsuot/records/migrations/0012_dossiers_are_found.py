import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0011_words_of_older_dossiers"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="dossierrow",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="dossier_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        AddIndexConcurrently(
            model_name="dossierrow",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("is_handed_over", False)),
                fields=["due_at", "code"],
                name="dossier_running",
            ),
        ),
        AddIndexConcurrently(
            model_name="dossierrow",
            index=models.Index(fields=["applicant_phone"], name="dossier_phone"),
        ),
    ]
