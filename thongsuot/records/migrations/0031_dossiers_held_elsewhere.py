"""Dossiers that other systems hold, as they told last, and in what they disagree with ours."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0030_old_systems_are_brought_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="RemoteDossierRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=80)),
                ("procedure", models.CharField(max_length=10)),
                ("field", models.CharField(blank=True, max_length=200)),
                ("status", models.CharField(max_length=2)),
                ("raw_status", models.CharField(blank=True, max_length=120)),
                ("channel", models.CharField(blank=True, max_length=10)),
                ("body", models.CharField(blank=True, max_length=120)),
                ("step", models.CharField(blank=True, max_length=200)),
                ("holder", models.CharField(blank=True, max_length=120)),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("is_over", models.BooleanField()),
                ("said_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-received_at", "-id"], name="remote_received"),
                    models.Index(
                        condition=models.Q(("is_over", False)), fields=["body"], name="remote_open"
                    ),
                    models.Index(fields=["procedure"], name="remote_procedure"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "code"), name="remote_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DivergenceRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dossier", models.CharField(blank=True, max_length=60)),
                ("aspect", models.CharField(max_length=10)),
                ("ours", models.CharField(max_length=80)),
                ("theirs", models.CharField(max_length=80)),
                ("seen_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "remote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apart",
                        to="records.remotedossierrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gone_at", None)),
                        fields=("remote", "aspect"),
                        name="divergence_is_open_once",
                    )
                ],
            },
        ),
    ]
