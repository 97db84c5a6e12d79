"""One act on many: a run, and a line for each dossier."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0024_lists_have_their_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=60)),
                ("office", models.CharField(max_length=35)),
                ("act", models.CharField(max_length=30)),
                ("shared", models.JSONField(default=dict)),
                ("title", models.CharField(max_length=300)),
                ("key", models.CharField(max_length=120)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["account", "-id"], name="bulk_account")],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "key"), name="bulk_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkLineRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("about", models.CharField(max_length=200)),
                ("given", models.JSONField(default=dict)),
                ("seen_version", models.PositiveIntegerField(null=True)),
                ("state", models.CharField(default="waiting", max_length=9)),
                ("said", models.TextField(blank=True)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="records.bulkrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["run", "number"],
                        name="bulk_line_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "number"), name="bulk_line_once")
                ],
            },
        ),
    ]
