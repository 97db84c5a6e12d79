"""Online services with their evidence; addresses of files handed out; portals that closed."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE TRIGGER service_steps_are_append_only
    BEFORE UPDATE OR DELETE ON records_onlineservicesteprow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER service_steps_are_not_emptied
    BEFORE TRUNCATE ON records_onlineservicesteprow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER link_uses_are_append_only
    BEFORE UPDATE OR DELETE ON records_filelinkuserow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER link_uses_are_not_emptied
    BEFORE TRUNCATE ON records_filelinkuserow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""
UNGUARD = """
DROP TRIGGER link_uses_are_not_emptied ON records_filelinkuserow;
DROP TRIGGER link_uses_are_append_only ON records_filelinkuserow;
DROP TRIGGER service_steps_are_not_emptied ON records_onlineservicesteprow;
DROP TRIGGER service_steps_are_append_only ON records_onlineservicesteprow;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0035_words_are_found_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedPortalRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(max_length=200, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("closed_on", models.DateField()),
                ("instead", models.CharField(max_length=300)),
                ("decision", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="OnlineServiceRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("procedure", models.CharField(max_length=10, unique=True)),
                ("level", models.CharField(max_length=6)),
                ("state", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("decision", models.CharField(max_length=200)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FileLinkRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40)),
                ("dossier", models.CharField(db_index=True, max_length=60)),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=300)),
                ("media_type", models.CharField(max_length=100)),
                ("until", models.DateTimeField()),
                ("renewed_until", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("is_whole", models.BooleanField(default=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("partner", "dossier", "sha256"),
                        name="file_link_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FileLinkUseRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("address", models.CharField(max_length=60)),
                ("outcome", models.CharField(max_length=20)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="records.filelinkrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OnlineServiceStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=10)),
                ("level", models.CharField(max_length=6)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("decision", models.CharField(blank=True, max_length=200)),
                ("evidence", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="records.onlineservicerow",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
