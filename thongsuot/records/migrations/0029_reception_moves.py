"""Where dossiers are received: systems, dated rules, steps that are never changed, who was sent there."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

GUARD = """
CREATE TRIGGER cutover_steps_are_append_only
    BEFORE UPDATE OR DELETE ON records_cutoversteprow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER cutover_steps_are_not_emptied
    BEFORE TRUNCATE ON records_cutoversteprow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER reference_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_cutoversteprow
    FOR EACH STATEMENT EXECUTE FUNCTION records_reference_changed();
CREATE TRIGGER reference_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_cutoverrulerow
    FOR EACH STATEMENT EXECUTE FUNCTION records_reference_changed();
CREATE TRIGGER reference_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_receptionsystemrow
    FOR EACH STATEMENT EXECUTE FUNCTION records_reference_changed();
"""
UNGUARD = """
DROP TRIGGER reference_changed ON records_receptionsystemrow;
DROP TRIGGER reference_changed ON records_cutoverrulerow;
DROP TRIGGER reference_changed ON records_cutoversteprow;
DROP TRIGGER cutover_steps_are_not_emptied ON records_cutoversteprow;
DROP TRIGGER cutover_steps_are_append_only ON records_cutoversteprow;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0028_census_of_a_switch"),
    ]

    operations = [
        migrations.CreateModel(
            name="CutoverStepRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(db_index=True, max_length=200)),
                ("act", models.CharField(max_length=10)),
                ("effective_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SentElsewhereRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("procedure", models.CharField(max_length=10)),
                ("field", models.CharField(max_length=200)),
                ("system", models.CharField(db_index=True, max_length=40)),
                ("office", models.CharField(max_length=35)),
                ("point", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=60)),
                ("received_at", models.DateTimeField()),
                ("at", models.DateTimeField(db_index=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="CutoverRuleRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=200)),
                ("procedure", models.CharField(blank=True, max_length=10)),
                ("system", models.CharField(db_index=True, max_length=40)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("decision", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=300)),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("field", "="),
                            ("procedure", "="),
                            (
                                models.Func(
                                    models.F("since"),
                                    models.F("until"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="TSTZRANGE",
                                ),
                                "&&",
                            ),
                        ],
                        name="cutover_rules_do_not_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("procedure", ""), _negated=True),
                            models.Q(("procedure", ""), ("field", ""), _connector="OR"),
                        ),
                        name="cutover_rule_is_of_a_procedure_or_a_field",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceptionSystemRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("body", models.CharField(max_length=200)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("protocol", models.CharField(max_length=60)),
                ("state", models.CharField(max_length=10)),
                ("certificate", models.CharField(blank=True, max_length=120)),
                ("certificate_until", models.DateField(null=True)),
                ("test_address", models.CharField(blank=True, max_length=300)),
                ("live_address", models.CharField(blank=True, max_length=300)),
                ("partner", models.CharField(blank=True, max_length=40)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("source", models.CharField(max_length=300)),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("code", "="), ("valid", "&&")],
                        name="reception_systems_do_not_overlap",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
