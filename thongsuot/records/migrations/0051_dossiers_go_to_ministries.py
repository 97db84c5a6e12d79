"""Dossiers are handed over to the systems of ministries; what was handed over is reckoned anew."""

from collections.abc import Iterable

import django.db.models.deletion
from django.db import migrations, models

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
    "taken_by_system",
)
NOTE = """
CREATE OR REPLACE FUNCTION records_note_to_reckon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO records_toreckonrow (dossier)
        SELECT DISTINCT dossier_id FROM fresh
         WHERE name IN ({names});
    RETURN NULL;
END
$$;
"""


def _note(names: Iterable[str]) -> str:
    return NOTE.format(names=", ".join(f"'{name}'" for name in names))


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0050_what_specialised_software_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandoverRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=200)),
                ("office", models.CharField(blank=True, max_length=35)),
                ("received_from", models.DateTimeField(null=True)),
                ("received_before", models.DateTimeField()),
                ("system", models.CharField(max_length=40)),
                ("system_name", models.CharField(max_length=200)),
                ("link", models.CharField(blank=True, max_length=300)),
                ("partner", models.CharField(max_length=40)),
                ("decision", models.CharField(max_length=200)),
                ("state", models.CharField(default="planned", max_length=10)),
                ("connection", models.PositiveIntegerField(default=0)),
                ("shape", models.CharField(blank=True, max_length=60)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("planned_by", models.CharField(max_length=60)),
                ("planned_at", models.DateTimeField()),
                ("checked_by", models.CharField(blank=True, max_length=60)),
                ("checked_at", models.DateTimeField(null=True)),
                ("approved_by", models.CharField(blank=True, max_length=60)),
                ("approved_at", models.DateTimeField(null=True)),
                ("sent_by", models.CharField(blank=True, max_length=60)),
                ("sent_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, max_length=60)),
                ("closed_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("wanted", models.CharField(blank=True, max_length=8)),
                ("wanted_by", models.CharField(blank=True, max_length=60)),
                ("trouble", models.CharField(blank=True, max_length=400)),
                ("evidence", models.JSONField(default=dict)),
                ("chosen", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="HandoverLineRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("state", models.CharField(default="listed", max_length=10)),
                ("reasons", models.JSONField(default=list)),
                ("form", models.CharField(blank=True, max_length=64)),
                ("seq", models.PositiveIntegerField(default=0)),
                ("reference", models.CharField(blank=True, max_length=120)),
                ("settled_at", models.DateTimeField(null=True)),
                ("certificate", models.JSONField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="records.dossierrow",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="records.handoverrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["handover", "state", "id"], name="handover_lines")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("handover", "dossier"), name="dossier_once_in_a_handover"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["fit", "listed", "owed"])),
                        fields=("dossier",),
                        name="dossier_in_one_handover_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_note(NAMES), _note(NAMES[:-1])),
    ]
