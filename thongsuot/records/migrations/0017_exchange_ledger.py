"""Partners are connected, what passes between us stands in a ledger that cannot be changed."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


GUARD = """
CREATE TRIGGER ledger_is_append_only
    BEFORE UPDATE OR DELETE ON records_ledgerrow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER ledger_is_not_emptied
    BEFORE TRUNCATE ON records_ledgerrow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER reference_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_valuemaprow
    FOR EACH STATEMENT EXECUTE FUNCTION records_reference_changed();
"""

UNGUARD = """
DROP TRIGGER ledger_is_append_only ON records_ledgerrow;
DROP TRIGGER ledger_is_not_emptied ON records_ledgerrow;
DROP TRIGGER reference_changed ON records_valuemaprow;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0016_notices_leave"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConnectionRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("address", models.CharField(max_length=300)),
                (
                    "hosts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("settings", models.JSONField(default=dict)),
                ("secrets", models.JSONField(default=dict)),
                ("state", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=80)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerHeadRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40, unique=True)),
                ("number", models.PositiveBigIntegerField(default=0)),
                (
                    "digest",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40)),
                ("number", models.PositiveBigIntegerField()),
                ("step", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("message", models.BigIntegerField()),
                ("dossier", models.CharField(max_length=60)),
                ("request", models.CharField(max_length=64)),
                ("answer", models.CharField(max_length=64)),
                ("told", models.CharField(max_length=300)),
                ("by", models.CharField(max_length=80)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="ValueMapRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=40)),
                ("map", models.CharField(max_length=40)),
                ("ours", models.CharField(max_length=120)),
                ("theirs", models.CharField(max_length=120)),
                ("goes", models.CharField(default="both", max_length=4)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("source", models.CharField(max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name="outboxrow",
            name="is_doubtful",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="outboxrow",
            name="is_leased",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="outboxrow",
            name="is_skipped",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="outboxrow",
            name="reference",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="connectionrow",
            constraint=models.UniqueConstraint(
                fields=("partner", "version"), name="connection_versions"
            ),
        ),
        migrations.AddConstraint(
            model_name="connectionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["live", "frozen", "test"])),
                name="connection_states",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerrow",
            index=models.Index(fields=["dossier", "id"], name="ledger_of_dossier"),
        ),
        migrations.AddIndex(
            model_name="ledgerrow",
            index=models.Index(fields=["partner", "message", "number"], name="ledger_of_message"),
        ),
        migrations.AddConstraint(
            model_name="ledgerrow",
            constraint=models.UniqueConstraint(
                fields=("partner", "number"), name="ledger_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="valuemaprow",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("partner", "="),
                    ("map", "="),
                    ("ours", "="),
                    ("theirs", "="),
                    ("goes", "="),
                    ("valid", "&&"),
                ],
                name="value_maps_do_not_overlap",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
