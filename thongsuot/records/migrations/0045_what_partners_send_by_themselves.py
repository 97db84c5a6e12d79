"""What a partner pushed waits to be read; online applications; who is told of which facts."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# A wider one takes its place in the same transaction: nothing that clients rely on goes.
DROP = """
-- squawk-ignore ban-drop-constraint
ALTER TABLE records_inboxrow DROP CONSTRAINT arrival_states;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0044_both_sides_count"),
    ]

    operations = [
        migrations.AddField(
            model_name="inboxrow",
            name="is_raw",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="partnerrow",
            name="events",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="partnerrow",
            name="fields",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300), db_default=[], default=list, size=None
            ),
        ),
        migrations.RunSQL(
            DROP,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.RemoveConstraint(model_name="inboxrow", name="arrival_states")
            ],
        ),
        AddConstraintNotValid(
            model_name="inboxrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["came", "taken_in", "quarantined", "dropped"])),
                name="arrival_states",
            ),
        ),
        migrations.CreateModel(
            name="ApplicationRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=80)),
                ("procedure", models.CharField(max_length=60)),
                ("procedure_name", models.CharField(max_length=1000)),
                ("office", models.CharField(max_length=40)),
                ("applicant", models.JSONField()),
                ("papers", models.JSONField(default=list)),
                ("submitted_at", models.DateTimeField()),
                ("came_at", models.DateTimeField()),
                ("check_by", models.DateTimeField()),
                ("state", models.CharField(max_length=12)),
                ("dossier", models.CharField(blank=True, default="", max_length=60)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, default="", max_length=80)),
                (
                    "arrival",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="records.inboxrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["office", "check_by"],
                        name="applications_to_check",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "code"), name="applied_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "accepted", "refused"])),
                        name="application_states",
                    ),
                ],
            },
        ),
    ]
