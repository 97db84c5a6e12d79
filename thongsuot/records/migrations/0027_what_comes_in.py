"""What partners send is kept as it came; what people mend keeps what it said before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0026_texts_are_kept_too"),
    ]

    operations = [
        migrations.CreateModel(
            name="CursorRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40, unique=True)),
                ("cursor", models.CharField(default="", max_length=300)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="InboxRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("body", models.JSONField()),
                ("state", models.CharField(max_length=12)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("dossier", models.CharField(blank=True, default="", max_length=60)),
                ("times", models.PositiveIntegerField(default=1)),
                ("said_at", models.DateTimeField(null=True)),
                ("came_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "quarantined")),
                        fields=["partner", "came_at"],
                        name="arrivals_in_quarantine",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "key"), name="arrives_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["taken_in", "quarantined", "dropped"])),
                        name="arrival_states",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayloadBeforeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("payload", models.JSONField()),
                ("payload_hash", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=300)),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="before",
                        to="records.outboxrow",
                    ),
                ),
            ],
        ),
    ]
