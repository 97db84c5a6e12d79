"""What specialised software reports of a dossier is shown with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0049_last_rehearsals"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportedStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40)),
                ("dossier", models.CharField(max_length=60)),
                ("step", models.CharField(max_length=40)),
                ("happened", models.CharField(max_length=60)),
                ("by", models.CharField(blank=True, max_length=120)),
                ("words", models.TextField(blank=True)),
                ("came_at", models.DateTimeField()),
                (
                    "arrival",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step",
                        to="records.inboxrow",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "id"], name="reported_of_dossier")],
            },
        ),
    ]
