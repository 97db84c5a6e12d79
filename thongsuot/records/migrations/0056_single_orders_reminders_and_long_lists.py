"""Single orders with their tasks and answers, reminders given once, and long lists made by a worker."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
CREATE TRIGGER report_order_steps_are_append_only
    BEFORE UPDATE OR DELETE ON records_reportordersteprow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER report_order_steps_are_not_emptied
    BEFORE TRUNCATE ON records_reportordersteprow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""
UNGUARD = """
DROP TRIGGER report_order_steps_are_not_emptied ON records_reportordersteprow;
DROP TRIGGER report_order_steps_are_append_only ON records_reportordersteprow;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0055_comparisons_are_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportExportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=60)),
                ("report", models.CharField(max_length=40)),
                ("form", models.CharField(max_length=40)),
                ("period", models.CharField(max_length=40)),
                ("unit", models.CharField(blank=True, max_length=35)),
                ("row", models.CharField(max_length=250)),
                ("column", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=4)),
                ("known_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("wrong", models.CharField(blank=True, max_length=400)),
                ("size", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["account", "-id"], name="report_exports_of")],
            },
        ),
        migrations.CreateModel(
            name="ReportOrderRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("issuer", models.CharField(max_length=200)),
                ("issued_on", models.DateField()),
                ("ordered_at", models.DateTimeField()),
                ("ordered_by", models.CharField(max_length=60)),
                ("closed_at", models.DateTimeField(null=True)),
                ("summary", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "issued_on"), name="report_order_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportOrderStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.PositiveSmallIntegerField(default=0)),
                ("unit", models.CharField(blank=True, max_length=35)),
                ("step", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("said", models.TextField(blank=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="records.reportorderrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportOrderTaskRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("deadline", models.DateTimeField(null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="records.reportorderrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportOrderAnswerRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.CharField(max_length=35)),
                ("state", models.CharField(default="open", max_length=10)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="records.reportordertaskrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportReminderRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=140)),
                ("unit", models.CharField(max_length=35)),
                ("name", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=8)),
                ("what", models.CharField(max_length=400)),
                ("deadline", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("mailbox", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "-at"], name="report_reminders_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("about", "name"), name="report_reminder_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reportordertaskrow",
            constraint=models.UniqueConstraint(
                fields=("order", "number"), name="report_order_task_once"
            ),
        ),
        migrations.AddIndex(
            model_name="reportorderanswerrow",
            index=models.Index(
                condition=models.Q(("answered_at", None)),
                fields=["unit"],
                name="report_order_unanswered",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorderanswerrow",
            constraint=models.UniqueConstraint(
                fields=("task", "unit"), name="report_order_answer_once"
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
