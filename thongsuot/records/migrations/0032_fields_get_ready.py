"""What fields need before they are received elsewhere: exports, what was read back, tests."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0031_dossiers_held_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="SetUpExportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(db_index=True, max_length=200)),
                ("office", models.CharField(max_length=35)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CutoverTestRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(db_index=True, max_length=200)),
                ("system", models.CharField(max_length=40)),
                ("partner", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=80)),
                ("told", models.CharField(blank=True, max_length=300)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "code"), name="cutover_test_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SetUpReadRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("content", models.JSONField()),
                ("differences", models.JSONField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="read_back",
                        to="records.setupexportrow",
                    ),
                ),
            ],
        ),
    ]
