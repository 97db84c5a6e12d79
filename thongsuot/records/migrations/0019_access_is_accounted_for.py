"""Sessions say whose they are, changes of access are kept for good, secrets lie sealed."""

import base64

from cryptography.fernet import Fernet
from django.db import migrations, models
from django.utils.crypto import salted_hmac

GUARD = """
CREATE TRIGGER access_changes_are_append_only
    BEFORE UPDATE OR DELETE ON records_accesschangerow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER access_changes_are_not_emptied
    BEFORE TRUNCATE ON records_accesschangerow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""

UNGUARD = """
DROP TRIGGER access_changes_are_not_emptied ON records_accesschangerow;
DROP TRIGGER access_changes_are_append_only ON records_accesschangerow;
"""


def box():
    key = salted_hmac("thongsuot.sealing", "1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(apps, schema_editor):
    for row in apps.get_model("records", "FactorRow").objects.filter(sealed=""):
        row.sealed, row.secret = box().encrypt(row.secret.encode()).decode(), ""
        row.save(update_fields=["sealed", "secret"])


def unseal(apps, schema_editor):
    for row in apps.get_model("records", "FactorRow").objects.exclude(sealed=""):
        row.sealed, row.secret = "", box().decrypt(row.sealed.encode()).decode()
        row.save(update_fields=["sealed", "secret"])


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0018_owed_next"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessChangeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=60)),
                ("account", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=30)),
                ("details", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["account", "-id"], name="access_change_account")],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.CreateModel(
            name="SessionRow",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("account", models.BigIntegerField(db_index=True, null=True)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("browser", models.CharField(blank=True, max_length=120)),
                ("seen_at", models.FloatField(null=True)),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.AddField("factorrow", "sealed", models.CharField(default="", max_length=200)),
        migrations.AlterField(
            "factorrow", "secret", models.CharField(blank=True, default="", max_length=40)
        ),
        migrations.RunPython(seal, unseal),
    ]
