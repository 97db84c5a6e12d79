"""Reports have steps and frozen versions, neither of which is ever changed."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE TRIGGER report_steps_are_append_only
    BEFORE UPDATE OR DELETE ON records_reportsteprow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER report_steps_are_not_emptied
    BEFORE TRUNCATE ON records_reportsteprow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER frozen_reports_are_append_only
    BEFORE UPDATE OR DELETE ON records_frozenreportrow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER frozen_reports_are_not_emptied
    BEFORE TRUNCATE ON records_frozenreportrow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""
UNGUARD = """
DROP TRIGGER frozen_reports_are_not_emptied ON records_frozenreportrow;
DROP TRIGGER frozen_reports_are_append_only ON records_frozenreportrow;
DROP TRIGGER report_steps_are_not_emptied ON records_reportsteprow;
DROP TRIGGER report_steps_are_append_only ON records_reportsteprow;
"""

NAMES = (
    "apologised",
    "arrived",
    "custody_passed",
    "due_accepted",
    "financial_duty_raised",
    "financial_duty_settled",
    "incident_began",
    "incident_ended",
    "opinion_asked",
    "opinion_given",
    "progress_reported",
    "received",
    "refused",
    "result_issued",
    "stopped",
    "supplement_asked",
    "supplement_received",
)
# What another system tells of a dossier is counted too: those known already are reckoned anew.
NOTE = f"""
CREATE OR REPLACE FUNCTION records_note_to_reckon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO records_toreckonrow (dossier)
        SELECT DISTINCT dossier_id FROM fresh
         WHERE name IN ({", ".join(f"'{name}'" for name in NAMES)});
    RETURN NULL;
END
$$;
INSERT INTO records_toreckonrow (dossier)
    SELECT DISTINCT dossier_id FROM records_eventrow
     WHERE name IN ('custody_passed', 'progress_reported');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0041_orders_of_the_post"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("report", models.CharField(max_length=40)),
                ("period", models.CharField(max_length=40)),
                ("unit", models.CharField(blank=True, max_length=35)),
                ("state", models.CharField(max_length=10)),
                ("submitted_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "period", "unit"), name="report_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FilledCellRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("row", models.CharField(max_length=250)),
                ("column", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=60)),
                ("source", models.CharField(max_length=300)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filled",
                        to="records.reportrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportStepRow",
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
                ("remarks", models.TextField(blank=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="records.reportrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FrozenReportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("known_at", models.DateTimeField()),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("files", models.JSONField()),
                ("reason", models.TextField(blank=True)),
                ("by", models.CharField(max_length=60)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen",
                        to="records.reportrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "version"), name="frozen_report_once")
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(NOTE, migrations.RunSQL.noop),
    ]
