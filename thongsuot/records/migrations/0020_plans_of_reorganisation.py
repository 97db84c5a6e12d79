"""Plans of reorganisation, their course, and what they moved."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0019_access_is_accounted_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReorganisationRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("province", models.CharField(max_length=2)),
                ("effective_on", models.DateField()),
                ("text", models.TextField()),
                ("seal", models.CharField(max_length=64)),
                ("state", models.CharField(db_index=True, default="draft", max_length=10)),
                ("drafted_by", models.CharField(max_length=60)),
                ("drafted_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["effective_on"], name="reorganisation_day")],
            },
        ),
        migrations.CreateModel(
            name="OperationRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=16)),
                ("done_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=60)),
                ("why_not_undone", models.CharField(blank=True, max_length=300)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="operations",
                        to="records.reorganisationrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="operation_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True), ("done_at__isnull", False), _connector="OR"
                        ),
                        name="only_what_was_done_is_undone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("operation", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=80)),
                ("step", models.CharField(max_length=8)),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("rule", models.CharField(max_length=200)),
                ("is_fallback", models.BooleanField(default=False)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved",
                        to="records.reorganisationrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["plan", "subject", "key"], name="moved_of_subject"),
                    models.Index(fields=["plan", "operation"], name="moved_by_operation"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "subject__in",
                                [
                                    "dossiers",
                                    "steps",
                                    "rosters",
                                    "processes",
                                    "accounts",
                                    "roles",
                                    "substitutions",
                                    "reception_points",
                                    "report_routes",
                                    "report_duties",
                                    "codes",
                                    "certificates",
                                    "email_addresses",
                                    "shared_systems",
                                    "network_links",
                                ],
                            )
                        ),
                        name="moved_subject_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["moved", "undone", "to_do", "done"])),
                        name="moved_step_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GapRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("office", models.CharField(max_length=35)),
                ("procedure", models.CharField(blank=True, max_length=10)),
                ("place", models.CharField(blank=True, max_length=5)),
                ("role", models.CharField(blank=True, max_length=30)),
                ("candidates", models.JSONField(default=list)),
                ("operation", models.PositiveIntegerField(default=0)),
                ("dossier", models.CharField(blank=True, max_length=60)),
                ("found_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gaps",
                        to="records.reorganisationrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["plan"],
                        name="gaps_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReorganisationStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=12)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("seal", models.CharField(max_length=64)),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="records.reorganisationrow",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "at"], name="reorganisation_steps")],
            },
        ),
    ]
