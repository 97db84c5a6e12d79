"""What waits for the applicant is found by how it ended: an old system may not tell when."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0053_dashboards_have_indexes"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="dossierrow",
            index=models.Index(
                condition=models.Q(
                    ("is_handed_over", False), models.Q(("outcome", ""), _negated=True)
                ),
                fields=["office", "due_at", "code"],
                name="dossier_to_hand_over",
            ),
        ),
        RemoveIndexConcurrently(model_name="dossierrow", name="dossier_to_return"),
    ]
