"""Shared systems, what is set up in them and what was found there; steps are never changed."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE TRIGGER finding_steps_are_append_only
    BEFORE UPDATE OR DELETE ON records_findingsteprow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER finding_steps_are_not_emptied
    BEFORE TRUNCATE ON records_findingsteprow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""
UNGUARD = """
DROP TRIGGER finding_steps_are_not_emptied ON records_findingsteprow;
DROP TRIGGER finding_steps_are_append_only ON records_findingsteprow;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0021_plans_are_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="SystemEntryRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("system", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=120)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("office", models.CharField(db_index=True, max_length=35)),
                ("other", models.CharField(blank=True, max_length=35)),
                (
                    "via",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=35),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("system", "="), ("kind", "="), ("key", "="), ("valid", "&&")],
                        name="system_entry_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="finding",
                        to="records.systementryrow",
                    ),
                ),
                ("state", models.CharField(max_length=10)),
                ("remedy", models.CharField(max_length=10)),
                ("ways", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SharedSystemRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=12)),
                ("keeper", models.CharField(max_length=35)),
                ("direct_from", models.DateField(null=True)),
                ("direct_source", models.CharField(blank=True, max_length=400)),
                ("source", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="FindingStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=60)),
                ("reason", models.TextField(blank=True)),
                ("body", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="records.findingrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SystemRegulationRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("system", models.CharField(db_index=True, max_length=40)),
                ("number", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=500)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("system", "="), ("number", "="), ("valid", "&&")],
                        name="system_regulation_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
