"""Certificates, training, readiness and incidents; what was done is never changed or removed."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

TABLES = ("incidentsteprow", "lessontakenrow", "readinessnoterow")
GUARD = "".join(
    f"""
CREATE TRIGGER {table}_is_append_only
    BEFORE UPDATE OR DELETE ON records_{table}
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER {table}_is_not_emptied
    BEFORE TRUNCATE ON records_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""
    for table in TABLES
)
UNGUARD = "".join(
    f"""
DROP TRIGGER {table}_is_not_emptied ON records_{table};
DROP TRIGGER {table}_is_append_only ON records_{table};
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0022_shared_systems"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncidentRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("system", models.CharField(blank=True, max_length=40)),
                ("what", models.CharField(max_length=500)),
                ("found_at", models.DateTimeField()),
                ("found_by", models.CharField(max_length=200)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_to", models.CharField(blank=True, max_length=300)),
                ("announced_in", models.CharField(blank=True, max_length=200)),
                ("fixed_at", models.DateTimeField(null=True)),
                ("how", models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="LessonRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=300)),
                ("on", models.DateField()),
                ("office", models.CharField(blank=True, max_length=35)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReadinessNoteRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("point", models.CharField(db_index=True, max_length=40)),
                ("item", models.CharField(max_length=12)),
                ("verdict", models.CharField(max_length=10)),
                ("remark", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CertificateRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.CharField(max_length=80, unique=True)),
                ("holder", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=200)),
                ("office", models.CharField(db_index=True, max_length=35)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("revoked_on", models.DateField(null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_on", None),
                            models.Q(("revoked_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="certificate_revoked_by_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=10)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="records.incidentrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IncidentDossierRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=8)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("chosen_by", models.CharField(max_length=60)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.dossierrow",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="records.incidentrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "chosen")),
                        fields=["incident"],
                        name="incident_to_pause",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("incident", "dossier"), name="incident_dossier_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonTakenRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(db_index=True, max_length=60)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to="records.lessonrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lesson", "account"), name="lesson_once")
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
