"""The life of each dossier as reports count it, kept up by who reads what a trigger notes."""

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
    "received",
    "refused",
    "result_issued",
    "stopped",
    "supplement_asked",
    "supplement_received",
)

# A statement may insert thousands of events (COPY): each dossier is noted once.
NOTE = f"""
CREATE FUNCTION records_note_to_reckon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO records_toreckonrow (dossier)
        SELECT DISTINCT dossier_id FROM fresh
         WHERE name IN ({", ".join(f"'{name}'" for name in NAMES)});
    RETURN NULL;
END
$$;
CREATE TRIGGER events_are_to_be_reckoned
    AFTER INSERT ON records_eventrow
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION records_note_to_reckon();
INSERT INTO records_toreckonrow (dossier) SELECT id FROM records_dossierrow;
"""
FORGET = """
DROP TRIGGER events_are_to_be_reckoned ON records_eventrow;
DROP FUNCTION records_note_to_reckon();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0032_fields_get_ready"),
    ]

    operations = [
        migrations.CreateModel(
            name="ToReckonRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dossier", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ReportRuleRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=40)),
                ("since", models.DateField(null=True)),
                ("body", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "key", "since"], name="report_rule_of")],
            },
        ),
        migrations.CreateModel(
            name="StretchRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dossier", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                ("known_at", models.DateTimeField()),
                ("office", models.CharField(max_length=35)),
                ("due_at", models.DateTimeField(null=True)),
                ("extended_to", models.DateTimeField(null=True)),
                ("is_waiting", models.BooleanField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=14)),
                ("received_at", models.DateTimeField()),
                ("is_online", models.BooleanField()),
                ("procedure", models.CharField(max_length=10)),
                ("procedure_version", models.PositiveIntegerField()),
                ("field", models.CharField(blank=True, max_length=200)),
                ("system", models.CharField(max_length=40)),
                ("is_interlinked", models.BooleanField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["ended_at"],
                        name="stretch_ended",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("to_at", None)),
                        fields=["from_at"],
                        name="stretch_open",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("to_at__isnull", False)),
                        fields=["to_at", "from_at"],
                        name="stretch_over",
                    ),
                    models.Index(
                        condition=models.Q(("known_at__gt", models.F("from_at"))),
                        fields=["known_at"],
                        name="stretch_known_late",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "number"), name="stretch_once")
                ],
            },
        ),
        migrations.RunSQL(NOTE, FORGET),
    ]
